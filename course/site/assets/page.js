// @ts-check
// What every page does: light or dark, as the reader chose last or else as the system says; and room on small screens. Runs before
// anything is drawn.
{
  const page = document.documentElement;
  const narrow = matchMedia('(max-width: 63.99rem)');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (page.dataset['theme'] ?? (dark.matches ? 'dark' : 'light')) === 'dark';

  /** Browsers may keep a page from storing anything; then the choice lasts as long as the page. */
  const stored = () => {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null;
    }
  };

  /** @param {string} theme */
  const choose = (theme) => {
    page.dataset['theme'] = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {}
  };

  const offerTheOther = () => {
    const button = /** @type {HTMLButtonElement} */ (document.getElementById('theme'));
    const show = () => {
      button.textContent = isDark() ? 'Light colours' : 'Dark colours';
    };
    button.addEventListener('click', () => {
      choose(isDark() ? 'light' : 'dark');
      show();
    });
    dark.addEventListener('change', show);
    show();
    button.hidden = false;
  };

  /** The keyboard scrolls what it can reach; not all browsers reach what scrolls. */
  const reachWhatScrolls = () => {
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll('.wide, math[display=block]')
    )) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }
  };

  const chosen = stored();
  if (chosen === 'light' || chosen === 'dark') page.dataset['theme'] = chosen;

  document.addEventListener('DOMContentLoaded', () => {
    offerTheOther();
    // On a small screen the way through the course would hide the page itself.
    if (narrow.matches) document.querySelector('nav details')?.removeAttribute('open');
    reachWhatScrolls();
  });
  addEventListener('resize', reachWhatScrolls);
}
