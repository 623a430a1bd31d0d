import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import type { Layout, Plot } from 'nodeplotlib';
import { type Figure, lineChart, show, todo } from '../lib/index.js';
import { onConsole, onPage } from './page.js';

const line = lineChart({ title: 'Fall', xAxis: 'epoch', yAxis: 'loss', series: [{ name: 'loss', y: [2, 1] }] });
const waits = 'Exercise mean is not written yet; this cell waits for it.';

describe('show in a notebook', () => {
  it('shows figures as graph, picture and words, with their metadata', async () => {
    const [shown] = await onPage(() => show(line));
    assert.deepEqual(Object.keys(shown!.bundle), ['application/vnd.plotly.v1+json', 'image/png', 'text/plain']);
    assert.deepEqual(shown!.metadata, { 'image/png': { width: 720, height: 420, alt: line.alt } });
  });

  it('shows all items in order, functions by what they give', async () => {
    const shown = await onPage(() =>
      show(
        'text',
        () => 42,
        async () => [1, 2],
        Promise.resolve('later'),
      ),
    );
    assert.deepEqual(
      shown.map(({ bundle }) => bundle['text/plain']),
      ['text', '42', '[ 1, 2 ]', 'later'],
    );
  });

  it('says in one friendly line that an exercise is missing, and goes on', async () => {
    const shown = await onPage(() =>
      show(
        () => todo('mean'),
        'next',
        async () => todo('mean'),
      ),
    );
    assert.deepEqual(
      shown.map(({ bundle }) => bundle['text/plain']),
      [waits, 'next', waits],
    );
  });

  it('shows tensors and tables as they print themselves', async () => {
    const tensor = tf.tensor1d([1, 2]);
    const [shown] = await onPage(() => show(tensor));
    tensor.dispose();
    assert.match(String(shown!.bundle['text/plain']), /Tensor\n\s+\[1, 2\]/);
  });

  it('lets all other errors through', async () => {
    await assert.rejects(
      onPage(() =>
        show(() => {
          throw new RangeError('no');
        }),
      ),
      new RangeError('no'),
    );
  });
});

describe('show in a script', () => {
  it('prints text and values, and of a figure its alternative text where no person sits', async () => {
    const code = `
      const { lineChart, show, todo } = await import('./lib/index.ts');
      await show('text', { a: 1 }, () => todo('mean'), lineChart({ title: 'T', xAxis: 'x', yAxis: 'y', series: [{ name: 'y', y: [1] }] }));
    `;
    const options = ['--import', 'tsx', '--input-type=module', '--eval', code];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, options, {
      cwd: join(import.meta.dirname, '..'),
    });
    assert.deepEqual(stdout.trim().split('\n'), [
      'text',
      '{ a: 1 }',
      waits,
      'Line chart “T”. Horizontal: x, 1 to 1; vertical: y. y: 1 point, 1.',
    ]);
    assert.equal(stderr, '');
  });

  it('prints the words of whatever else shows itself', async () => {
    const table = { [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<p>', 'text/plain': 'a table' }) };
    assert.deepEqual(await onConsole(() => show(table)), ['a table']);
  });

  it('gives nodeplotlib what it wants', () => {
    const forNodeplotlib: { data: Plot[]; layout: Layout } = { data: [...line.data] as Plot[], layout: line.layout };
    const figure: Pick<Figure, 'data' | 'layout'> = line;
    assert.deepEqual(forNodeplotlib, { data: figure.data, layout: figure.layout });
  });
});
