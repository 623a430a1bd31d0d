import * as tf from '@tensorflow/tfjs';
import { registerMissing } from './register.js';

/**
 * The gradient of the cumulative product, by which TensorFlow.js writes the gradient of `tf.prod`.
 *
 * The derivative by one factor is the product of the others, computed again with a one in its place, so that factors may be 0.
 */
export function registerCumulativeProductGradient(): void {
  registerMissing({
    kernelName: tf.Cumprod,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => gradient(dy as tf.Tensor, x!, attributes as unknown as Attributes),
    }),
  });
}

interface Attributes {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

function gradient(dy: tf.Tensor, x: tf.Tensor, attributes: Attributes): tf.Tensor {
  const axis = (attributes.axis + x.rank) % x.rank;
  const product = (factors: tf.Tensor): tf.Tensor =>
    tf.cumprod(factors, axis, attributes.exclusive, attributes.reverse);
  const length = x.shape[axis]!;
  const derivatives = Array.from({ length }, (_, factor) => {
    const place = x.shape.map((size, i) => (i === axis ? size : 1));
    const here = tf.reshape(tf.equal(tf.range(0, length), factor), place);
    // A zero in the place of the factor marks the products that contain it.
    const without = product(tf.where(here, 0, tf.onesLike(x)));
    const others = product(tf.where(here, 1, x));
    return tf.sum(tf.mul(tf.mul(dy, others), tf.sub(1, without)), axis, true);
  });
  return tf.concat(derivatives, axis);
}
