import * as tf from '@tensorflow/tfjs';
import { registerMissing } from './register.js';

const comparisons = [tf.Equal, tf.NotEqual, tf.Greater, tf.GreaterEqual, tf.Less, tf.LessEqual];
const combinations = [tf.LogicalAnd, tf.LogicalOr];

/**
 * What gives true or false does not change with its inputs, except where it jumps: its gradients are zeros.
 *
 * TensorFlow.js lacks them, so that `tf.where` with a condition on x, and the second derivatives of `tf.relu6`, `tf.max` and
 * `tf.clipByValue`, cannot be had.
 */
export function registerFlatGradients(): void {
  // The one gradient that there is does not take whole numbers.
  tf.unregisterGradient(tf.GreaterEqual);
  for (const kernelName of [...comparisons, ...combinations])
    registerMissing({
      kernelName,
      inputsToSave: ['a', 'b'],
      gradFunc: (_, [a, b]) => ({ a: () => tf.zeros(a!.shape), b: () => tf.zeros(b!.shape) }),
    });
  for (const kernelName of [tf.LogicalNot, tf.Any, tf.All])
    registerMissing({ kernelName, inputsToSave: ['x'], gradFunc: (_, [x]) => ({ x: () => tf.zeros(x!.shape) }) });
}
