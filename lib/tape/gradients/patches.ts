import * as tf from '@tensorflow/tfjs';
import { run } from './register.js';

/** How a filter or a pool moves over images. */
export interface Window {
  readonly size: readonly [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number;
}

/**
 * What a window sees of images [batch, height, width, channels] at each of its places, zeros outside of them: shape
 * [batch, places down, places across, channels, size of the window].
 */
export function patches(images: tf.Tensor4D, { size, strides, pad }: Window): tf.Tensor5D {
  const channels = images.shape[3];
  const filter = tf.tile(oneForEach(size), [1, 1, channels, 1]);
  const seen = tf.depthwiseConv2d(images, filter, strides, pad);
  const [batch, down, across] = seen.shape;
  return tf.reshape(seen, [batch, down, across, channels, size[0] * size[1]]);
}

/** Puts what a window saw back where it came from and adds it up: the transpose of `patches`, for images of that shape. */
export function imagesOf(seen: tf.Tensor5D, { size, strides, pad }: Window, shape: readonly number[]): tf.Tensor {
  const [batch, height, width, channels] = shape as readonly [number, number, number, number];
  const [, down, across, , places] = seen.shape;
  const dy = tf.reshape(tf.transpose(seen, [0, 3, 1, 2, 4]), [batch * channels, down, across, places]);
  const inputShape = [batch * channels, height, width, 1];
  const attributes = { strides, pad, dataFormat: 'NHWC', inputShape };
  const images = run(tf.Conv2DBackpropInput, { dy, filter: oneForEach(size) }, attributes);
  return tf.transpose(tf.reshape(images, [batch, channels, height, width]), [0, 2, 3, 1]);
}

// Filters [height, width, 1, height · width], each of which sees one place of the window.
function oneForEach([height, width]: readonly [number, number]): tf.Tensor4D {
  return tf.reshape(tf.eye(height * width), [height, width, 1, height * width]);
}
