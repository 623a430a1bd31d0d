import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useBackend } from '../../lib/backend.js';
import { type TaylorCoefficients, taylorCoefficients } from '../../lib/derivatives/taylor-coefficients.js';
import { createMlp } from '../../lib/model.js';
import { jupyterDisplay } from '../../lib/plot/display.js';
import { numpyRandom } from '../../lib/random.js';

type Rows = readonly (readonly number[])[];
const tensor = (rows: Rows): tf.Tensor2D => tf.tensor2d(rows.map((row) => [...row]));

/** x y + x y² + y³, from the tests of lsowa/tayloranalysis (tests/test_tc_computation.py). */
const polynomial = (x: tf.Tensor2D): tf.Tensor => {
  const [a, b] = tf.split(x, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  return tf.addN([tf.mul(a, b), tf.mul(a, tf.square(b)), tf.pow(b, 3)]);
};

const means = (coefficients: TaylorCoefficients): Record<string, number> =>
  Object.fromEntries(coefficients.map(({ inputs, mean }) => [inputs.join(), mean.value]));

const textOf = (coefficients: TaylorCoefficients, form: 'text/plain' | 'text/html'): string => {
  const bundle = coefficients[jupyterDisplay]();
  assert.ok(!(bundle instanceof Promise));
  return String(bundle[form]);
};

describe('taylorCoefficients', () => {
  before(() => useBackend('cpu'));

  it('contain the factorials: those of x y + x y² + y³ at (3, 2)', () => {
    const x = tensor([[3, 2]]);
    const found = means(taylorCoefficients(polynomial, x, { order: 3 }));
    const wanted = { '0': 6, '1': 27, '0,0': 0, '0,1': 5, '1,1': 9, '0,0,0': 0, '0,0,1': 0, '0,1,1': 1, '1,1,1': 1 };
    assert.deepEqual(found, wanted);
    x.dispose();
  });

  it('expand the function: for every cubic polynomial they give its values anywhere', () => {
    const number = fc.integer({ min: -4, max: 4 });
    const point = fc.tuple(number, number);
    const property = fc.property(point, point, ([a, b], [c, d]) => {
      const x = tensor([[a, b]]);
      const value = (p: number, q: number): number => p * q + p * q * q + q ** 3;
      const expansion = taylorCoefficients(polynomial, x, { order: 3 }).reduce(
        (sum, { inputs, mean }) => sum + inputs.reduce((product, i) => product * (i === 0 ? c - a : d - b), mean.value),
        value(a, b),
      );
      x.dispose();
      assert.equal(expansion, value(c, d));
    });
    fc.assert(property, { numRuns: 30 });
  });

  it('are summed up by mean, mean absolute value and root mean square with standard errors', () => {
    const rows = [[1], [-2], [4], [5]];
    const x = tensor(rows);
    const [, second] = taylorCoefficients((at) => tf.pow(at, 3), x, { order: 2 });
    const t = rows.map(([value]) => 3 * value!);
    const n = t.length;
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / n;
    const error = (values: readonly number[]): number =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (n - 1) / n);
    const squares = t.map((value) => value ** 2);
    const root = Math.sqrt(mean(squares));
    const close = (actual: { value: number; error: number }, value: number, spread: number): void => {
      assert.ok(Math.abs(actual.value - value) < 1e-6 * Math.abs(value));
      assert.ok(Math.abs(actual.error - spread) < 1e-6 * spread);
    };
    close(second!.mean, mean(t), error(t));
    close(second!.meanAbsolute, mean(t.map(Math.abs)), error(t.map(Math.abs)));
    close(second!.rootMeanSquare, root, error(squares) / (2 * root));
    const variance = mean(rows.map(([value]) => value! ** 2)) - mean(rows.map(([value]) => value!)) ** 2;
    close(second!.scaled.mean, mean(t) * variance, error(t) * variance);
    x.dispose();
  });

  it('do not depend on units in their scaled form', () => {
    const rows = Array.from({ length: 30 }, () => Array.from(numpyRandom(3).normal(0, 1, 2)));
    const random = numpyRandom(4).normal(0, 1, 60);
    const x = tensor(rows.map((row, i) => row.map((_, j) => random[2 * i + j]!)));
    const larger = tf.tidy(() => tf.mul<tf.Tensor2D>(x, [[1024, 1 / 8]]));
    const f = (at: tf.Tensor2D): tf.Tensor => tf.tanh(polynomial(at));
    const g = (at: tf.Tensor2D): tf.Tensor => f(tf.div(at, [[1024, 1 / 8]]));
    const [own, other] = [f, g].map((h, i) => taylorCoefficients(h, i === 0 ? x : larger, { order: 3 }));
    own!.forEach(({ scaled }, i) => {
      const again = other![i]!.scaled.rootMeanSquare.value;
      assert.ok(Math.abs(again - scaled.rootMeanSquare.value) <= 1e-5 * scaled.rootMeanSquare.value);
    });
    tf.dispose([x, larger]);
  });

  it('agree by all methods, and leave no tensor', () => {
    const model = createMlp({
      inputs: 3,
      hidden: [10],
      outputs: 2,
      activation: 'tanh',
      outputActivation: 'softmax',
      seed: 2,
    });
    const x = tf.tensor2d(Float32Array.from(numpyRandom(1).normal(0, 1, 60)), [20, 3]);
    const count = tf.memory().numTensors;
    const [dense, tape, differences] = (['dense', 'tape', 'finite-difference'] as const).map((method) =>
      taylorCoefficients(model, x, { order: 3, output: 1, method }),
    );
    assert.equal(tf.memory().numTensors, count);
    assert.equal(dense!.length, 3 + 6 + 10);
    dense!.forEach(({ inputs, rootMeanSquare }, i) => {
      assert.deepEqual(tape![i]!.inputs, inputs);
      assert.ok(Math.abs(tape![i]!.rootMeanSquare.value - rootMeanSquare.value) < 1e-6);
      assert.ok(Math.abs(differences![i]!.rootMeanSquare.value - rootMeanSquare.value) < 1e-4);
    });
    x.dispose();
    model.dispose();
  });

  it('have no standard error for a single row', () => {
    const x = tensor([[3, 2]]);
    const coefficients = taylorCoefficients(polynomial, x, { order: 1 });
    const [{ mean, meanAbsolute, rootMeanSquare, scaled }] = coefficients as unknown as [TaylorCoefficients[number]];
    for (const { error } of [mean, meanAbsolute, rootMeanSquare, scaled.mean]) assert.ok(Number.isNaN(error));
    assert.doesNotMatch(textOf(coefficients, 'text/plain'), /NaN|±\d/);
    x.dispose();
  });

  it('show themselves as a table, with names that are safe against markup', () => {
    const x = tensor([
      [3, 2],
      [1, 1],
    ]);
    const coefficients = taylorCoefficients(polynomial, x, { order: 2, names: ['<b>pt</b>', 'η'] });
    const text = textOf(coefficients, 'text/plain');
    assert.match(text, /^Taylor coefficients, mean over the rows ± standard error\nterm +mean /);
    assert.match(text, /\nη² +6\.5 ± 2\.5 /);
    const html = textOf(coefficients, 'text/html');
    assert.match(html, /<td[^>]*>&lt;b&gt;pt&lt;\/b&gt; η<\/td>/);
    assert.equal(html.match(/<tr>/g)?.length, 1 + 5);
    assert.throws(() => (coefficients as unknown as number[]).push(1), TypeError);
    x.dispose();
  });

  it('refuses an order or names that make no sense', () => {
    const x = tensor([[3, 2]]);
    for (const order of [0, 4, 1.5])
      assert.throws(() => taylorCoefficients(polynomial, x, { order: order as 1 }), {
        name: 'RangeError',
        message: `taylorCoefficients needs an order of 1, 2 or 3, got ${order}`,
      });
    assert.throws(() => taylorCoefficients(polynomial, x, { order: 1, names: ['a'] }), {
      name: 'RangeError',
      message: 'taylorCoefficients needs 2 names, got 1',
    });
    x.dispose();
  });
});
