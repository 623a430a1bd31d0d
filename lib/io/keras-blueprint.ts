import { need } from '../need.js';
import type { KerasWeights } from './keras-layer.js';
import { kerasParts } from './keras-layers.js';
import type { KerasLayer, KerasNetwork } from './keras-network.js';
import type { Blueprint, Part } from './sequential.js';

/**
 * What a Keras network computes, read with its weights.
 *
 * @throws Error if a layer is other than a stack of dense ones has, or the shape of the input is not known.
 */
export function kerasBlueprint({ layers, inputShape }: KerasNetwork, weights: KerasWeights, path: string): Blueprint {
  const parts = layers.flatMap((layer) => kerasParts(layer, weights, path));
  return { input: rowShape(inputShape, layers[0]!, parts[0], path), parts };
}

// The shape of the input stands in the first layer, or beside the layers, or follows from the numbers of the first. Keras 2 writes
// that of a normalisation without its length.
function rowShape(built: unknown, { config }: KerasLayer, first: Part | undefined, path: string): readonly number[] {
  const { batch_shape: keras3, batch_input_shape: keras2 } = config;
  const width = first?.width ?? first?.weights[0]?.shape[0];
  const written = keras3 ?? keras2 ?? built ?? [null, width];
  const isOpen = Array.isArray(written) && written.length === 2 && written[1] === null;
  const shape = isOpen && first?.width !== undefined ? [null, first.width] : written;
  const sizes: readonly unknown[] = Array.isArray(shape) ? shape.slice(1) : [];
  const known = sizes.length > 0 && sizes.every(isSize);
  need(known, `loadModel needs an input of known shape in ${path}`, shape, Error);
  return sizes as readonly number[];
}

function isSize(size: unknown): boolean {
  return Number.isSafeInteger(size) && (size as number) > 0;
}
