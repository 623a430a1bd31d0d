import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from 'netlens';
import { filledTensor } from '../lib/filled-tensor.js';

for (const backend of ['wasm', 'cpu'] as const)
  describe(`a filled tensor, computing with ${backend}`, () => {
    before(() => useBackend(backend));

    it('holds what was written into its room, and computes as others do', () => {
      const tensor = filledTensor<tf.Rank.R2>([2, 3], (room) => {
        const values = room();
        values.set([1, 2, 3, 4, 5, 6]);
        return values;
      });
      assert.deepEqual([tensor.shape, tensor.dtype], [[2, 3], 'float32']);
      assert.deepEqual(Array.from(tensor.dataSync()), [1, 2, 3, 4, 5, 6]);
      assert.equal(tf.sum(tensor).dataSync()[0], 21);
      tensor.dispose();
    });

    it('holds other numbers that are given back, in single precision, though tensors were made meanwhile', () => {
      const other = (): Float64Array =>
        Float64Array.from(
          tf.tidy(() =>
            tf
              .ones([2 ** 20])
              .dataSync()
              .slice(0, 2),
          ),
          (v) => v / 3,
        );
      const tensor = filledTensor<tf.Rank.R1>([2], other);
      assert.deepEqual(Array.from(tensor.dataSync()), [Math.fround(1 / 3), Math.fround(1 / 3)]);
      tensor.dispose();
    });

    it('is one tensor, of as many bytes as it has, and none after an error', () => {
      const before = tf.memory();
      const fail = (): never => {
        throw new Error('no numbers');
      };
      assert.throws(() => filledTensor([4], fail), { message: 'no numbers' });
      assert.deepEqual([tf.memory().numTensors, tf.memory().numBytes], [before.numTensors, before.numBytes]);
      const tensor = tf.tidy(() => filledTensor<tf.Rank.R1>([4], () => new Float32Array(4)));
      const { numTensors, numDataBuffers, numBytes } = tf.memory();
      const more = [numTensors - before.numTensors, numDataBuffers - before.numDataBuffers, numBytes - before.numBytes];
      assert.deepEqual(more, [1, 1, 16]);
      tensor.dispose();
      assert.equal(tf.memory().numTensors, before.numTensors);
      tf.tidy(() => void filledTensor([4], () => new Float32Array(4)));
      assert.equal(tf.memory().numTensors, before.numTensors);
    });
  });
