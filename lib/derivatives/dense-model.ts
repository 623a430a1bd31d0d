import * as tf from '@tensorflow/tfjs';
import { type DenseStack, denseStack } from '../dense/stack.js';
import type { Model } from '../tape/model.js';
import { type Layers, scaled } from './affine.js';
import { chainOf, described } from './chain.js';
import { layerReaders } from './layer-readers.js';

/** A model as a stack of dense layers, or what stands in the way, in words. */
export type Conversion = { readonly stack: DenseStack } | { readonly obstacle: string };

/**
 * Reads a model as a stack of dense layers, as it predicts: dropout and noise do nothing, batch normalisation and rescaling are a
 * scale and a shift. The weights are those of now, in double precision.
 */
export function denseModel(model: Model): Conversion {
  if (!(model instanceof tf.LayersModel)) return { obstacle: 'a function' };
  const chain = chainOf(model);
  if (typeof chain === 'string') return { obstacle: chain };
  const inputs = model.inputs[0]!.shape[1]!;
  let read: Layers = { inputs, layers: [] };
  for (const layer of chain) {
    const next = layerReaders[layer.getClassName()]?.(read, layer);
    if (!next || softmaxBelow(next)) return { obstacle: described(layer) };
    read = next;
  }
  if (read.layers.length === 0) read = unchanged(inputs);
  return { stack: denseStack(inputs, read.layers) };
}

function softmaxBelow({ layers }: Layers): boolean {
  return layers.slice(0, -1).some(({ activation }) => activation === 'softmax');
}

function unchanged(inputs: number): Layers {
  const scaling = { scales: new Float64Array(inputs).fill(1), shifts: new Float64Array(inputs) };
  return scaled({ inputs, layers: [] }, scaling);
}
