import { need } from '../need.js';
import type { KerasLayer } from './keras-network.js';
import type { Part } from './sequential.js';
import type { Weights } from './weights.js';

/** Where the weights of a Keras model are, and which Keras wrote them. */
export interface KerasWeights {
  readonly version: number;
  /** The weights of a layer by their names, which are given in the layer's own order; after them may be some that are left unread. */
  readonly read: (layer: KerasLayer, names: readonly string[], unread?: readonly string[]) => readonly Weights[];
}

/** Where a layer stands, and what it may read. */
export interface LayerPlace {
  readonly weights: KerasWeights;
  /** The layer and its file, for errors. */
  readonly place: string;
}

/** Reads a layer of one class as one part, or as several, or none if it computes nothing. */
export type LayerReader = (layer: KerasLayer, place: LayerPlace) => Part | readonly Part[];

/**
 * A number of a layer's configuration.
 *
 * @throws Error if it is none.
 */
export function numberIn({ config }: KerasLayer, name: string, place: string): number {
  const value = config[name];
  need(typeof value === 'number', `loadModel needs a number for ${name} in ${place}`, value, Error);
  return value;
}

/**
 * Checks that a layer works along rows. Keras 2 writes the axis as a list, and counts it from the batch: 1 is the last of a row.
 *
 * @throws Error if it works along another axis.
 */
export function needLastAxis({ config }: KerasLayer, place: string): void {
  const { axis = -1 } = config;
  const [only, ...others] = [axis].flat();
  need((only === -1 || only === 1) && others.length === 0, `loadModel needs the last axis in ${place}`, axis, Error);
}
