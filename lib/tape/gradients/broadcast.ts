import * as tf from '@tensorflow/tfjs';

/**
 * Lets two inputs of different shapes have gradients where TensorFlow.js forgets to sum over the axes along which one was
 * repeated, and throws.
 */
export function repairBroadcasting(): void {
  for (const kernelName of [tf.Maximum, tf.Minimum, tf.SquaredDifference]) {
    const { gradFunc, ...original } = tf.getGradient(kernelName);
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      ...original,
      gradFunc: (dy, saved, attributes) => {
        const gradients = gradFunc(dy, saved, attributes);
        const [a, b] = saved;
        return { a: () => summedTo(a!.shape, gradients['a']!()), b: () => summedTo(b!.shape, gradients['b']!()) };
      },
    });
  }
}

function summedTo(shape: readonly number[], gradient: tf.Tensor): tf.Tensor {
  const added = gradient.rank - shape.length;
  const axes = gradient.shape.flatMap((size, axis) => (size === shape[axis - added] ? [] : [axis]));
  return axes.length === 0 ? gradient : tf.reshape(tf.sum(gradient, axes), [...shape]);
}
