import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { linearRegression, numpyRandom } from 'netlens';
import { linearRegression as oneInput } from 'simple-statistics';
import { jupyterDisplay } from '../../lib/plot/display.js';
import { assertClose } from '../close.js';

const table = (rows: readonly (readonly number[])[]): tf.Tensor2D => tf.tensor2d(rows.map((row) => [...row]));

describe('linearRegression', () => {
  it('finds the line that simple-statistics finds', () => {
    const pairs = [
      [0, 1],
      [1, 2.5],
      [2, 2],
      [5, 7],
    ] as const;
    const fit = linearRegression(table(pairs.map(([x]) => [x])), tf.tensor1d(pairs.map(([, y]) => y)));
    const { m, b } = oneInput(pairs.map((pair) => [...pair]));
    assertClose([fit.coefficients[0]![0]!, fit.intercepts[0]!], [m, b], 1e-12);
  });

  it('gives the textbook standard error of a slope', () => {
    const fit = linearRegression(table([[0], [1], [2], [3]]), tf.tensor1d([0, 1, 1, 2]));
    assertClose(fit.standardErrors, [[Math.sqrt(0.2 / 2 / 5)]], 1e-12);
    assertClose(fit.r2, [0.9], 1e-12);
  });

  it('shows itself as a table: slopes with their errors, the intercept, R²', async () => {
    const fit = linearRegression(table([[0], [1], [2], [3]]), tf.tensor1d([0, 1, 1, 2]), { names: ['length'] });
    const lines = String((await fit[jupyterDisplay]())['text/plain']).split('\n');
    assert.match(lines[0]!, /rank 1 of 1$/);
    assert.deepEqual(
      lines.slice(1).map((line) => line.trim().split(/ {2,}/)),
      [
        ['output', 'length', 'intercept', 'R²'],
        ['0', '0.60 ± 0.14', '0.1', '0.9'],
      ],
    );
  });

  it('finds several outputs whatever the units of the inputs', () => {
    const x = numpyRandom(1)
      .normal(0, 1, 300)
      .map((value, i) => (i % 3 === 2 ? value * 1e-12 : value));
    const rows = Array.from({ length: 100 }, (_, r) => [...new Float32Array(x.slice(3 * r, 3 * r + 3))]);
    const y = rows.map(([a, b, c]) => [2 * a! - b! + 1, 3e12 * c!]);
    const fit = linearRegression(table(rows), table(y));
    assert.equal(fit.rank, 3);
    assertClose(
      fit.coefficients.map(([a, b, c]) => [a!, b!, c! * 1e-12]),
      [
        [2, -1, 0],
        [0, 0, 3],
      ],
      1e-6,
    );
    assertClose(fit.intercepts, [1, 0], 1e-6);
  });

  it('takes the solution of minimum norm where inputs depend on each other, and says so', () => {
    const fit = linearRegression(
      table([
        [0, 0, 5],
        [1, 2, 5],
        [2, 4, 5],
        [3, 6, 5],
      ]),
      tf.tensor1d([1, 6, 11, 16]),
    );
    assert.equal(fit.rank, 1);
    assertClose(fit.coefficients, [[1, 2, 0]], 1e-12);
    assert.ok(fit.standardErrors[0]!.every(Number.isNaN));
  });

  it('solves fewer rows than inputs by minimum norm, and a single row by its mean', () => {
    const fit = linearRegression(
      table([
        [0, 0, 0],
        [1, 1, 0],
      ]),
      tf.tensor1d([0, 2]),
    );
    assertClose(fit.coefficients, [[1, 1, 0]], 1e-12);
    const single = linearRegression(table([[4, 2]]), tf.tensor1d([3]));
    assert.deepEqual([single.coefficients, single.intercepts, single.rank], [[[0, 0]], [3], 0]);
    assert.ok(Number.isNaN(single.r2[0]));
  });

  it('refuses what does not fit', () => {
    const x = table([[1], [2]]);
    assert.throws(() => linearRegression(x, tf.tensor1d([1])), /needs y of shape \[2, out\] or \[2\], got \[1\]/);
    assert.throws(() => linearRegression(x, tf.tensor1d([1, Number.NaN])), /finite numbers in y, got NaN in row 1/);
    assert.throws(() => linearRegression(table([[Number.NaN], [1]]), tf.tensor1d([1, 2])), /finite numbers in x/);
    assert.throws(() => linearRegression(tf.zeros([0, 2]), tf.zeros([0])), /at least one row/);
    assert.throws(() => linearRegression(x, tf.tensor1d([1, 2]), { names: [] }), /needs 1 names, got 0/);
  });
});
