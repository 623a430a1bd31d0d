import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { adam } from '../../lib/training/adam.js';

/** Keras' formula in double precision: the weight after steps against the gradients. */
function keras(start: number, gradients: readonly number[], rate: number): number {
  let [w, m, v] = [start, 0, 0];
  gradients.forEach((g, i) => {
    const t = i + 1;
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    w -= ((rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t)) * (m / (Math.sqrt(v) + 1e-7));
  });
  return w;
}

describe('adam', () => {
  before(() => useBackend('cpu'));

  it('takes the steps of the formula, for gradients of every size', () => {
    for (const size of [1, 1e-3, 1e-6, 1e-8]) {
      const gradients = [3, -1, 0.5, 2, 2, -4, 0, 1].map((g) => g * size);
      const w = tf.variable(tf.scalar(0));
      const optimiser = adam([w], 0.01);
      for (const g of gradients) tf.tidy(() => optimiser.step([tf.scalar(g)]));
      const wanted = keras(0, gradients, 0.01);
      assert.ok(Math.abs(w.dataSync()[0]! - wanted) < 2e-6 * Math.abs(wanted), `gradients of size ${size}`);
      optimiser.dispose();
      w.dispose();
    }
  });

  it("differs from TensorFlow.js' Adam where gradients are as small as ε", () => {
    const w = tf.variable(tf.scalar(0));
    const other = tf.train.adam(0.01, 0.9, 0.999, 1e-7);
    tf.tidy(() => other.applyGradients([{ name: w.name, tensor: tf.scalar(1e-6) }]));
    assert.ok(Math.abs(w.dataSync()[0]! - keras(0, [1e-6], 0.01)) > 1e-3);
    other.dispose();
    w.dispose();
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const w = tf.tidy(() => tf.variable(tf.ones([3])));
    const optimiser = adam([w], 0.1);
    for (let i = 0; i < 3; i++) tf.tidy(() => optimiser.step([tf.ones([3])]));
    optimiser.dispose();
    w.dispose();
    assert.equal(tf.memory().numTensors, before);
  });
});
