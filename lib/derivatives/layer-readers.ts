import type * as tf from '@tensorflow/tfjs';
import { isActivation } from '../dense/activation.js';
import { transposed } from '../transposed.js';
import { activated, type Layers, type Scaling, scaled, weighted, widthOf } from './affine.js';

/** Puts a layer of a model, as it predicts, on the layers before; undefined where that cannot be. */
export type LayerReader = (before: Layers, layer: tf.layers.Layer) => Layers | undefined;

/** How to read the layers of TensorFlow.js that a dense stack can hold, by class name. */
export const layerReaders: Readonly<Record<string, LayerReader>> = {
  InputLayer: unchanged,
  Dropout: unchanged,
  GaussianDropout: unchanged,
  GaussianNoise: unchanged,
  AlphaDropout: unchanged,
  Dense: (before, layer) => {
    const [kernel, bias] = layer.getWeights() as [tf.Tensor2D, tf.Tensor1D?];
    const biases = bias ? Float64Array.from(bias.dataSync()) : new Float64Array(kernel.shape[1]);
    return namedActivation(weighted(before, transposed(kernel.dataSync(), kernel.shape), biases), layer);
  },
  Activation: namedActivation,
  ReLU: (before, layer) => {
    const { maxValue = null } = layer.getConfig();
    if (maxValue === null) return activated(before, 'relu');
    return maxValue === 6 ? activated(before, 'relu6') : undefined;
  },
  LeakyReLU: (before, layer) => activated(before, 'leakyRelu', layer.getConfig()['alpha'] as number),
  // TensorFlow.js has no other α than 1 here.
  ELU: (before) => activated(before, 'elu'),
  Softmax: (before, layer) => (alongRows(layer) ? activated(before, 'softmax') : undefined),
  BatchNormalization: (before, layer) => (alongRows(layer) ? scaled(before, normalisation(layer)) : undefined),
  Rescaling: (before, layer) => scaled(before, rescaling(layer, widthOf(before))),
};

function unchanged(before: Layers): Layers {
  return before;
}

function namedActivation(before: Layers, layer: tf.layers.Layer): Layers | undefined {
  const name = layer.getConfig()['activation'];
  return typeof name === 'string' && isActivation(name) ? activated(before, name) : undefined;
}

function alongRows(layer: tf.layers.Layer): boolean {
  const axis = layer.getConfig()['axis'] ?? -1;
  return axis === -1 || axis === 1;
}

// y = γ (x − μ) / √(σ² + ε) + β with the moving averages μ and σ².
function normalisation(layer: tf.layers.Layer): Scaling {
  const { scale, center, epsilon } = layer.getConfig();
  const weights = layer.getWeights().map((tensor) => Float64Array.from(tensor.dataSync()));
  const ones = weights.at(-1)!.map(() => 1);
  const gamma = scale ? weights.shift()! : ones;
  const beta = center ? weights.shift()! : ones.map(() => 0);
  const [mean, variance] = weights as [Float64Array, Float64Array];
  const scales = gamma.map((value, i) => value / Math.sqrt(variance[i]! + (epsilon as number)));
  return { scales, shifts: beta.map((value, i) => value - scales[i]! * mean[i]!) };
}

// y = scale x + offset, each one number or a list of them.
function rescaling(layer: tf.layers.Layer, width: number): Scaling {
  const { scale, offset } = layer.getConfig() as Readonly<Record<'scale' | 'offset', number | readonly number[]>>;
  const spread = (value: number | readonly number[]): Float64Array => {
    const list = [value].flat();
    return Float64Array.from({ length: width }, (_, i) => list[list.length === 1 ? 0 : i]!);
  };
  return { scales: spread(scale), shifts: spread(offset) };
}
