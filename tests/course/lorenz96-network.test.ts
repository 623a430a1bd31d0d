import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { lorenz96Network, lorenz96Samples } from '../../course/lorenz96-network.js';
import { useBackend } from '../../lib/backend.js';
import { loadModel } from '../../lib/io/load-model.js';
import { saveModel } from '../../lib/io/save-model.js';
import type { Examples } from '../../lib/training/examples.js';

const data = join(import.meta.dirname, '../../data');
const folder = join(data, 'lorenz96-network');
const page = readFileSync(join(data, 'README.md'), 'utf8');
const files = ['model.json', 'weights.bin'];

/** The mean squared error, and R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)² of every output. */
function scores(model: tf.LayersModel, { x, y }: Examples): { loss: number; r2: number[] } {
  return tf.tidy(() => {
    const squares = tf.square(tf.sub(y, model.predict(x) as tf.Tensor));
    const spread = tf.square(tf.sub(y, tf.mean(y, 0)));
    const r2 = tf.sub(1, tf.div(tf.sum(squares, 0), tf.sum(spread, 0)));
    return { loss: tf.mean(squares).dataSync()[0]!, r2: Array.from(r2.dataSync()) };
  });
}

describe('data/lorenz96-network', () => {
  let samples: Awaited<ReturnType<typeof lorenz96Samples>>;

  before(async () => {
    await useBackend('wasm');
    samples = await lorenz96Samples();
  });
  after(() => {
    for (const { x, y } of Object.values(samples)) tf.dispose([x, y]);
  });

  it('is byte for byte what the training writes', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'netlens-network-'));
    const model = await lorenz96Network(samples.learnt);
    await saveModel(model, copy);
    for (const file of files) {
      const isSame = readFileSync(join(copy, file)).equals(readFileSync(join(folder, file)));
      assert.ok(isSame, `the committed ${file} is stale: npm run data`);
    }
    rmSync(copy, { recursive: true });
    model.dispose();
  });

  it('has the checksums and sizes its provenance states', () => {
    for (const file of files) {
      const bytes = readFileSync(join(folder, file));
      assert.ok(page.includes(createHash('sha256').update(bytes).digest('hex')), file);
      assert.ok(page.includes(`${bytes.length.toLocaleString('en-GB')} bytes`), file);
    }
  });

  it('loads, and imitates the coupling as well as its provenance states and the published networks do', async () => {
    // Six networks of the published recipe, one of them published: losses 2.15 to 2.27, R² of the eight outputs 0.876 to 0.895.
    const model = await loadModel(folder);
    assert.equal(model.countParams(), 552);
    for (const [name, part] of [
      ['samples learnt from', samples.learnt],
      ['later samples', samples.later],
    ] as const) {
      const { loss } = scores(model, part);
      assert.ok(loss >= 2.15 && loss <= 2.27, `${name}: ${loss}`);
      assert.match(page, new RegExp(`^\\| ${name} .*\\| ${loss.toFixed(3)} `, 'm'));
    }
    const { loss, r2 } = scores(model, samples.all);
    for (const value of r2) assert.ok(value >= 0.876 && value <= 0.895, `R² ${value}`);
    assert.match(page, new RegExp(`^\\| whole run .*\\| ${loss.toFixed(3)} `, 'm'));
    assert.ok(page.includes(r2.map((value) => value.toFixed(3)).join(', ')), r2.join(', '));
    model.dispose();
  });
});
