import * as tf from '@tensorflow/tfjs';
import type { DenseStack } from 'netlens/dense';

/** A stack as a model of TensorFlow.js; its weights are rounded to single precision. */
export function modelOf({ inputs, layers }: DenseStack): tf.Sequential {
  const model = tf.sequential();
  let width = inputs;
  for (const { weights, biases, activation } of layers) {
    const units = biases.length;
    const kernel = tf.transpose(tf.tensor2d(Float32Array.from(weights), [units, width]));
    const name = activation === 'leakyRelu' ? 'linear' : activation;
    model.add(
      tf.layers.dense({
        units,
        inputShape: [width],
        activation: name as 'relu',
        weights: [kernel, tf.tensor1d(Float32Array.from(biases))],
      }),
    );
    width = units;
  }
  return model;
}
