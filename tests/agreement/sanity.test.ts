import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { cascadingRandomisation, circulantDefect, createMlp, jacobian, numpyRandom } from 'netlens';
import { assertClose } from '../close.js';

const network = (): tf.Sequential =>
  createMlp({ inputs: 4, hidden: [8], outputs: 2, activation: 'tanh', outputActivation: 'linear', seed: 1 });
const x = tf.tensor2d(Float32Array.from(numpyRandom(3).normal(0, 1, 80)), [20, 4]);

describe('circulantDefect', () => {
  it('is 0 for what is circulant on average, and finds the kernel', () => {
    const [a, b] = [
      tf.tensor2d([
        [1, 2, 3],
        [3, 1, 2],
        [2, 3, 1],
      ]),
      tf.tensor2d([
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 2],
      ]),
    ];
    const { kernel, defect } = circulantDefect(tf.stack([a.add(b), a.sub(b)]));
    assertClose(kernel, [1, 2, 3], 1e-7);
    assertClose(defect, 0, 1e-7);
  });

  it('is the root mean square distance: one entry of n² off by d gives d √(n − 1) / n^(3/2)', () => {
    const n = 5;
    const values = new Float32Array(n * n);
    values[7] = 3;
    const { defect, relative } = circulantDefect(tf.tensor2d(values, [n, n]));
    assertClose(defect, (3 * Math.sqrt(n - 1)) / n ** 1.5, 1e-12);
    assertClose(relative, Math.sqrt((n - 1) / n), 1e-12);
  });

  it('has no relative size for zeros, and refuses what is not square or finite', () => {
    assert.ok(Number.isNaN(circulantDefect(tf.zeros([2, 2])).relative));
    assert.throws(() => circulantDefect(tf.zeros([2, 3])), /needs shape \[n, n\] or \[batch, n, n\], got \[2, 3\]/);
    assert.throws(() => circulantDefect(tf.zeros([0, 2, 2])), /needs shape/);
    assert.throws(() => circulantDefect(tf.tensor2d([[Number.NaN]])), /finite numbers, got NaN/);
    assert.throws(() => circulantDefect([1] as never), TypeError);
  });
});

describe('cascadingRandomisation', () => {
  for (const weights of ['shuffle', 'redraw'] as const)
    it(`goes from the last layer to the first, puts the weights back and leaves no tensor (${weights})`, () => {
      const model = network();
      const before = model.getWeights().map((weight) => [...weight.dataSync()]);
      const tensors = tf.memory().numTensors;
      const found = cascadingRandomisation(model, () => jacobian(model, x), { seed: 1, weights });
      assert.equal(tf.memory().numTensors, tensors);
      assert.deepEqual(
        found.map(({ layer }) => layer),
        model.layers.map(({ name }) => name).reverse(),
      );
      assert.ok(Math.abs(found.at(-1)!.perSample.pearson[0]![1]!.value) < 0.9);
      assert.deepEqual(
        model.getWeights().map((weight) => [...weight.dataSync()]),
        before,
      );
      const again = cascadingRandomisation(model, () => jacobian(model, x), { seed: 1, weights });
      assert.deepEqual(again[0]!.perSample, found[0]!.perSample);
    });

  it('exposes a method that does not look at the network: its maps stay the same', () => {
    const found = cascadingRandomisation(network(), () => x.clone(), { seed: 1 });
    for (const { perSample } of found) assertClose(perSample.spearman[0]![1]!.value, 1, 1e-12);
  });

  it('puts the weights back after an error', () => {
    const model = network();
    const before = [...model.getWeights()[2]!.dataSync()];
    let calls = 0;
    const failing = (): tf.Tensor => {
      if (calls++ > 0) throw new Error('stop');
      return jacobian(model, x);
    };
    assert.throws(() => cascadingRandomisation(model, failing, { seed: 1 }), /stop/);
    assert.deepEqual([...model.getWeights()[2]!.dataSync()], before);
  });

  it('refuses what makes no sense', () => {
    const model = network();
    const explain = (): tf.Tensor => jacobian(model, x);
    assert.throws(() => cascadingRandomisation({} as never, explain, { seed: 1 }), /needs a tf.LayersModel/);
    assert.throws(() => cascadingRandomisation(model, 1 as never, { seed: 1 }), /needs a function explain/);
    const pair = (): never => ({ values: explain() }) as never;
    assert.throws(
      () => cascadingRandomisation(model, pair, { seed: 1 }),
      /^TypeError: .* that gives a tensor, got \[object/,
    );
    assert.throws(() => cascadingRandomisation(model, explain, { seed: -1 }), /whole seed/);
    assert.throws(
      () => cascadingRandomisation(model, explain, { seed: 1, weights: 'x' as never }),
      /among shuffle, redraw/,
    );
  });
});
