import { ACTIVATIONS, type Activation } from '../model.js';
import { need } from '../need.js';

// PyTorch's hard sigmoid is another function, relu6(x + 3) / 6, which TensorFlow.js has not.
const KNOWN = ACTIVATIONS.filter((name) => name !== 'hardSigmoid');

/** What a file of PyTorch does not say about its network: PyTorch keeps weights, not what is done with them. */
export interface LoadModelOptions {
  /**
   * Activation of the hidden layers, as TensorFlow.js names it, but for `hardSigmoid`; for `.pth`, `.pt` and `.safetensors` with several
   * layers.
   */
  readonly activation?: Activation;
  /** Activation of the output; for `.pth`, `.pt` and `.safetensors`. */
  readonly outputActivation?: Activation;
  /**
   * Names of the layers from the first to the last, as `['fc1', 'fc2', 'out']`; without it their order in a `.pth` file (that of
   * their definition), or their numbers in a `.safetensors` file, which keeps no order.
   */
  readonly layers?: readonly string[];
}

/** {@link LoadModelOptions}, checked for a file that needs them. */
export interface StateDictOptions {
  /** Undefined only if there is a single layer. */
  readonly activation: Activation | undefined;
  readonly outputActivation: Activation;
  readonly layers: readonly string[] | undefined;
}

/**
 * Checks the options for a state dict.
 *
 * @throws RangeError if an activation is missing or not known; TypeError if `layers` is no list of names.
 */
export function stateDictOptions(
  options: LoadModelOptions,
  tensors: ReadonlyMap<string, unknown>,
  path: string,
): StateDictOptions {
  const { activation, outputActivation, layers } = options;
  const known = KNOWN.join(', ');
  const why = `for ${path}, which holds none`;
  need(isActivation(outputActivation), `loadModel needs an outputActivation of ${known} ${why}`, outputActivation);
  const single = [...tensors.keys()].filter((name) => /(^|\.)weight$/.test(name)).length === 1;
  need(
    (single && activation === undefined) || isActivation(activation),
    `loadModel needs an activation of ${known} ${why}`,
    activation,
  );
  const named = layers === undefined || (Array.isArray(layers) && layers.every((name) => typeof name === 'string'));
  need(named, 'loadModel needs a list of names in the option layers', layers, TypeError);
  return { activation, outputActivation, layers };
}

/**
 * Checks that there are no options for a file that says everything itself.
 *
 * @throws RangeError if there is one.
 */
export function needNoOptions(options: LoadModelOptions, path: string): void {
  const [given] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
  need(given === undefined, `loadModel needs no options for ${path}, which says them itself`, { words: String(given) });
}

function isActivation(name: unknown): name is Activation {
  return (KNOWN as readonly unknown[]).includes(name);
}
