import * as tf from '@tensorflow/tfjs';
import { registerMissing } from './register.js';

/** The gradient of ELU's gradient, which is dy · (y + 1) below zero and dy above, y being ELU's output. */
export function registerEluGradient(): void {
  registerMissing({
    kernelName: tf.EluGrad,
    inputsToSave: ['dy', 'y'],
    gradFunc: (change, [dy, y]) => ({
      dy: () => tf.mul(change as tf.Tensor, tf.add(tf.minimum(y!, 0), 1)),
      y: () => tf.mul(tf.mul(change as tf.Tensor, dy!), tf.cast(tf.less(y!, 0), 'float32')),
    }),
  });
}
