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
 * @param keras - its name, null for none; a function or layer of somebody's own is described by an object.
 * @param version - of Keras: its major number.
 * @param place - the layer and the file, for the error.
 * @throws Error if TensorFlow.js has no such function.
 */
export function kerasActivation(keras: unknown, version: number, place: string): Activation {
  const name = keras === null ? 'linear' : keras;
  const found = name === 'hard_sigmoid' && version < 3 ? 'hardSigmoid' : NAMES.get(name);
  const known = [...NAMES.keys()].join(', ');
  const which = `${known}, ${version < 3 ? 'hard_sigmoid' : 'leaky_relu'}`;
  const got = typeof name === 'object' ? { words: described(name as object) } : name;
  need(found !== undefined, `loadModel needs an activation of ${which} in ${place}`, got, Error);
  return found;
}

// Keras names its own functions. Any other may be called as one of them, and compute something else.
function described(keras: object): string {
  const { class_name: kind, config } = keras as Readonly<Record<string, unknown>>;
  if (kind === 'function') return `a function ${String(config)} that is not in the file`;
  return typeof kind === 'string' ? `an object ${kind}` : 'a lambda';
}
