// The pages of the course (npm run site) in a real browser, opened from a folder.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { writeSite } from '../../course/site/write.js';
import { openWindow, type Window } from './browser.js';
import { executedCourse, figureTitle } from './course-pages.js';
import { describeInBrowser } from './in-browser.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describeInBrowser('the pages of the course', (chromium) => {
  let folder: string;
  let window: Window;
  let page: Page;
  const requests: string[] = [];
  const complaints: string[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netlens-site-'));
    await writeSite(await executedCourse(), folder);
    window = await openWindow(chromium);
    page = window.page;
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
  });
  after(async () => {
    await window.close();
    await rm(folder, { recursive: true });
  });

  const addressOf = (file: string): string => `${pathToFileURL(folder).href}/${file}`;
  const open = (file: string) => page.goto(addressOf(file));
  const figure = () => page.locator('figure', { has: page.locator('script') }).first();
  const theme = () => page.locator('#theme');
  const brightness = () =>
    page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)?.[0]));

  const barriers = async (file: string, rules: object = {}): Promise<readonly string[][]> => {
    await open(file);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(
      (options) => (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(options),
      { preload: false, rules },
    );
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 200))]);
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`hold no barrier that axe-core knows of, in ${colorScheme} colours`, async () => {
      await page.emulateMedia({ colorScheme });
      for (const file of ['index.html', '00-start.html', 'search.html?q=gradient']) {
        assert.deepEqual(await barriers(file), [], file);
        assert.equal((await brightness()) < 100, colorScheme === 'dark', file);
      }
    });
  }

  it('hold none with formulas either', async () => {
    // The colours are those of the other pages, and take long on a long page.
    assert.deepEqual(await barriers('01-gradients.html', { 'color-contrast': { enabled: false } }), []);
    assert.ok((await page.locator('math').count()) > 3);
  });

  it('have one first heading, landmarks and a language', async () => {
    for (const file of ['index.html', '00-start.html', 'search.html']) {
      await open(file);
      for (const one of ['h1', 'main', 'body > header', 'footer', 'html[lang=en]', 'title'])
        assert.equal(await page.locator(one).count(), 1, `${one} in ${file}`);
    }
  });

  it('lead nowhere that is not there', async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.html'));
    assert.deepEqual(names.sort(), ['00-start.html', '01-gradients.html', 'index.html', 'search.html']);
    for (const name of names) {
      await open(name);
      const links = await page.locator('a').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
      assert.ok(links.length > 2);
      for (const link of links.filter((each) => each.startsWith('file:'))) {
        const { hash } = new URL(link);
        assert.ok(existsSync(fileURLToPath(link)), link);
        if (link.startsWith(addressOf(name)) && hash !== '')
          assert.equal(await page.locator(`[id="${hash.slice(1)}"]`).count(), 1, link);
      }
    }
  });

  it('tell of every notebook what one learns, how long it takes and what it needs', async () => {
    await open('index.html');
    const entry = page.locator('ol.course > li').nth(1);
    assert.match(
      (await entry.textContent())!,
      /Which inputs does a network look at\?.*to train a classifier.*40 minutes · needs 00-start/s,
    );
    await entry.getByRole('link', { name: 'Which inputs' }).click();
    await page.locator('h1', { hasText: 'Which inputs does a network look at?' }).waitFor();
  });

  it('find a word in all pages, and lead there', async () => {
    await open('00-start.html');
    await page.getByRole('searchbox').fill('two slashes');
    await page.keyboard.press('Enter');
    await page.locator('#found', { hasText: '1 place for “two slashes”' }).waitFor();
    assert.equal(await page.locator('mark').first().textContent(), 'two');
    const excerpt =
      'TypeScript checks a cell before it runs it. Take the two slashes away in the next cell and run it:';
    assert.ok((await page.locator('#places p').first().textContent())!.startsWith(excerpt));
    await page.locator('#places a').click();
    const heading = page.getByRole('heading', { name: 'Types help before anything runs' });
    await heading.waitFor();
    assert.ok((await heading.boundingBox())!.y < 300);
  });

  it('show formulas in what is found as one reads them, cut between words', async () => {
    await open('search.html?q=observables of another');
    const excerpt = await page.locator('#places p').first().textContent();
    assert.match(excerpt!, /^… .* so ∂\/∂xₙᵢ ∑ₘf\(xₘ\) = ∂f\(xₙ\)\/∂xₙᵢ and one call .* …$/);
  });

  it('lead from the name of a notebook to its page', async () => {
    await open('00-start.html');
    await page.locator('main').getByRole('link', { name: '01-gradients' }).first().click();
    await page.locator('h1', { hasText: 'Which inputs does a network look at?' }).waitFor();
  });

  it('say so where nothing is found, while one types', async () => {
    await open('search.html');
    await page.keyboard.type('zebra');
    await page.locator('#found', { hasText: '0 places for “zebra”' }).waitFor();
    await page.getByRole('searchbox').fill('gradient');
    await page.locator('#places li').first().waitFor();
    assert.match((await page.locator('#places a').first().textContent())!, /gradient/i);
  });

  it('keep solutions folded until one asks', async () => {
    await open('00-start.html');
    const answer = page.locator('.answer');
    assert.match((await answer.locator('.highlight:visible').textContent())!, /return todo\('mean'\);/);
    await answer.getByText('A solution').click();
    await answer.locator('.highlight:visible', { hasText: 'values.reduce' }).waitFor();
  });

  it('have figures that tell values under the pointer', async () => {
    await open('00-start.html');
    await figure().scrollIntoViewIfNeeded();
    const area = (await figure().locator('.nsewdrag').boundingBox())!;
    await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2);
    await figure().locator('.hoverlayer', { hasText: '2.25' }).waitFor();
    assert.match((await figure().getAttribute('aria-label'))!, /^A line that falls from 3/);
  });

  it('have figures with buttons that all work without a network', async () => {
    await open('00-start.html');
    await figure().locator('.modebar').waitFor();
    const labels = await figure()
      .getByRole('button')
      .evaluateAll((all) => all.map((each) => each.ariaLabel));
    const view = ['Zoom', 'Pan', 'Box Select', 'Lasso Select', 'Zoom in', 'Zoom out', 'Autoscale', 'Reset axes'];
    assert.deepEqual(labels, ['Download plot as a PNG', ...view]);
  });

  it('show a figure as a picture on a small screen, until one asks', async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    try {
      await open('00-start.html');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 400);
      assert.ok((await figure().locator('img').boundingBox())!.width < 400);
      await figure().getByRole('button', { name: 'Zoom and values' }).click();
      await figure().locator('.gtitle', { hasText: figureTitle }).waitFor();
    } finally {
      await page.setViewportSize({ width: 1200, height: 900 });
    }
  });

  it('can be used by the keyboard alone: every place is reached, the first is the way past the head', async () => {
    await open('00-start.html');
    await figure().locator('.modebar').waitFor();
    const wanted = 'a[href], button, input, summary, [tabindex="0"]';
    const total = await page
      .locator(wanted)
      .evaluateAll(
        (all) =>
          all.filter((each) => each.checkVisibility() && each.closest('[tabindex="-1"]:not(main)') === null).length,
      );
    const reached = new Set<string>();
    for (let press = 0; press < total; press += 1) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate((selector) => {
          const place = document.activeElement!;
          return `${[...document.querySelectorAll(selector)].indexOf(place)} ${place.textContent}`;
        }, wanted),
      );
    }
    assert.equal([...reached][0], '0 To the text');
    assert.equal(reached.size, total);
    assert.ok(![...reached].some((place) => place.startsWith('-1')), [...reached].join('\n'));
  });

  it('change between light and dark, and remember it', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await open('00-start.html');
    await theme().focus();
    await page.keyboard.press('Enter');
    assert.ok((await brightness()) < 100);
    await open('index.html');
    assert.ok((await brightness()) < 100);
    assert.equal(await theme().textContent(), 'Light colours');
    await theme().click();
    assert.ok((await brightness()) > 200);
  });

  it('show pictures and all text where no script runs', async () => {
    const context = await page.context().browser()!.newContext({ javaScriptEnabled: false });
    const still = await context.newPage();
    await still.goto(addressOf('00-start.html'));
    const image = still.locator('figure img').first();
    assert.match((await image.getAttribute('alt'))!, /^A line that falls/);
    assert.ok((await image.boundingBox())!.height > 200);
    assert.equal(await still.locator('#theme').isVisible(), false);
    await context.close();
  });

  it('asked for nothing outside their folder, and had no error', () => {
    const outside = requests.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(addressOf('')));
    assert.deepEqual(outside, []);
    assert.deepEqual(window.failures, []);
    assert.deepEqual(complaints, []);
  });
});
