import * as tf from '@tensorflow/tfjs';

/** How a filter or a pool moves over images. */
export interface Window {
  readonly size: readonly [number, number];
  readonly strides: number | [number, number];
  readonly pad: Parameters<typeof tf.depthwiseConv2d>[3];
}

/**
 * What a window sees of images [batch, height, width, channels] at each of its places, zeros outside of them: shape
 * [batch, places down, places across, channels, size of the window].
 */
export function patches(images: tf.Tensor4D, { size, strides, pad }: Window): tf.Tensor5D {
  const [height, width] = size;
  const channels = images.shape[3];
  const one = tf.reshape(tf.eye(height * width), [height, width, 1, height * width]);
  const filter = tf.tile(one, [1, 1, channels, 1]) as tf.Tensor4D;
  const seen = tf.depthwiseConv2d(images, filter, strides, pad);
  const [batch, down, across] = seen.shape;
  return tf.reshape(seen, [batch, down, across, channels, height * width]);
}
