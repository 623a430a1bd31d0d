// @ts-check
// Finds words in all pages, while they are typed. The index is a script: pages opened from a folder may not read files.
{
  /**
   * @typedef {{ readonly page: string, readonly question: string, readonly anchor: string, readonly heading: string, readonly text: string }} Section
   */
  const sections = /** @type {{ searchIndex: readonly Section[] }} */ (/** @type {unknown} */ (globalThis)).searchIndex;
  const field = /** @type {HTMLInputElement} */ (document.getElementById('words'));
  const found = /** @type {HTMLElement} */ (document.getElementById('found'));
  const places = /** @type {HTMLElement} */ (document.getElementById('places'));

  /** @param {string} text */
  const plain = (text) => text.toLowerCase();

  /**
   * How well a section answers: 0 if a word is missing in it; a word in the heading counts ten times.
   * @param {Section} section
   * @param {readonly string[]} words
   */
  const score = ({ heading, text }, words) => {
    const counts = words.map(
      (word) => 10 * (plain(heading).split(word).length - 1) + plain(text).split(word).length - 1,
    );
    return counts.includes(0) ? 0 : counts.reduce((sum, count) => sum + count, 0);
  };

  /**
   * The surroundings of the first word that the text has, with the word marked, cut between words.
   * @param {string} text
   * @param {readonly string[]} words
   */
  const excerpt = (text, words) => {
    const paragraph = document.createElement('p');
    const word = words.find((each) => plain(text).includes(each)) ?? '';
    const at = plain(text).indexOf(word);
    const [start, end] = [Math.max(0, at - 90), at + word.length + 110];
    const mark = document.createElement('mark');
    mark.textContent = text.slice(at, at + word.length);
    const before = text.slice(start, at);
    const after = text.slice(at + word.length, end);
    const isWhole = end >= text.length;
    paragraph.append(start > 0 ? before.replace(/^\S*/, '…') : before, ...(word === '' ? [] : [mark]));
    paragraph.append(isWhole ? after : after.replace(/\S*$/, '…'));
    return paragraph;
  };

  /**
   * @param {Section} section
   * @param {readonly string[]} words
   */
  const place = ({ page, question, anchor, heading, text }, words) => {
    const link = document.createElement('a');
    link.href = `${page}.html#${anchor}`;
    link.textContent = heading === question ? question : `${question} ${heading}`;
    const item = document.createElement('li');
    item.append(link, excerpt(text, words));
    return item;
  };

  const search = () => {
    const words = plain(field.value)
      .split(/\s+/)
      .filter((word) => word !== '');
    const scored = words.length === 0 ? [] : sections.map((section) => ({ section, value: score(section, words) }));
    const hits = scored.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
    places.replaceChildren(...hits.map(({ section }) => place(section, words)));
    if (words.length === 0) found.textContent = 'Type a word into the field above.';
    else found.textContent = `${hits.length} ${hits.length === 1 ? 'place' : 'places'} for “${words.join(' ')}”`;
  };

  field.value = new URLSearchParams(location.search).get('q') ?? '';
  field.addEventListener('input', search);
  search();
  if (field.value === '') field.focus();
}
