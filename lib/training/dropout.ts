import type * as tf from '@tensorflow/tfjs';
import { numpyRandom } from '../random.js';

/** Gives dropout layers masks that follow a seed. */
export interface Masks {
  /** New masks for the next step. */
  draw(): void;
  /** Gives the layers back the seeds they had. */
  restore(): void;
}

const WITH_MASKS = ['Dropout', 'SpatialDropout1D'];
const UNSEEDED = ['AlphaDropout', 'GaussianDropout', 'GaussianNoise', 'RandomHeight', 'RandomWidth'];

/**
 * The masks of a model's dropout layers. A layer draws the same mask whenever it has the same seed, and another one every
 * time it has none: so every layer is given a new seed for every step.
 */
export function dropoutMasks(model: tf.LayersModel, seed: number): Masks {
  const random = numpyRandom(seed);
  const layers = layersOf(model).filter((layer) => WITH_MASKS.includes(layer.getClassName())) as unknown as Seeded[];
  const before = layers.map((layer) => layer.seed);
  return {
    draw() {
      for (const layer of layers) layer.seed = random.integers(1, 2 ** 31);
    },
    restore() {
      for (const [i, layer] of layers.entries()) layer.seed = before[i];
    },
  };
}

/** The class name of a layer whose random numbers no seed reaches, if the model has one. */
export function unseededLayer(model: tf.LayersModel): string | undefined {
  return layersOf(model)
    .find((layer) => UNSEEDED.includes(layer.getClassName()) || dropsOutInTime(layer))
    ?.getClassName();
}

interface Seeded {
  seed: number | undefined;
}

interface Containing {
  readonly layers?: tf.layers.Layer[];
  readonly cells?: tf.layers.Layer[];
  readonly cell?: tf.layers.Layer;
  readonly layer?: tf.layers.Layer;
  readonly forwardLayer?: tf.layers.Layer;
  readonly backwardLayer?: tf.layers.Layer;
}

// All layers, those inside others too.
function layersOf(layer: tf.layers.Layer): tf.layers.Layer[] {
  const { layers = [], cells = [], cell, layer: wrapped, forwardLayer, backwardLayer } = layer as Containing;
  const inner = [...layers, ...cells, cell, wrapped, forwardLayer, backwardLayer].filter(
    (inside) => inside !== undefined,
  );
  return [...inner.flatMap(layersOf), layer];
}

function dropsOutInTime(layer: tf.layers.Layer): boolean {
  const { dropout, recurrentDropout } = layer as { readonly dropout?: number; readonly recurrentDropout?: number };
  return (dropout ?? 0) > 0 || (recurrentDropout ?? 0) > 0;
}
