import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { errorFunction } from 'simple-statistics';
import { generateEvents } from '../lib/events.js';
import { numpyRandom } from '../lib/random.js';
import { rocCurve } from '../lib/roc.js';

const near = (actual: number, wanted: number, tolerance: number, what = ''): void =>
  assert.ok(Math.abs(actual - wanted) <= tolerance, `${what} ${actual} is not ${wanted} ± ${tolerance}`);

// The definition, pair by pair.
function slowRoc(scores: readonly number[], labels: readonly number[]): { auc: number; standardError: number } {
  const [signal, background] = [1, 0].map((label) => scores.filter((_, i) => labels[i] === label)) as [
    number[],
    number[],
  ];
  const wins = (s: number, b: number): number => (s > b ? 1 : s === b ? 0.5 : 0);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const below = signal.map((s) => mean(background.map((b) => wins(s, b))));
  const above = background.map((b) => mean(signal.map((s) => wins(s, b))));
  const share = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1) / values.length;
  return { auc: mean(below), standardError: Math.sqrt(share(below) + share(above)) };
}

// Few different scores, so that many are equal; at least two events of each class.
const events = fc
  .array(fc.record({ score: fc.integer({ min: -4, max: 4 }), label: fc.integer({ min: 0, max: 1 }) }), {
    maxLength: 40,
  })
  .map((list) => [
    { score: 1, label: 1 },
    { score: 0, label: 1 },
    { score: 1, label: 0 },
    { score: 2, label: 0 },
    ...list,
  ])
  .map((list) => ({ scores: list.map(({ score }) => score / 3), labels: list.map(({ label }) => label) }));

// Signal and background from N(1, 1) and N(0, 1.5): AUC = Φ(1 / √(1 + 1.5²)).
function binormal(seed: number, count: number): { scores: number[]; labels: number[] } {
  const random = numpyRandom(seed);
  const labels = Array.from({ length: 2 * count }, (_, i) => i % 2);
  return { scores: labels.map((label) => (label ? random.normal(1, 1) : random.normal(0, 1.5))), labels };
}
const binormalAuc = 0.5 + 0.5 * errorFunction(1 / Math.sqrt(1 + 1.5 ** 2) / Math.SQRT2);

