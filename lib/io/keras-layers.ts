import { need } from '../need.js';
import type { KerasWeights, LayerReader } from './keras-layer.js';
import type { KerasLayer } from './keras-network.js';
import { plainLayers } from './keras-plain-layers.js';
import { readBatchNormalization, readDense } from './keras-weighted-layers.js';
import type { Part } from './sequential.js';

const READERS: ReadonlyMap<string, LayerReader> = new Map<string, LayerReader>([
  ['Dense', readDense],
  ['BatchNormalization', readBatchNormalization],
  ...Object.entries(plainLayers),
]);

/**
 * Reads a layer of a Keras model; undefined for an input, which computes nothing.
 *
 * @throws Error if the layer is of another kind than a stack of dense layers needs, or its settings or weights do not fit.
 */
export function kerasPart(layer: KerasLayer, weights: KerasWeights, path: string): Part | undefined {
  const reader = READERS.get(layer.className);
  const place = `the layer ${layer.name} of ${path}`;
  const known = [...READERS.keys()].join(', ');
  need(reader !== undefined, `loadModel needs a layer of ${known} in ${place}`, layer.className, Error);
  return reader(layer, { weights, place });
}
