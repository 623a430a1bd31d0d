import * as tf from '@tensorflow/tfjs';
import type { Attributes, Gradient, TapeNode } from './engine.js';
import { patches } from './gradients/patches.js';
import * as pooling from './gradients/pooling.js';
import { run } from './gradients/register.js';

/** The gradient of a maximum over windows, which TensorFlow.js has wrong on WebAssembly. */
export function maxPoolGradient({ saved }: TapeNode, attributes: Attributes): Gradient {
  const [images] = saved as [tf.Tensor4D];
  return ([dy]) => ({ x: () => pooling.maxPoolGradient(dy!, images, pooling.windowOf(attributes)) });
}

/**
 * The gradient of an average pool whose window may reach over the edge, where it averages over fewer values: TensorFlow.js
 * divides by the size of the window there too, except in native TensorFlow.
 */
export function averagePoolGradient({ saved }: TapeNode, attributes: Attributes): Gradient | undefined {
  if (tf.getBackend() === 'tensorflow') return undefined;
  const [images] = saved as [tf.Tensor4D];
  return ([dy]) => ({
    x: () => {
      const [, height, width] = images.shape;
      const inside = tf.mean(patches(tf.ones([1, height, width, 1]), pooling.windowOf(attributes)), -1);
      return run(tf.AvgPoolGrad, { dy: tf.div(dy!, inside), input: images }, attributes as tf.NamedAttrMap);
    },
  });
}

/**
 * The gradient of resizing, Rᵀ dy C for y = R x Cᵀ: TensorFlow.js takes other pixels where half of one is the centre, and on
 * the CPU from other images of the batch.
 */
export function resizeGradient({ kernelName, saved }: TapeNode, attributes: Attributes): Gradient {
  const [images] = saved as [tf.Tensor4D];
  const [batch, height, width, channels] = images.shape;
  const [down, across] = attributes['size'] as [number, number];
  const resized = (unit: tf.Tensor, size: readonly [number, number]): tf.Tensor =>
    run(kernelName, { images: unit }, { ...(attributes as tf.NamedAttrMap), size: [...size] });
  return ([dy]) => ({
    images: () => {
      const rows = resized(tf.reshape(tf.eye(height), [height, height, 1, 1]), [down, 1]);
      const columns = resized(tf.reshape(tf.eye(width), [width, 1, width, 1]), [1, across]);
      const tall = tf.matMul(tf.reshape(rows, [1, height, down]), tf.reshape(dy!, [batch, down, across * channels]));
      const slices = tf.reshape(tall, [batch * height, across, channels]);
      return tf.reshape(tf.matMul(tf.reshape(columns, [1, width, across]), slices), images.shape);
    },
  });
}
