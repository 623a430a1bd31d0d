import * as tf from '@tensorflow/tfjs';
import { activationLayers } from './keras-activation-layers.js';
import { type LayerPlace, type LayerReader, numberIn } from './keras-layer.js';
import type { KerasLayer } from './keras-network.js';
import { type Common, type Part, plain } from './sequential.js';
import { count } from './weights.js';

/** How to read the layers of Keras that have no weights, by class; each throws Error if a setting has no like in TensorFlow.js. */
export const plainLayers: ReadonlyMap<string, LayerReader> = new Map<string, LayerReader>([
  ['InputLayer', () => []],
  ['Flatten', ({ name }) => ({ ...plain(name, flatten), output: (input) => [count(input)] })],
  ...activationLayers,
  ['Dropout', chance('rate', (common, rate) => tf.layers.dropout({ ...common, rate }))],
  ['SpatialDropout1D', readSpatialDropout],
  ['GaussianDropout', chance('rate', (common, rate) => tf.layers.gaussianDropout({ ...common, rate }))],
  ['GaussianNoise', chance('stddev', (common, stddev) => tf.layers.gaussianNoise({ ...common, stddev }))],
  ['AlphaDropout', chance('rate', (common, rate) => tf.layers.alphaDropout({ ...common, rate }))],
]);

// TensorFlow.js flattens no rows that are flat already.
const flatten: Part['build'] = (common, input) =>
  input.length > 1 ? tf.layers.flatten(common) : tf.layers.activation({ ...common, activation: 'linear' });

// A layer that does nothing but in training, and how much it does then.
function chance(setting: string, build: (common: Common, size: number) => tf.layers.Layer) {
  return (layer: KerasLayer, { place }: LayerPlace): Part => {
    const size = numberIn(layer, setting, place);
    return plain(layer.name, (common) => build(common, size));
  };
}

// It drops columns of a series, and takes no rows of numbers.
function readSpatialDropout(layer: KerasLayer, at: LayerPlace): Part {
  const part = chance('rate', (common, rate) => tf.layers.spatialDropout1d({ ...common, rate }))(layer, at);
  return { ...part, output: (input) => (input.length === 2 ? input : undefined) };
}