describe('rocCurve', () => {
  it('gives the curves of scikit-learn, with and without ties', () => {
    // sklearn.metrics.roc_curve(drop_intermediate=False) and roc_auc_score.
    const plain = rocCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
    assert.deepEqual([...plain.thresholds], [Number.POSITIVE_INFINITY, 0.8, 0.4, 0.35, 0.1]);
    assert.deepEqual([...plain.falsePositiveRate], [0, 0, 0.5, 0.5, 1]);
    assert.deepEqual([...plain.truePositiveRate], [0, 0.5, 0.5, 1, 1]);
    assert.equal(plain.auc, 0.75);
    const tied = rocCurve([0.5, 0.2, 0.5, 0.9, 0.9, 0.5, 0.1, 0.2], [0, 0, 1, 1, 0, 1, 1, 0]);
    assert.deepEqual([...tied.falsePositiveRate], [0, 0.25, 0.5, 1, 1]);
    assert.deepEqual([...tied.truePositiveRate], [0, 0.25, 0.75, 0.75, 1]);
    assert.equal(tied.auc, 0.53125);
  });

  it('agrees with the definition, pair by pair, however many scores are equal', () => {
    fc.assert(
      fc.property(events, ({ scores, labels }) => {
        const [fast, slow] = [rocCurve(scores, labels), slowRoc(scores, labels)];
        near(fast.auc, slow.auc, 1e-12, 'auc');
        near(fast.standardError, slow.standardError, 1e-12, 'standard error');
      }),
    );
  });

  it('has the area that lies under its points', () => {
    fc.assert(
      fc.property(events, ({ scores, labels }) => {
        const { truePositiveRate: y, falsePositiveRate: x, auc } = rocCurve(scores, labels);
        const area = [...x.keys()]
          .slice(1)
          .reduce((sum, i) => sum + ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2, 0);
        near(area, auc, 1e-12);
      }),
    );
  });

  it('turns round with the sign of the score, and stays with a rising function of it', () => {
    fc.assert(
      fc.property(events, ({ scores, labels }) => {
        const curve = rocCurve(scores, labels);
        const turned = rocCurve(
          scores.map((score) => -score),
          labels,
        );
        near(turned.auc, 1 - curve.auc, 1e-12);
        near(turned.standardError, curve.standardError, 1e-12);
        const stretched = rocCurve(
          scores.map((score) => Math.exp(score) + score),
          labels,
        );
        assert.deepEqual(stretched.truePositiveRate, curve.truePositiveRate);
        assert.equal(stretched.auc, curve.auc);
      }),
    );
  });

  it('knows the extremes: all right, all wrong, all equal', () => {
    const of = (scores: number[]) => rocCurve(scores, [0, 0, 1, 1]);
    assert.deepEqual([of([1, 2, 3, 4]).auc, of([1, 2, 3, 4]).standardError], [1, 0]);
    assert.deepEqual([of([3, 4, 1, 2]).auc, of([3, 4, 1, 2]).standardError], [0, 0]);
    assert.deepEqual([of([7, 7, 7, 7]).auc, [...of([7, 7, 7, 7]).truePositiveRate]], [0.5, [0, 1]]);
  });

  it('estimates no error from a single event of a class', () => {
    const { auc, standardError } = rocCurve([1, 2, 3], [0, 1, 0]);
    assert.equal(auc, 0.5);
    assert.ok(Number.isNaN(standardError));
  });

  it('finds the area between two Gaussians, and an error as large as the spread of other samples', () => {
    const curves = Array.from({ length: 200 }, (_, seed) => binormal(seed, 150)).map((sample) =>
      rocCurve(sample.scores, sample.labels),
    );
    const pulls = curves.map(({ auc, standardError }) => (auc - binormalAuc) / standardError);
    const mean = pulls.reduce((sum, pull) => sum + pull, 0) / pulls.length;
    const deviation = Math.sqrt(pulls.reduce((sum, pull) => sum + (pull - mean) ** 2, 0) / pulls.length);
    near(mean, 0, 4 / Math.sqrt(200), 'mean pull');
    near(deviation, 1, 4 / Math.sqrt(400), 'width of the pulls');
  });

  it('finds the areas of the observables: Φ(1/√2), (2/π) atan 2 and one half, within 4 standard errors', () => {
    const { x, labels } = generateEvents(5, { train: 20_000, test: 0 });
    const column = (i: number): number[] => Array.from(labels, (_, row) => x[3 * row + i]!);
    const scores = [column(0), column(1).map((value) => -Math.abs(value - 1.5)), column(2)];
    const truth = [0.5 + 0.5 * errorFunction(0.5), (2 / Math.PI) * Math.atan(2), 0.5];
    for (const [i, wanted] of truth.entries()) {
      const { auc, standardError } = rocCurve(scores[i]!, labels);
      near(auc, wanted, 4 * standardError, `observable ${i + 1}`);
    }
  });

  it('takes tensors and typed arrays, and leaves them as they are', () => {
    const [scores, labels] = [tf.tensor2d([[0.1], [0.4], [0.35], [0.8]]), tf.tensor2d([[0], [0], [1], [1]])];
    const before = tf.memory().numTensors;
    assert.equal(rocCurve(scores, labels).auc, 0.75);
    assert.equal(tf.memory().numTensors, before);
    tf.dispose([scores, labels]);
    const typed = Float64Array.of(2, 1, 3);
    assert.equal(rocCurve(typed, Uint8Array.of(0, 0, 1)).auc, 1);
    assert.deepEqual([...typed], [2, 1, 3]);
  });

  it('refuses what has no curve, by name and value', () => {
    assert.throws(() => rocCurve([], []), new RangeError('rocCurve needs at least one value in scores, got 0'));
    assert.throws(
      () => rocCurve([1, Number.NaN], [0, 1]),
      new RangeError('rocCurve needs a finite number at scores[1], got NaN'),
    );
    assert.throws(() => rocCurve([1, 2], [1]), new RangeError('rocCurve needs 2 labels for as many scores, got 1'));
    assert.throws(() => rocCurve([1, 2], [1, 3]), new RangeError('rocCurve needs label 0 or 1 at labels[1], got 3'));
    assert.throws(() => rocCurve([1, 2], [0, 0]), new RangeError('rocCurve needs signal events (label 1), got none'));
    assert.throws(
      () => rocCurve([1, 2], [1, 1]),
      new RangeError('rocCurve needs background events (label 0), got none'),
    );
    assert.throws(() => rocCurve('12' as unknown as number[], [0, 1]), { name: 'TypeError', message: /as scores/ });
  });
});
