import { need } from '../need.js';
import type { Hdf5 } from './hdf5.js';
import type { KerasWeights } from './keras-layer.js';
import type { KerasLayer } from './keras-network.js';

/**
 * The weights of a file in the older format, by names. Keras 2 appends ':0' to them, and both put a path before them.
 *
 * @throws Error, when read, if there is none of a name, or others as well (those of an adapter, say), which would be ignored.
 */
export function namedWeights(hdf5: Hdf5, path: string): KerasWeights['read'] {
  return (layer, names, unread = []) => {
    const group = `model_weights/${layer.name}`;
    const listed = hdf5.attribute(group, 'weight_names');
    const paths = (Array.isArray(listed) ? listed : []).filter((text) => typeof text === 'string');
    const nameOf = (text: string): string => text.split('/').at(-1)!.split(':')[0]!;
    const place = `the layer ${layer.name} of ${path}`;
    const found = names.map((name) => {
      const weight = paths.find((text) => nameOf(text) === name);
      need(weight !== undefined, `loadModel needs ${name} in ${place}`, { words: 'none' }, Error);
      return weight;
    });
    const others = { words: paths.map(nameOf).join(', ') };
    const left = paths.filter((text) => !unread.includes(nameOf(text)));
    need(left.length === found.length, `loadModel needs only ${names.join(' and ')} in ${place}`, others, Error);
    return found.map((weight) => hdf5.weights(`${group}/${weight}`));
  };
}

const GROUPS: ReadonlyMap<string, string> = new Map([
  ['Dense', 'dense'],
  ['BatchNormalization', 'batch_normalization'],
  ['Normalization', 'normalization'],
]);

/**
 * The weights of a file in Keras 3's format, which counts the layers of a class (dense, dense_1, …), whatever they are called,
 * and the weights of a layer.
 *
 * @throws Error, when read, if there is none of a number.
 */
export function numberedWeights(hdf5: Hdf5, layers: readonly KerasLayer[]): KerasWeights['read'] {
  return (layer, names) => {
    const group = GROUPS.get(layer.className)!;
    const before = layers.filter(({ className }) => className === layer.className).indexOf(layer);
    const place = `layers/${before === 0 ? group : `${group}_${before}`}/vars`;
    return names.map((_, i) => hdf5.weights(`${place}/${i}`));
  };
}
