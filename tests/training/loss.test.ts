import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { accuracy, type Loss, meanLoss } from '../../lib/training/loss.js';

const loss = (name: Loss, value: number[][], y: number[][]): number =>
  tf.tidy(() => meanLoss(name, tf.tensor2d(value), tf.tensor2d(y)).dataSync()[0]!);
const close = (actual: number, wanted: number): void =>
  assert.ok(Math.abs(actual - wanted) <= 2e-6 * Math.max(1, Math.abs(wanted)), `${actual}, not ${wanted}`);

describe('meanLoss', () => {
  before(() => useBackend('cpu'));

  it('is the mean square of the errors', () => {
    close(loss('meanSquaredError', [[1, 2]], [[0, 4]]), (1 + 4) / 2);
  });

  it('is the binary cross-entropy of probabilities', () => {
    const [p, q] = [0.8, 0.3];
    close(loss('binaryCrossentropy', [[p], [q]], [[1], [0]]), -(Math.log(p) + Math.log(1 - q)) / 2);
  });

  it('is the categorical cross-entropy of shares', () => {
    close(loss('categoricalCrossentropy', [[0.2, 0.5, 0.3]], [[0, 0, 1]]), -Math.log(0.3));
  });

  it('is finite where the probability rounds to 0 or 1', () => {
    close(loss('binaryCrossentropy', [[1]], [[0]]), -Math.log(2 ** -23));
    close(loss('categoricalCrossentropy', [[1, 0]], [[0, 1]]), -Math.log(1e-7));
  });
});

describe('accuracy', () => {
  it('counts right classes, and has nothing to count for a regression', () => {
    const share = (name: Loss, value: number[][], y: number[][]): number | undefined =>
      tf.tidy(() => accuracy(name, tf.tensor2d(value), tf.tensor2d(y)));
    assert.equal(share('binaryCrossentropy', [[0.9], [0.2], [0.6], [0.5]], [[1], [0], [0], [0]]), 0.75);
    assert.equal(
      share(
        'categoricalCrossentropy',
        [
          [0.1, 0.7, 0.2],
          [0.4, 0.3, 0.3],
        ],
        [
          [0, 1, 0],
          [0, 0, 1],
        ],
      ),
      0.5,
    );
    assert.equal(share('meanSquaredError', [[1]], [[1]]), undefined);
  });
});
