import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';

let right: boolean | undefined;

/**
 * Throws unless nested gradients are right: the repair changes private parts of TensorFlow.js, which another version may have
 * changed too. Asked once per process.
 *
 * @param owner - the function that differentiates, for messages.
 */
export function checkTape(owner: string): void {
  right ??= isTapeRight();
  need(right, `${owner} needs a TensorFlow.js whose tape can be repaired, as that of 4.22`, tf.version_core, Error);
}

/** Whether the second derivative of x tanh x at 1/2, which TensorFlow.js has as 1.57, is 2 (1 − t²) (1 − x t) = 1.2095. */
export function isTapeRight(): boolean {
  const f = (x: tf.Tensor): tf.Tensor => tf.mul(x, tf.tanh(x));
  const second = tf.tidy(() => tf.grad(tf.grad(f))(tf.scalar(0.5)).dataSync()[0]!);
  const t = Math.tanh(0.5);
  return Math.abs(second - 2 * (1 - t * t) * (1 - 0.5 * t)) < 1e-4;
}
