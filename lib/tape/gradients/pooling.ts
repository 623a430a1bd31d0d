import * as tf from '@tensorflow/tfjs';
import { patches, type Window } from './patches.js';
import { registerMissing } from './register.js';

interface Attributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number;
}

/**
 * The gradients of the gradients of pooling, which are linear in dy and do not change with the images, except where another
 * value becomes the largest.
 */
export function registerPoolingGradients(): void {
  registerMissing({
    kernelName: tf.AvgPoolGrad,
    inputsToSave: ['input'],
    gradFunc: (change, [images], attributes) => ({
      dy: () => averages(change as tf.Tensor4D, windowOf(attributes)),
      input: () => tf.zerosLike(images!),
    }),
  });
  registerMissing({
    kernelName: tf.MaxPoolGrad,
    inputsToSave: ['input', 'output'],
    gradFunc: (change, [images, output], attributes) => ({
      dy: () => ofTheLargest(change as tf.Tensor4D, images as tf.Tensor4D, windowOf(attributes)),
      input: () => tf.zerosLike(images!),
      output: () => tf.zerosLike(output!),
    }),
  });
}

/** The window of a pool, from its attributes. */
export function windowOf(attributes: unknown): Window {
  const { filterSize, strides, pad } = attributes as Attributes;
  return { size: typeof filterSize === 'number' ? [filterSize, filterSize] : filterSize, strides, pad };
}

// Over the whole window, also where it reaches over the edge.
function averages(images: tf.Tensor4D, window: Window): tf.Tensor {
  return tf.mean(patches(images, window), -1);
}

function ofTheLargest(values: tf.Tensor4D, images: tf.Tensor4D, window: Window): tf.Tensor {
  // Positive, so that the zeros outside the images are never the largest.
  const positive = tf.add(tf.sub(images, tf.min(images)), 1) as tf.Tensor4D;
  const places = tf.argMax(patches(positive, window), -1);
  const largest = tf.oneHot(places as tf.Tensor1D, window.size[0] * window.size[1]);
  return tf.sum(tf.mul(patches(values, window), largest), -1);
}
