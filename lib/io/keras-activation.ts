import type { Activation } from '../model.js';
import { need } from '../need.js';

// hard_sigmoid is another function in Keras 3: relu6(x + 3) / 6, which TensorFlow.js has not.
const NAMES: ReadonlyMap<unknown, Activation> = new Map([
  ['linear', 'linear'],
  ['relu', 'relu'],
  ['relu6', 'relu6'],
  ['elu', 'elu'],
  ['selu', 'selu'],
  ['tanh', 'tanh'],
  ['sigmoid', 'sigmoid'],
  ['softmax', 'softmax'],
  ['softplus', 'softplus'],
  ['softsign', 'softsign'],
  ['swish', 'swish'],
  ['silu', 'swish'],
  ['mish', 'mish'],
  ['gelu', 'gelu'],
]);

/**
 * What TensorFlow.js calls an activation of Keras.
 *
 * @param keras - its name, or what Keras 3 writes for a function; null for none.
 * @param version - of Keras: its major number.
 * @param place - the layer and the file, for the error.
 * @throws Error if TensorFlow.js has no such function.
 */
export function kerasActivation(keras: unknown, version: number, place: string): Activation {
  const name = nameOf(keras);
  const found = name === 'hard_sigmoid' && version < 3 ? 'hardSigmoid' : NAMES.get(name);
  const known = [...NAMES.keys()].join(', ');
  const which = version < 3 ? `${known}, hard_sigmoid` : known;
  need(found !== undefined, `loadModel needs an activation of ${which} in ${place}`, name, Error);
  return found;
}

function nameOf(keras: unknown): unknown {
  if (keras === null) return 'linear';
  if (typeof keras !== 'object') return keras;
  const { class_name: kind, config, module } = keras as Readonly<Record<string, unknown>>;
  return kind === 'function' && module === 'builtins' ? config : kind;
}
