import * as tf from '@tensorflow/tfjs';
import { imagesOf, patches, type Window } from './patches.js';
import { registerMissing, run } from './register.js';

/**
 * The gradients of the gradients of pooling, which are linear in dy and do not change with the images, except where another
 * value becomes the largest.
 */
export function registerPoolingGradients(): void {
  registerMissing({
    kernelName: tf.AvgPoolGrad,
    inputsToSave: ['input'],
    gradFunc: (change, [images], attributes) => ({
      // Over the whole window, also where it reaches over the edge; native TensorFlow divides by what is inside.
      dy: () =>
        tf.getBackend() === 'tensorflow'
          ? run(tf.AvgPool, { x: change as tf.Tensor }, attributes as unknown as tf.NamedAttrMap)
          : tf.mean(patches(change as tf.Tensor4D, windowOf(attributes)), -1),
      input: () => tf.zerosLike(images!),
    }),
  });
  registerMissing({
    kernelName: tf.MaxPoolGrad,
    inputsToSave: ['input', 'output'],
    gradFunc: (change, [images, output], attributes) => {
      const window = windowOf(attributes);
      return {
        dy: () => tf.sum(tf.mul(patches(change as tf.Tensor4D, window), largest(images as tf.Tensor4D, window)), -1),
        input: () => tf.zerosLike(images!),
        output: () => tf.zerosLike(output!),
      };
    },
  });
}

/** The gradient of a maximum over windows: dy where the largest value is, the first of several. */
export function maxPoolGradient(dy: tf.Tensor, images: tf.Tensor4D, window: Window): tf.Tensor {
  const there = tf.mul(tf.expandDims(dy, -1), largest(images, window)) as tf.Tensor5D;
  return imagesOf(there, window, images.shape);
}

/** The window of a pool, from its attributes. */
export function windowOf(attributes: unknown): Window {
  const { filterSize, strides, pad } = attributes as Omit<Window, 'size'> & { filterSize: number | [number, number] };
  return { size: typeof filterSize === 'number' ? [filterSize, filterSize] : filterSize, strides, pad };
}

// One at the largest value that the window sees at each place, zeros elsewhere.
function largest(images: tf.Tensor4D, window: Window): tf.Tensor {
  // Positive, so that the zeros outside the images are never the largest.
  const positive = tf.add<tf.Tensor4D>(tf.sub(images, tf.min(images)), 1);
  const places = tf.argMax(patches(positive, window), -1);
  return tf.cast(tf.oneHot(places as tf.Tensor1D, window.size[0] * window.size[1]), 'float32');
}
