// @ts-check
// Pictures become figures that zoom and tell values, once they come near the window. What they show travels beside them, as JSON.
{
  /**
   * @typedef {{ readonly data: unknown, readonly layout: { readonly width: number } }} Plot
   * @typedef {{ newPlot(place: HTMLElement, data: unknown, layout: unknown, config: object): Promise<unknown> }} Plotly
   */

  /** @type {Promise<Plotly> | undefined} */
  let plotly;
  const loadPlotly = () => {
    plotly ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = 'plotly.js';
      script.onload = () => resolve(/** @type {{ Plotly: Plotly }} */ (/** @type {unknown} */ (globalThis)).Plotly);
      script.onerror = () => reject(new Error('plotly.js is missing beside the page'));
      document.head.append(script);
    });
    return plotly;
  };

  // A page that needs no network offers nothing that needs one.
  const config = { displayModeBar: true, displaylogo: false, modeBarButtonsToRemove: ['sendChartToCloud'] };

  /**
   * @param {HTMLElement} figure
   * @param {Plot} plot
   */
  const draw = async (figure, { data, layout }) => {
    const { newPlot } = await loadPlotly();
    const place = document.createElement('div');
    await newPlot(place, data, layout, config);
    const image = /** @type {HTMLImageElement} */ (figure.querySelector('img'));
    image.hidden = true;
    figure.setAttribute('role', 'group');
    figure.setAttribute('aria-label', image.alt);
    figure.append(place);
    if (figure.scrollWidth > figure.clientWidth) figure.tabIndex = 0;
  };

  /**
   * A figure that is wider than its place stays a picture, to be seen whole, until the reader asks.
   * @param {HTMLElement} figure
   * @param {Plot} plot
   */
  const drawOnRequest = (figure, plot) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Zoom and values';
    button.addEventListener('click', () => {
      button.remove();
      figure.tabIndex = 0;
      figure.focus();
      void draw(figure, plot);
    });
    figure.append(button);
  };

  /** @type {Map<Element, Plot>} */
  const waiting = new Map();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const plot = waiting.get(target);
        if (!isIntersecting || plot === undefined) continue;
        waiting.delete(target);
        observer.unobserve(target);
        void draw(/** @type {HTMLElement} */ (target), plot);
      }
    },
    { rootMargin: '800px' },
  );

  for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('figure:has(script)'))) {
    /** @type {Plot} */
    const plot = JSON.parse(/** @type {Element} */ (figure.querySelector('script')).textContent ?? '');
    if (plot.layout.width > figure.clientWidth) drawOnRequest(figure, plot);
    else {
      waiting.set(figure, plot);
      observer.observe(figure);
    }
  }
}
