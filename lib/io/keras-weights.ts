import { need } from '../need.js';
import type { Hdf5 } from './hdf5.js';
import type { KerasWeights } from './keras-layer.js';
import type { KerasLayer } from './keras-network.js';

/**
 * The weights of a file in the older format, by names. Keras 2 appends ':0' to them, and both put a path before them.
 *
 * @throws Error, when read, if there is none of a name.
 */
export function namedWeights(hdf5: Hdf5, path: string): KerasWeights['read'] {
  return (layer, names) => {
    const group = `model_weights/${layer.name}`;
    const listed = hdf5.attribute(group, 'weight_names');
    const paths: readonly unknown[] = Array.isArray(listed) ? listed : [];
    return names.map((name) => {
      const found = paths.find((text) => typeof text === 'string' && text.split('/').at(-1)!.split(':')[0] === name);
      need(
        found !== undefined,
        `loadModel needs ${name} in the layer ${layer.name} of ${path}`,
        { words: 'none' },
        Error,
      );
      return hdf5.weights(`${group}/${found}`);
    });
  };
}

const GROUPS: ReadonlyMap<string, string> = new Map([
  ['Dense', 'dense'],
  ['BatchNormalization', 'batch_normalization'],
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
