import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { createMlp } from '../../lib/model.js';
import { train } from '../../lib/train.js';
import type { TrainOptions } from '../../lib/training/options.js';

const sizes = { inputs: 2, hidden: [5], outputs: 2, activation: 'relu', outputActivation: 'linear', seed: 1 } as const;
const options: TrainOptions = { epochs: 4, batchSize: 8, learningRate: 0.01, loss: 'meanSquaredError', seed: 2 };
const random = (rows: number, seed: number) => tf.randomNormal<tf.Rank.R2>([rows, 2], 0, 1, 'float32', seed);
const weightsOf = (model: tf.LayersModel): number[] => model.getWeights().flatMap((w) => [...w.dataSync()]);

describe('validation rows that are given', () => {
  before(() => useBackend('wasm'));

  it('are measured, all of them, and change nothing else', async () => {
    const [x, y, later, wanted] = [random(50, 1), random(50, 2), random(70, 3), random(70, 4)];
    const plain = createMlp(sizes);
    const one = await train(plain, x, y, options);
    for (const measured of [createMlp(sizes), functional()]) {
      const tensors = tf.memory().numTensors;
      const other = await train(measured, x, y, { ...options, validation: { x: later, y: wanted } });
      assert.equal(tf.memory().numTensors, tensors);
      const isStack = measured instanceof tf.Sequential;
      if (isStack) assert.deepEqual([weightsOf(measured), other.loss], [weightsOf(plain), one.loss]);
      const output = measured.predict(later) as tf.Tensor;
      const [squares] = tf.tidy(() => tf.mean(tf.square(tf.sub(output, wanted))).dataSync());
      assert.ok(Math.abs(other.validationLoss.at(-1)! - squares!) < 1e-5);
      output.dispose();
      measured.dispose();
    }
    tf.dispose([x, y, later, wanted]);
    plain.dispose();
  });

  it('are refused where they do not fit, by name and value', async () => {
    const [x, y] = [random(4, 1), random(4, 2)];
    const model = createMlp(sizes);
    const refused: [Partial<TrainOptions>, RegExp][] = [
      [{ validation: { x: tf.ones([3, 1]), y } }, /^RangeError: train needs validation.x of shape \[rows, 2\], got/],
      [{ validation: { x, y: tf.ones([3, 2]) } }, /as many rows in validation.y as in validation.x, got \[4, 3\]$/],
      [{ validation: { x, y: tf.fill([4, 2], 1 / 0) } }, /finite numbers in validation.y, got Infinity in row 0$/],
      [{ validation: { x } as never }, /^TypeError: train needs a tensor validation.y, got undefined$/],
      [{ validation: 3 as never }, /^TypeError: train needs a validation \{ x, y \}, got 3$/],
      [{ validation: { x, y }, validationSplit: 0.5 }, /^TypeError: train needs a validation or .*, got both$/],
    ];
    for (const [change, message] of refused)
      await assert.rejects(train(model, x, y, { ...options, ...change }), message);
    tf.dispose([x, y, ...refused.map(([{ validation }]) => (validation ? { ...validation } : {}))]);
    model.dispose();
  });
});

function functional(): tf.LayersModel {
  const stack = createMlp(sizes);
  return tf.model({ inputs: stack.inputs, outputs: stack.outputs });
}
