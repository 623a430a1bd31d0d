import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { kerasActivation } from './keras-activation.js';
import { type LayerPlace, type LayerReader, needLastAxis, numberIn } from './keras-layer.js';
import type { KerasLayer } from './keras-network.js';
import type { Part } from './sequential.js';
import { count } from './weights.js';

/** How to read the layers of Keras that have no weights, by class; each throws Error if a setting has no like in TensorFlow.js. */
export const plainLayers: Readonly<Record<string, LayerReader>> = {
  InputLayer: () => [],
  Flatten: ({ name }) => ({ ...plain(name, flatten), output: (input) => [count(input)] }),
  Activation: readActivation,
  Softmax: readSoftmax,
  ReLU: readRelu,
  LeakyReLU: readLeakyRelu,
  ELU: readElu,
  Dropout: readDropout,
};

// A layer without weights that keeps the shape.
function plain(name: string, build: Part['build']): Part {
  return { name, weights: [], output: (input) => input, build };
}

// TensorFlow.js flattens no rows that are flat already.
const flatten: Part['build'] = (common, input) =>
  input.length > 1 ? tf.layers.flatten(common) : tf.layers.activation({ ...common, activation: 'linear' });

function readActivation({ name, config }: KerasLayer, { weights, place }: LayerPlace): Part {
  const activation = kerasActivation(config['activation'], weights.version, place);
  return plain(name, (common) => tf.layers.activation({ ...common, activation: activation as 'linear' }));
}

function readSoftmax(layer: KerasLayer, { place }: LayerPlace): Part {
  needLastAxis(layer, place);
  const part = plain(layer.name, (common) => tf.layers.softmax(common));
  return { ...part, output: (input) => (input.length === 1 ? input : undefined) };
}

function readRelu(layer: KerasLayer, { place }: LayerPlace): Part {
  const { max_value: largest = null, negative_slope: slope = 0, threshold = 0 } = layer.config;
  const usual = (slope === 0 || slope === null) && (threshold === 0 || threshold === null);
  need(usual, `loadModel needs no slope and no threshold in ${place}`, [slope, threshold], Error);
  if (largest === null) return plain(layer.name, (common) => tf.layers.reLU(common));
  const maxValue = numberIn(layer, 'max_value', place);
  return plain(layer.name, (common) => tf.layers.reLU({ ...common, maxValue }));
}

function readLeakyRelu(layer: KerasLayer, { weights, place }: LayerPlace): Part {
  const alpha = numberIn(layer, weights.version < 3 ? 'alpha' : 'negative_slope', place);
  return plain(layer.name, (common) => tf.layers.leakyReLU({ ...common, alpha }));
}

function readElu(layer: KerasLayer, { place }: LayerPlace): Part {
  const alpha = numberIn(layer, 'alpha', place);
  need(alpha === 1, `loadModel needs an alpha of 1, the only one of TensorFlow.js, in ${place}`, alpha, Error);
  return plain(layer.name, (common) => tf.layers.elu(common));
}

function readDropout(layer: KerasLayer, { place }: LayerPlace): Part {
  const rate = numberIn(layer, 'rate', place);
  return plain(layer.name, (common) => tf.layers.dropout({ ...common, rate }));
}
