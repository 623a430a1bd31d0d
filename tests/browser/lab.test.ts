// JupyterLab in a real browser: what a learner sees and does in an evening.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Output } from '../../course/notebook.js';
import { root } from '../../course/tools.js';
import { openWindow, type Window } from './browser.js';
import { describeInBrowser } from './in-browser.js';
import { type Lab, startLab } from './lab.js';
import * as notebook from './notebook.js';
import { indexOf, type Sample, writeSamples } from './samples.js';

const samples = 'build/browser/samples.ipynb';

function textOf({ text, data, evalue }: Output): string {
  return [evalue ?? data?.['text/plain'] ?? text ?? []].flat().join('');
}

describeInBrowser('JupyterLab in a browser', (chromium) => {
  let lab: Lab;
  let window: Window;
  let page: Page;
  const open: (Window | Lab)[] = [];
  before(async () => {
    await writeSamples(samples);
    window = await openWindow(chromium, { height: 1600 });
    open.push(window);
    page = window.page;
    lab = await startLab();
    open.push(lab);
  });
  after(() => Promise.all(open.map((each) => each.close())));
  afterEach(async function () {
    await keepPicture(this.currentTest!.title.split(/[,;]/)[0]!.replaceAll(/\W+/g, '-'));
  });

  const cell = (index: number) => notebook.cell(page, index);
  const outputOf = (index: number) => cell(index).locator('.jp-OutputArea-output');
  const run = (sample: Sample) => notebook.runCell(page, indexOf(sample));
  const keepPicture = (name: string, what: Page | Locator = page) =>
    what.screenshot({ path: join(root, 'build', 'browser', `${name}.png`) });

  async function linesBelow(sample: Sample): Promise<readonly string[]> {
    return (await outputOf(indexOf(sample)).textContent())!.trimEnd().split('\n');
  }

  async function kernelKnowsWhatItKnew(): Promise<void> {
    assert.deepEqual((await run('kept')).outputs.map(textOf), ["'still here'"]);
  }

  describe('with the first notebook', () => {
    it('opens it on the course kernel, in the colours of TypeScript', async () => {
      await notebook.open(page, lab.address);
      assert.match(await page.title(), /00-start/);
      assert.match((await page.locator('.jp-NotebookPanel-toolbar').textContent())!, /TypeScript \(tslab\)/);
      const line = cell(0).locator('.cm-line').first();
      assert.equal(await line.textContent(), 'const seconds = 24 * 60 * 60;');
      const colours = line.locator('span').evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
      const [keyword, name, , number] = await colours;
      assert.equal(new Set([keyword, name, number]).size, 3);
    });

    it('runs all cells with the right outputs', async () => {
      await notebook.choose(page, 'Run', 'Run All Cells');
      await notebook.endOfCell(page, 6);
      const cells = await notebook.codeCells(page);
      const counts = cells.map(({ count }) => count);
      assert.deepEqual(counts, [1, 2, 3, 4, 5, 6, 7]);
      const outputs = cells.flatMap((each) => each.outputs);
      assert.ok(outputs.every(({ output_type: type }) => type === 'execute_result' || type === 'display_data'));
      const [seconds, minutes, figure, ...waiting] = outputs.map(textOf);
      assert.deepEqual([seconds, minutes], ['86400', "'a day has 1440 minutes'"]);
      assert.match(figure!, /A wave that dies away/);
      assert.deepEqual(waiting, Array(2).fill('Exercise mean is not written yet; this cell waits for it.'));
    });

    it('draws its figure without a network, tells values and zooms', async () => {
      const figure = outputOf(3);
      await figure.hover();
      const area = (await figure.locator('.nsewdrag').boundingBox())!;
      const pointAt = (part: number, options = {}) =>
        page.mouse.move(area.x + part * area.width, area.y + area.height / 2, options);
      await pointAt(0.5);
      await figure.locator('.hoverlayer', { hasText: '\u22120.2176542' }).waitFor();
      await keepPicture('figure', cell(3));
      const ticks = figure.locator('.xtick text');
      assert.deepEqual(await ticks.allTextContents(), ['0', '2', '4', '6', '8', '10']);
      await page.mouse.down();
      await pointAt(0.9, { steps: 5 });
      await page.mouse.up();
      await ticks.filter({ hasText: '8.5' }).waitFor();
      assert.deepEqual(window.outside, []);
      assert.deepEqual(window.failures, []);
    });

    it('takes an answer, and says that it holds', async () => {
      await cell(4).locator('.cm-line').nth(1).click();
      await page.keyboard.press('End');
      await page.keyboard.press('Shift+Home');
      await page.keyboard.type('return values.reduce((sum, value) => sum + value, 0) / values.length;');
      await notebook.runCell(page, 4);
      const { outputs } = await notebook.runCell(page, 5);
      assert.match(outputs.map(textOf).join(), /Exercise mean: all properties hold/);
    });
  });

  describe('with a training', () => {
    before(async () => {
      await notebook.open(page, lab.addressOf(samples));
      await run('preparation');
    });

    it('draws the loss while it learns, until one presses the stop button; the kernel goes on', async () => {
      const training = indexOf('training for days');
      await notebook.startCell(page, training);
      const picture = outputOf(training).locator('img');
      await picture.waitFor();
      const first = await picture.getAttribute('src');
      await picture.and(page.locator(`:not([src="${first}"])`)).waitFor();
      const { outputs } = (await notebook.codeCells(page))[training]!;
      assert.match(outputs.map(textOf).join(), /^epoch \d+ of 1000000, loss [\d.e-]+, about .* left$/);
      await keepPicture('loss', cell(training));
      await notebook.press(page, 'interrupt-kernel');
      const stopped = (await notebook.endOfCell(page, training)).outputs.at(-1)!;
      assert.equal(stopped.output_type, 'error');
      assert.match(textOf(stopped), /stopped/i);
      await kernelKnowsWhatItKnew();
    });

    it('leaves the finished curve as a figure', async () => {
      const { outputs } = await run('training for a moment');
      assert.match(outputs.map(textOf).join(), /Does the network still learn\?.*epoch, 1 to 3; vertical: loss/);
      assert.ok('application/vnd.plotly.v1+json' in outputs[0]!.data!);
    });
  });

  describe('with code that does not work', () => {
    it('stops a loop without an end by the menu; the kernel goes on', async () => {
      await notebook.startCell(page, indexOf('endless'));
      await notebook.choose(page, 'Kernel', 'Interrupt Kernel');
      const { outputs } = await notebook.endOfCell(page, indexOf('endless'));
      assert.match(outputs.map(textOf).join(), /stopped/i);
      await kernelKnowsWhatItKnew();
    });

    it('shows a type error with its line', async () => {
      const { count } = await run('mistyped');
      const shown = await linesBelow('mistyped');
      assert.equal(shown[0], "TS2322: Type 'number' is not assignable to type 'string'.");
      assert.equal(shown[1], `cell[${count}], line 3`);
      assert.ok(shown.includes('>    3 | const text: string = count;'));
    });

    it('shows a thrown error with its line and where it was called', async () => {
      const { count } = await run('throwing');
      const shown = await linesBelow('throwing');
      assert.equal(shown[0], 'RangeError: deeper needs a depth of at most 2, got 3');
      assert.ok(shown.includes(`cell[${count}], line 2`));
      assert.ok(shown.some((line) => /^> +2 \| {3}if \(depth > 2\) throw/.test(line)));
      assert.equal(shown.at(-1)!.trim(), `at cell[${count}]:5:1`);
    });
  });

  describe('at the keyboard', () => {
    async function goBehind(sample: Sample): Promise<void> {
      await cell(indexOf(sample)).locator('.cm-content').click();
      await page.keyboard.press('End');
    }

    it('completes a name by Tab', async () => {
      await goBehind('half a name');
      await page.keyboard.press('Tab');
      await page.locator('.jp-Completer-item:visible', { hasText: 'jacobian' }).first().click();
      await cell(indexOf('half a name'))
        .locator('.cm-line', { hasText: /^jacobian$/ })
        .waitFor();
    });

    it('explains a name by Shift and Tab, in the words of our documentation', async () => {
      await goBehind('whole name');
      await page.keyboard.press('Shift+Tab');
      const help = page.locator('.jp-Tooltip');
      await help.filter({ hasText: 'gradients of all outputs, at every row' }).waitFor();
      assert.match((await help.textContent())!, /x: tf\.Tensor2D, .*@returns shape \[batch, out, in\].*=> \[1, 6\]/s);
    });
  });

  describe('after a restart', () => {
    it('knows nothing of before, and runs cells again', async () => {
      await notebook.press(page, 'restart-kernel');
      await page.locator('.jp-Dialog .jp-mod-accept').click();
      await page.locator('.jp-Dialog').waitFor({ state: 'detached' });
      await notebook.kernelIsIdle(page);
      const { outputs } = await run('kept');
      assert.match(outputs.map(textOf).join(), /TS2304: Cannot find name 'kept'/);
    });
  });
});
