import * as tf from '@tensorflow/tfjs';
import { activationLayers } from './keras-activation-layers.js';
import { type LayerPlace, type LayerReader, numberIn } from './keras-layer.js';
import type { KerasLayer } from './keras-network.js';
import { type Part, plain } from './sequential.js';
import { count } from './weights.js';

/** How to read the layers of Keras that have no weights, by class; each throws Error if a setting has no like in TensorFlow.js. */
export const plainLayers: ReadonlyMap<string, LayerReader> = new Map<string, LayerReader>([
  ['InputLayer', () => []],
  ['Flatten', ({ name }) => ({ ...plain(name, flatten), output: (input) => [count(input)] })],
  ...activationLayers,
  ['Dropout', readDropout],
]);

// TensorFlow.js flattens no rows that are flat already.
const flatten: Part['build'] = (common, input) =>
  input.length > 1 ? tf.layers.flatten(common) : tf.layers.activation({ ...common, activation: 'linear' });

function readDropout(layer: KerasLayer, { place }: LayerPlace): Part {
  const rate = numberIn(layer, 'rate', place);
  return plain(layer.name, (common) => tf.layers.dropout({ ...common, rate }));
}
