import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { compareAttributions, numpyRandom } from 'netlens';
import { sampleCorrelation } from 'simple-statistics';
import { assertClose } from '../close.js';

interface Vector {
  readonly a: number[];
  readonly b: number[];
  readonly pearson: number;
  readonly spearman: number;
  readonly kendall_tau_b: number;
  readonly cosine: number;
}
const path = new URL('../vectors/similarity.json', import.meta.url);
const vectors = JSON.parse(readFileSync(path, 'utf8')) as Vector[];
const draw = (seed: number, shape: [number, number]): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from(numpyRandom(seed).normal(0, 1, shape[0] * shape[1])), shape);

describe('compareAttributions', () => {
  it('finds what SciPy finds, ties included', () => {
    for (const { a, b, ...wanted } of vectors) {
      const { perSample, ofMeans } = compareAttributions({ a: tf.tensor2d([a]), b: tf.tensor2d([b]) });
      for (const found of [perSample, ofMeans]) {
        assertClose(found.pearson[0]![1]!.value, wanted.pearson, 1e-7);
        assertClose(found.spearman[0]![1]!.value, wanted.spearman, 1e-12);
        assertClose(found.kendall[0]![1]!.value, wanted.kendall_tau_b, 1e-12);
        assertClose(found.cosine[0]![1]!.value, wanted.cosine, 1e-7);
      }
    }
  });

  it('agrees with simple-statistics, is symmetric, and 1 with itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const [a, b] = [draw(seed, [1, 6]), draw(seed + 1, [1, 6])];
        const { pearson, kendall } = compareAttributions({ a, b }).perSample;
        assertClose(pearson[0]![1]!.value, sampleCorrelation([...a.dataSync()], [...b.dataSync()]), 1e-9);
        assert.equal(kendall[0]![1]!.value, kendall[1]![0]!.value);
        assertClose(pearson[1]![1]!.value, 1, 1e-12);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('treats every output by itself', () => {
    const [a, b] = [draw(1, [4, 6]), draw(2, [4, 6])];
    const flat = compareAttributions({ a, b }).perSample.spearman[0]![1]!.value;
    const deep = compareAttributions({
      a: tf.reshape(a, [2, 2, 6]),
      b: tf.reshape(b, [2, 2, 6]),
    });
    assertClose(deep.perSample.spearman[0]![1]!.value, flat, 1e-12);
  });

  it('counts the top inputs in common by size', () => {
    const maps = { a: tf.tensor2d([[-9, 8, 1, 0]]), b: tf.tensor2d([[9, 0, 1, 8]]) };
    assert.equal(compareAttributions(maps, { top: 2 }).perSample.topOverlap[0]![1]!.value, 0.5);
  });

  it('leaves out what is not defined, and says so', () => {
    const maps = {
      a: tf.tensor2d([
        [0, 0],
        [1, 2],
      ]),
      b: tf.tensor2d([
        [1, 2],
        [1, 2],
      ]),
    };
    const { value, defined } = compareAttributions(maps).perSample.pearson[0]![1]!;
    assertClose([value, defined], [1, 0.5], 1e-12);
    const dead = compareAttributions({ a: tf.zeros([3, 2]), b: tf.ones([3, 2]) }).perSample.cosine[0]![1]!;
    assert.ok(Number.isNaN(dead.value) && dead.defined === 0 && Number.isNaN(dead.interval[0]));
  });

  it('gives intervals that hold the value, repeat with the seed, and are as wide as standard errors say', () => {
    const maps = { a: draw(1, [200, 8]), b: draw(2, [200, 8]) };
    const { perSample, ofMeans } = compareAttributions(maps, { seed: 3, sizes: true });
    for (const {
      value,
      interval: [low, high],
    } of [perSample.pearson[0]![1]!, ofMeans.cosine[0]![1]!])
      assert.ok(low < value && value < high);
    const [low, high] = perSample.pearson[0]![1]!.interval;
    // Coefficients of unrelated maps of n = 8 spread by about 1/√(n − 1).
    const wanted = (2 * 1.96) / Math.sqrt(7) / Math.sqrt(200);
    assert.ok(Math.abs((high - low) / wanted - 1) < 0.25);
    assert.deepEqual(compareAttributions(maps, { seed: 3, sizes: true }).perSample, perSample);
  });

  it('shows itself as a table', () => {
    const shown = compareAttributions({ 'a<b': draw(1, [5, 4]), c: draw(2, [5, 4]) })[
      Symbol.for('Jupyter.display') as never
    ] as () => Record<string, string>;
    assert.match(shown()['text/html']!, /a&lt;b, c/);
    assert.match(shown()['text/plain']!, /samples .*\n.* means/);
  });

  it('refuses what does not fit', () => {
    const a = draw(1, [3, 2]);
    assert.throws(() => compareAttributions({}), /at least one method, got 0/);
    assert.throws(() => compareAttributions({ a, b: draw(1, [3, 3]) }), /needs shape \[3, 2\] for 'b' as for 'a', got/);
    assert.throws(() => compareAttributions({ a: tf.zeros([0, 2]) }), /needs shape \[batch, in\]/);
    assert.throws(() => compareAttributions({ a: tf.tensor2d([[Number.NaN]]) }), /finite numbers for 'a', got NaN/);
    assert.throws(() => compareAttributions({ a: [1] as never }), TypeError);
    assert.throws(() => compareAttributions({ a }, { top: 3 }), /whole top from 1 to 2, got 3/);
    assert.throws(() => compareAttributions({ a }, { block: 4 }), /whole block from 1 to 3, got 4/);
    assert.throws(() => compareAttributions({ a }, { resamples: 0 }), /whole resamples/);
  });
});
