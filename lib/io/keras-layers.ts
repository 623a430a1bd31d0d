import { need } from '../need.js';
import type { KerasWeights, LayerReader } from './keras-layer.js';
import type { KerasLayer } from './keras-network.js';
import { plainLayers } from './keras-plain-layers.js';
import { readNormalization, readRescaling } from './keras-scaling-layers.js';
import { readBatchNormalization, readDense } from './keras-weighted-layers.js';
import type { Part } from './sequential.js';

const READERS: ReadonlyMap<string, LayerReader> = new Map<string, LayerReader>([
  ['Dense', readDense],
  ['BatchNormalization', readBatchNormalization],
  ['Normalization', readNormalization],
  ['Rescaling', readRescaling],
  ...plainLayers,
]);

/**
 * Reads a layer of a Keras model: the parts that compute what it does, none for an input.
 *
 * @throws Error if the layer is of another kind than a stack of dense layers needs, or its settings or weights do not fit.
 */
export function kerasParts(layer: KerasLayer, weights: KerasWeights, path: string): readonly Part[] {
  const reader = READERS.get(layer.className);
  const place = `the layer ${layer.name} of ${path}`;
  const known = [...READERS.keys()].join(', ');
  need(reader !== undefined, `loadModel needs a layer of ${known} in ${place}`, layer.className, Error);
  return [reader(layer, { weights, place })].flat();
}
