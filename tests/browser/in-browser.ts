import { findChromium } from './chromium.js';

/** `describe` for tests that need Chromium: without one, a single line says that they are skipped. */
export function describeInBrowser(title: string, tests: (chromium: string) => void): void {
  const chromium = findChromium();
  describe(title, function () {
    this.timeout(120_000);
    if (chromium === undefined) it.skip('skipped: no Chromium on the path; CHROMIUM=/path/to/chromium names one');
    else tests(chromium);
  });
}
