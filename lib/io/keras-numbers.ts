import { need } from '../need.js';
import { isObject } from './json-object.js';
import type { KerasLayer } from './keras-network.js';
import type { Weights } from './weights.js';

/**
 * A number or a list of numbers of a layer's configuration, of shape [] or [numbers].
 *
 * @throws Error if it is neither.
 */
export function numbersIn({ config }: KerasLayer, name: string, place: string): Weights {
  const value = plain(config[name]);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const known = list.length > 0 && list.every((number) => typeof number === 'number');
  need(known, `loadModel needs a number or a list of numbers for ${name} in ${place}`, value, Error);
  return { shape: Array.isArray(value) ? [list.length] : [], values: Float64Array.from(list as readonly number[]) };
}

// Keras 3 writes an array of NumPy as an object that holds it.
function plain(value: unknown): unknown {
  return isObject(value) && isObject(value['config']) ? value['config']['value'] : value;
}

/**
 * The numbers in single precision, in which Keras computes with them.
 *
 * @throws Error if one is not finite there.
 */
export function singles({ shape, values }: Weights, place: string): Weights {
  const rounded = values.map(Math.fround);
  const bad = values.find((_, i) => !Number.isFinite(rounded[i]));
  need(bad === undefined, `loadModel needs finite numbers that float32 can hold in ${place}`, bad, Error);
  return { shape, values: rounded };
}
