import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { createMlp, exactPermutationImportance, numpyRandom, permutationImportance } from 'netlens';
import { assertClose } from '../close.js';

interface Vector {
  readonly X: number[][];
  readonly y: number[];
  readonly baseline_mse: number;
  readonly groups: Readonly<
    Record<string, { mse_increase_exact: number; mse_increase_sd_over_all_permutations: number; r2_drop_exact: number }>
  >;
}
const path = new URL('../vectors/permutation-importance.json', import.meta.url);
const vector = JSON.parse(readFileSync(path, 'utf8')) as Vector;
const [x, y] = [tf.tensor2d(vector.X), tf.tensor1d(vector.y)];
const groups = Object.keys(vector.groups).map((name) => name.split(',').map(Number));

function f(x: tf.Tensor2D): tf.Tensor {
  const [a, b, c] = tf.split(x, 3, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  return tf.add(tf.tanh(tf.sub(tf.mul(1.2, a), tf.mul(0.5, b))), tf.mul(tf.mul(0.3, b), c));
}
const firstInput = (x: tf.Tensor2D): tf.Tensor => tf.slice(x, [0, 0], [-1, 1]);

describe('exactPermutationImportance', () => {
  it('is the mean and deviation over all 720 permutations of six rows', async () => {
    const found = await exactPermutationImportance(f, x, y, { groups, metric: 'meanSquaredError' });
    const wanted = Object.values(vector.groups);
    assertClose(
      [...found.importancesMean],
      wanted.map((group) => group.mse_increase_exact),
      1e-6,
    );
    assertClose(
      [...found.importancesStd],
      wanted.map((group) => group.mse_increase_sd_over_all_permutations),
      1e-6,
    );
    assertClose(found.baselineScore, vector.baseline_mse, 1e-7);
    const r2 = await exactPermutationImportance(f, x, y, { groups });
    assertClose(
      [...r2.importancesMean],
      wanted.map((group) => group.r2_drop_exact),
      1e-5,
    );
  });

  it('is twice coefficient squared times variance for a model that is right and linear', async () => {
    const rows = numpyRandom(3).normal(0, 1, 60);
    const model = createMlp({
      inputs: 3,
      hidden: [],
      outputs: 1,
      activation: 'relu',
      outputActivation: 'linear',
      seed: 1,
    });
    const points = tf.tensor2d(Float32Array.from(rows), [20, 3]);
    const truth = model.predict(points) as tf.Tensor;
    const coefficients = model.getWeights()[0]!.dataSync();
    const found = await exactPermutationImportance(model, points, truth, { metric: 'meanSquaredError' });
    const variance = tf.moments(points, 0).variance.arraySync() as number[];
    assertClose(
      [...found.importancesMean],
      variance.map((v, i) => 2 * coefficients[i]! ** 2 * v),
      1e-6,
    );
  });

  it('is exactly 0 for an input that is ignored, and for a single row', async () => {
    const found = await exactPermutationImportance(firstInput, x, y, { metric: 'meanSquaredError' });
    assert.deepEqual([...found.importancesMean.slice(1), ...found.importancesStd.slice(1)], [0, 0, 0, 0]);
    const one = await exactPermutationImportance(firstInput, tf.tensor2d([[2, 1]]), tf.tensor1d([1]), {
      metric: 'meanSquaredError',
    });
    assert.deepEqual([...one.importancesMean, ...one.importancesStd], [0, 0, 0, 0]);
  });
});

describe('permutationImportance', () => {
  it('shuffles one column after the other as NumPy does', async () => {
    const found = await permutationImportance(f, x, y, { seed: 14, repeats: 1, metric: 'meanSquaredError' });
    const random = numpyRandom(14);
    const wanted = [0, 1, 2].map((column) => {
      const order = random.permutation(6);
      const rows = vector.X.map((row, r) => row.map((value, i) => (i === column ? vector.X[order[r]!]![i]! : value)));
      const predicted = f(tf.tensor2d(rows)).dataSync();
      return vector.y.reduce((sum, value, r) => sum + (value - predicted[r]!) ** 2, 0) / 6 - vector.baseline_mse;
    });
    assertClose([...found.importancesMean], wanted, 1e-6);
    assert.ok([...found.importancesSem].every(Number.isNaN));
  });

  it('scores all of many rows, by any metric', async () => {
    const rows = 5000;
    const probabilities = Float32Array.from(numpyRandom(2).uniform(0.1, 0.9, 3 * rows));
    const [p, order] = [tf.tensor2d(probabilities, [rows, 3]), numpyRandom(9).permutation(rows)];
    const labels = Float32Array.from(numpyRandom(4).uniform(0, 1, rows), Math.round);
    const shuffled = (row: number): number => probabilities[order[row]! * 3]!;
    const losses = {
      meanSquaredError: (row: number, p: number) => (p - labels[row]!) ** 2,
      accuracy: (row: number, p: number) => Number(p > 0.5 !== labels[row]! > 0.5),
      crossEntropy: (row: number, p: number) => -Math.log(labels[row] === 1 ? p : 1 - p),
    } as const;
    for (const [metric, loss] of Object.entries(losses) as [
      keyof typeof losses,
      (row: number, p: number) => number,
    ][]) {
      const options = { seed: 9, repeats: 1, metric, groups: [[0]] };
      const found = await permutationImportance(firstInput, p, tf.tensor1d(labels), options);
      const rises = Array.from(labels, (_, row) => loss(row, shuffled(row)) - loss(row, probabilities[3 * row]!));
      assertClose(found.importancesMean[0]!, rises.reduce((sum, rise) => sum + rise, 0) / rows, 1e-12);
    }
  });

  it('tends to the exact value within its standard error, with the exact deviation', async () => {
    const [many, exact] = [
      await permutationImportance(f, x, y, { seed: 1, repeats: 1000, groups }),
      await exactPermutationImportance(f, x, y, { groups }),
    ];
    for (const [i, mean] of many.importancesMean.entries()) {
      assert.ok(Math.abs(mean - exact.importancesMean[i]!) < 4 * many.importancesSem[i]!);
      assert.ok(Math.abs(many.importancesStd[i]! / exact.importancesStd[i]! - 1) < 0.12);
    }
  });

  it('gives every output by itself, and on average over them', async () => {
    const twice = (x: tf.Tensor2D): tf.Tensor => tf.concat([f(x), firstInput(x)], 1);
    const truth = tf.concat([y.reshape([6, 1]), y.reshape([6, 1])], 1);
    const all = await permutationImportance(twice, x, truth, { seed: 1 });
    const one = await permutationImportance(twice, x, truth, { seed: 1, output: 1 });
    assert.deepEqual(all.outputs[1]!.importances, one.importances);
    const [a, b] = [all.outputs[0]!.importancesMean, all.outputs[1]!.importancesMean];
    assertClose(
      [...all.importancesMean],
      [...a].map((value, i) => (value + b[i]!) / 2),
      1e-12,
    );
  });

  it('keeps blocks of rows together: two change places or stay', async () => {
    const { importances } = await permutationImportance(f, x, y, { seed: 1, block: 3, repeats: 20 });
    const swapped = Int32Array.of(3, 4, 5, 0, 1, 2);
    const loss = (rows: tf.Tensor2D): number =>
      tf.mean(tf.squaredDifference(tf.reshape(f(rows), [6]), y)).dataSync()[0]!;
    const moved = tf.concat<tf.Tensor2D>([tf.gather(x.slice([0, 0], [-1, 1]), swapped), x.slice([0, 1])], 1);
    const rise = (loss(moved) - loss(x)) / tf.moments(y).variance.dataSync()[0]!;
    const found = [...new Set(importances[0])].sort((a, b) => a - b);
    assertClose(found, [0, rise], 1e-6);
  });

  it('scores classes by accuracy and cross-entropy', async () => {
    const p = tf.tensor2d([[0.9], [0.8], [0.2], [0.4]]);
    const labels = tf.tensor1d([1, 1, 0, 1]);
    const accuracy = await permutationImportance((x) => x, p, labels, { seed: 1, metric: 'accuracy' });
    assert.equal(accuracy.baselineScore, 0.75);
    const entropy = await permutationImportance((x) => x, p, labels, { seed: 1, metric: 'crossEntropy' });
    assertClose(entropy.baselineScore, -Math.log(0.9 * 0.8 * 0.8 * 0.4) / 4, 1e-7);
    const classes = tf.tensor2d([
      [0.7, 0.2, 0.1],
      [0.1, 0.3, 0.6],
    ]);
    const truth = tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    const several = await exactPermutationImportance((x) => x, classes, truth, { metric: 'crossEntropy' });
    assertClose(several.baselineScore, -Math.log(0.7 * 0.3) / 2, 1e-7);
    assert.deepEqual(several.outputs, []);
  });

  it('keeps complete repeats when it is stopped, tells progress, and leaves no tensors', async () => {
    const controller = new AbortController();
    const tensors = tf.memory().numTensors;
    const all = await permutationImportance(f, x, y, {
      seed: 1,
      repeats: 2,
      onProgress: ({ step, steps }) => assert.ok(step <= steps),
    });
    assert.equal(all.repeats, 2);
    assert.equal(tf.memory().numTensors, tensors);
    const stopped = permutationImportance(f, x, y, {
      seed: 1,
      repeats: 1e6,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    assert.ok((await stopped).repeats < 1e6);
    await assert.rejects(
      permutationImportance(f, x, y, { seed: 1, signal: AbortSignal.abort() }),
      /needs time for one repeat/,
    );
  });

  it('refuses a model that fails at shuffled rows only', async () => {
    const ratio = (x: tf.Tensor2D): tf.Tensor => tf.div(1, tf.sum(x, 1));
    const [rows, truth] = [
      tf.tensor2d([
        [1, 1],
        [2, -1],
        [-1, 4],
      ]),
      tf.tensor1d([1, 2, 3]),
    ];
    await assert.rejects(
      permutationImportance(ratio, rows, truth, { seed: 1, repeats: 9 }),
      /finite numbers for shuffled/,
    );
    await assert.rejects(exactPermutationImportance(ratio, rows, truth), /finite numbers for all pairs of rows/);
  });

  it('refuses what does not fit', async () => {
    const refuses = (options: object, wanted: RegExp, truth: tf.Tensor = y) =>
      assert.rejects(permutationImportance(f, x, truth, { seed: 1, ...options }), wanted);
    await refuses({ repeats: 0 }, /whole repeats of at least 1, got 0/);
    await refuses({ block: 0.5 }, /whole block of at least 1/);
    await refuses({ block: 6 }, /a block of fewer than 6 rows, got 6/);
    await refuses({ seed: -1 }, /whole seed/);
    await refuses({ metric: 'r3' }, /metric among r2/);
    await refuses({ output: 1 }, /whole output from 0 to 0, got 1/);
    await refuses({ groups: [[3]] }, /groups of whole inputs from 0 to 2, got \[3\]/);
    await refuses({ groups: [[0, 0]] }, /without an input twice/);
    await refuses({ groups: [] }, /at least one group/);
    await refuses({ names: ['a'] }, /needs 3 names/);
    await refuses({ metric: 'accuracy' }, /needs labels 0 and 1 in y/);
    await refuses({ metric: 'crossEntropy' }, /gives probabilities/, tf.ones([6]));
    await refuses({}, /needs a y that varies for R²/, tf.ones([6]));
    await refuses({}, /as many columns as the model has outputs, 1, got 2/, tf.ones([6, 2]));
  });
});
