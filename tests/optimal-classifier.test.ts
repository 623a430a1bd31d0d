import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { errorFunction } from 'simple-statistics';
import { generateEvents } from '../lib/events.js';
import { gradient } from '../lib/index.js';
import { optimalClassifier } from '../lib/optimal-classifier.js';
import { numpyRandom } from '../lib/random.js';
import { rocCurve } from '../lib/roc.js';

// The densities themselves, from the table of data/README.md.
const gauss = (x: number, mean: number, width: number): number => Math.exp(-0.5 * ((x - mean) / width) ** 2) / width;
const signal = ([x1, x2, x3]: readonly number[]): number =>
  gauss(x1!, 1.5, 0.5) * gauss(x2!, 1.5, 0.5) * gauss(x3!, 1, 0.5);
const background = ([x1, x2, x3]: readonly number[]): number =>
  gauss(x1!, 1, 0.5) * gauss(x2!, 1.5, 1) * gauss(x3!, 1, 0.5);
const share = (x: readonly number[]): number => signal(x) / (signal(x) + background(x));

const random = numpyRandom(3);
const points = Array.from({ length: 50 }, () => [random.normal(1, 1), random.normal(1.5, 1.2), random.normal(1, 0.5)]);

function moved(x: readonly number[], ...steps: readonly (readonly [column: number, step: number])[]): number[] {
  return x.map((value, i) => value + steps.reduce((sum, [column, step]) => sum + (column === i ? step : 0), 0));
}

function difference(x: readonly number[], i: number): number {
  const h = 1e-5;
  return (share(moved(x, [i, h])) - share(moved(x, [i, -h]))) / (2 * h);
}

function secondDifference(x: readonly number[], i: number, j: number): number {
  const h = 2e-4;
  const at = (a: number, b: number): number => share(moved(x, [i, a * h], [j, b * h]));
  return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h * h);
}

function closeTo(actual: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  assert.equal(actual.length, wanted.length);
  wanted.forEach((value, i) =>
    assert.ok(Math.abs(actual[i]! - value) <= tolerance, `${i}: ${actual[i]} is not ${value}`),
  );
}

describe('optimalClassifier', () => {
  const answer = optimalClassifier(tf.tensor2d(points));
  after(() => tf.dispose(answer));

  it('is the share of signal in the density at a place', () => {
    closeTo(answer.output.dataSync(), points.map(share), 1e-6);
  });

  it('has the derivatives that differences of the densities have', () => {
    const columns = [0, 1, 2];
    closeTo(
      answer.gradient.dataSync(),
      points.flatMap((x) => columns.map((i) => difference(x, i))),
      1e-6,
    );
    const second = points.flatMap((x) => columns.flatMap((i) => columns.map((j) => secondDifference(x, i, j))));
    closeTo(answer.hessian.dataSync(), second, 1e-5);
  });

  it('has the gradient that the tape finds in its formula', () => {
    const x = tf.tensor2d(points);
    const onTape = gradient((x) => {
      const [x1, x2] = tf.split(x, 3, 1) as [tf.Tensor, tf.Tensor];
      return x1.mul(2).sub(2.5).sub(x2.sub(1.5).square().mul(1.5)).add(Math.LN2).sigmoid();
    }, x);
    closeTo(answer.gradient.dataSync(), [...onTape.dataSync()], 2e-6);
    tf.dispose([x, onTape]);
  });

  it('says the same without the observable that says nothing', () => {
    const two = optimalClassifier(tf.tensor2d(points.map((x) => x.slice(0, 2))));
    assert.deepEqual(two.output.dataSync(), answer.output.dataSync());
    assert.deepEqual(
      two.gradient.arraySync(),
      answer.gradient.arraySync().map((row) => row.slice(0, 2)),
    );
    assert.deepEqual(
      two.hessian.arraySync(),
      answer.hessian.arraySync().map((rows) => rows.slice(0, 2).map((row) => row.slice(0, 2))),
    );
    tf.dispose(two);
  });

  it('separates events as well as the integral over the Gaussians says, 0.8260, and has its mean derivatives', () => {
    const { x, labels } = generateEvents(11, { train: 20_000, test: 0 });
    const rows = tf.tensor2d(Float32Array.from(x), [labels.length, 3]);
    const best = optimalClassifier(rows);
    const { auc, standardError } = rocCurve(best.output, labels);
    assert.ok(Math.abs(areaByIntegration() - 0.826) < 5e-5);
    assert.ok(Math.abs(auc - areaByIntegration()) < 4 * standardError, `${auc} ± ${standardError}`);
    // Averages over the mixture by numerical integration; 4 standard errors of 40,000 events are at most 0.006.
    closeTo(tf.mean(tf.abs(best.gradient), 0).dataSync(), [0.3392, 0.2452, 0], 0.006);
    closeTo(tf.mean(tf.abs(best.hessian), 0).dataSync(), [0.2488, 0.1911, 0, 0.1911, 0.5594, 0, 0, 0, 0], 0.009);
    closeTo(tf.mean(best.hessian, 0).dataSync().slice(0, 5), [-0.0418, 0, 0, 0, -0.3898], 0.012);
    tf.dispose([rows, ...Object.values(best)]);
  });

  it('refuses what is no observable, by name and value', () => {
    const of = (x: tf.Tensor) => () => optimalClassifier(x as tf.Tensor2D);
    assert.throws(
      of(tf.zeros([2, 4])),
      new RangeError('optimalClassifier needs x of shape [events, 2 or 3], got [2, 4]'),
    );
    assert.throws(of(tf.zeros([3])), new RangeError('optimalClassifier needs x of shape [events, 2 or 3], got [3]'));
    assert.throws(of(tf.zeros([0, 3])), new RangeError('optimalClassifier needs at least one value in x, got 0'));
    assert.throws(of(tf.tensor2d([[1, Number.NaN]])), /finite number at x\[1\], got NaN/);
    assert.throws(of([[1, 2]] as unknown as tf.Tensor), { name: 'TypeError', message: /needs a tensor x/ });
  });
});

// z of signal exceeds z of background with probability Φ((1 − 3/2 (u² − v²)) / √2) at given u = x₂ − 3/2 of both: the
// mean over u ~ N(0, 1/2) and v ~ N(0, 1), by sums over a fine grid (exact to many digits for Gaussians).
function areaByIntegration(): number {
  const nodes = Array.from({ length: 161 }, (_, i) => (i - 80) / 10);
  let [sum, weight] = [0, 0];
  for (const u of nodes) {
    for (const v of nodes) {
      const density = Math.exp(-(u * u + v * v) / 2);
      sum += density * (0.5 + 0.5 * errorFunction((1 - 1.5 * ((u * u) / 4 - v * v)) / 2));
      weight += density;
    }
  }
  return sum / weight;
}
