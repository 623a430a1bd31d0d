import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { gradientTimesInput, integratedGradients, jacobian, numpyRandom, smoothGrad } from 'netlens';
import { assertClose } from '../close.js';
import { networkWithBiases } from '../network-with-biases.js';

const x = tf.tensor2d(Float32Array.from(numpyRandom(3).normal(0, 1, 80)), [20, 4]);

describe('integratedGradients', () => {
  for (const activation of ['relu', 'tanh'] as const)
    it(`add up to the difference of the outputs to 1e-6, for ${activation} too`, () => {
      const model = networkWithBiases(activation);
      const baseline = [0.3, -0.2, 0, 1];
      const { values, largestGap } = integratedGradients(model, x, { baseline });
      assert.ok(largestGap < 1e-6, String(largestGap));
      const sums = values.sum(2).arraySync() as number[][];
      const start = (model.apply(tf.tensor2d([baseline])) as tf.Tensor2D).arraySync()[0]!;
      const ends = (model.apply(x) as tf.Tensor2D).arraySync();
      assertClose(
        sums,
        ends.map((row) => row.map((value, k) => value - start[k]!)),
        5e-6,
      );
    });

  it('are the means of gradients along the path, as many small steps find them', () => {
    const model = networkWithBiases('relu');
    const { values } = integratedGradients(model, x);
    const steps = 2000;
    const sum = new Float64Array(values.size);
    for (let step = 0; step < steps; step++)
      for (const [i, value] of jacobian(model, x.mul((step + 0.5) / steps))
        .dataSync()
        .entries())
        sum[i]! += value / steps;
    const wanted = sum.map((value, i) => value * x.dataSync()[Math.floor(i / 12) * 4 + (i % 4)]!);
    assertClose([...values.dataSync()], [...wanted], 5e-3);
  });

  it('are right for every input where the errors of several would cancel in the sum', () => {
    const steep = tf.layers.dense({
      units: 2,
      activation: 'tanh',
      inputShape: [2],
      weights: [
        tf.tensor2d([
          [20, 0],
          [0, 20],
        ]),
        tf.zeros([2]),
      ],
    });
    const difference = tf.layers.dense({ units: 1, weights: [tf.tensor2d([[1], [-1]]), tf.zeros([1])] });
    const { values } = integratedGradients(tf.sequential({ layers: [steep, difference] }), tf.ones([1, 2]));
    assertClose([...values.dataSync()], [1, -1], 1e-6);
  });

  it('work for any function, and on the tape', () => {
    const found = integratedGradients((x) => tf.sum(tf.square(x), 1), x);
    assertClose([...found.values.dataSync()], [...x.square().dataSync()], 1e-5);
    assert.ok(integratedGradients(networkWithBiases('tanh'), x.slice(0, 2), { method: 'tape' }).largestGap < 2e-5);
  });

  it('end where rounding hinders them, and say how far they came', () => {
    const steep = (x: tf.Tensor2D): tf.Tensor => tf.sub(tf.add(tf.sum(tf.square(x), 1), 1e4), 1e4);
    const { largestGap, evaluations } = integratedGradients(steep, x.slice(0, 2), { tolerance: 1e-12 });
    assert.ok(largestGap > 0 && largestGap < 0.1 && evaluations < 200_000);
    const zero = integratedGradients((x) => x.sub(1), tf.tensor2d([[1]]));
    assertClose([zero.values.dataSync()[0]!], [1], 1e-6);
  });

  it('refuse a baseline or a tolerance that is none', () => {
    assert.throws(
      () => integratedGradients(networkWithBiases('relu'), x, { baseline: [1] }),
      /baseline of 4 finite numbers, got \[1\]/,
    );
    assert.throws(
      () => integratedGradients(networkWithBiases('relu'), x, { baseline: tf.zeros([4]) as never }),
      /^TypeError: integratedGradients needs a list of numbers as baseline, got \[object Object\]/,
    );
    assert.throws(
      () => integratedGradients(networkWithBiases('relu'), x, { tolerance: 0 }),
      /finite tolerance above 0, got 0/,
    );
    assert.throws(
      () => integratedGradients(networkWithBiases('relu'), tf.zeros([0, 4])),
      /integratedGradients needs at least one row/,
    );
  });
});

describe('gradientTimesInput', () => {
  it('is the Jacobian times the inputs, by every method', () => {
    const model = networkWithBiases('tanh');
    const wanted = jacobian(model, x)
      .mul(x.reshape([20, 1, 4]))
      .dataSync();
    for (const method of ['dense', 'tape'] as const)
      assertClose([...gradientTimesInput(model, x, { method }).dataSync()], [...wanted], 1e-5);
  });
});

describe('smoothGrad', () => {
  it('is the gradient of the function convolved with the noise: 3 x² + 3 σ² for x³', () => {
    const rows = tf.tensor2d([[1], [3]]);
    const { values, standardErrors } = smoothGrad((x) => tf.pow(x, 3), rows, { seed: 1, samples: 4000, noise: 0.5 });
    const errors = standardErrors.dataSync();
    for (const [i, value] of values.dataSync().entries())
      assert.ok(Math.abs(value - [3.75, 27.75][i]!) < 4 * errors[i]!, `${value} ± ${errors[i]}`);
  });

  it('repeats with its seed, is the Jacobian without noise, and leaves two tensors', () => {
    const model = networkWithBiases('relu');
    const before = tf.memory().numTensors;
    const [a, b] = [smoothGrad(model, x, { seed: 5 }), smoothGrad(model, x, { seed: 5 })];
    assert.equal(tf.memory().numTensors, before + 4);
    assert.deepEqual(a.values.dataSync(), b.values.dataSync());
    const still = smoothGrad(model, x, { seed: 1, samples: 1, noise: 0 });
    assert.deepEqual(still.values.dataSync(), jacobian(model, x).dataSync());
    assert.ok(still.standardErrors.dataSync().every(Number.isNaN));
  });

  it('refuses options that make no sense', () => {
    assert.throws(
      () => smoothGrad(networkWithBiases('relu'), x, { seed: 1, samples: 0 }),
      /whole samples of at least 1/,
    );
    assert.throws(() => smoothGrad(networkWithBiases('relu'), x, { seed: 1, noise: -1 }), /finite noise of at least 0/);
    assert.throws(() => smoothGrad(networkWithBiases('relu'), x, { seed: 0.5 }), /whole seed/);
  });
});
