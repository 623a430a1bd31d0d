import { need, needOptions } from '../need.js';
import { type DenseActivation, isActivation, usualAlpha } from './activation.js';

/** One dense layer, a ↦ f(W a + b). */
export interface DenseLayer {
  /** W, shape [outputs, inputs], row by row. */
  readonly weights: Float64Array;
  /** b, shape [outputs]. */
  readonly biases: Float64Array;
  /** f. */
  readonly activation: DenseActivation;
  /** The parameter of `leakyRelu`, `elu` and `swish`; undefined for others. */
  readonly alpha: number | undefined;
}

/** A network of dense layers, one on the other: plain data, made by {@link denseStack}. */
export interface DenseStack {
  /** Numbers in a row of inputs. */
  readonly inputs: number;
  /** Numbers in a row of outputs. */
  readonly outputs: number;
  /** From the first to the last, at least one. */
  readonly layers: readonly DenseLayer[];
}

/** A layer as {@link denseStack} takes it. */
export interface DenseLayerOptions {
  /** W, shape [outputs, inputs], row by row. */
  readonly weights: ArrayLike<number>;
  /** b, shape [outputs]. */
  readonly biases: ArrayLike<number>;
  /** Default linear. */
  readonly activation?: DenseActivation;
  /** Only for `leakyRelu` (default 0.3), `elu` (default 1) and `swish` (default 1). */
  readonly alpha?: number | undefined;
}

/**
 * A network of dense layers as plain data: a₀ = x, a_l = f_l(W_l a_{l−1} + b_l).
 *
 * The arrays are copied. Whoever changes the copies later changes the network: every call reads them anew.
 *
 * @param inputs - numbers in a row of inputs.
 * @param layers - from the first to the last; W of shape [outputs, inputs], row by row.
 * @throws RangeError if there is no layer, a layer has no outputs, the lengths of W and b do not fit, an activation is
 * not known, softmax stands below another layer, or α is given to an activation without one or is not finite;
 * TypeError if the layers are no list, or W or b no numbers in an array.
 * @example
 * denseStack(2, [{ weights: [1, 2, 3, 4, 5, 6], biases: [0, 0, 0], activation: 'tanh' }]).outputs // => 3
 */
export function denseStack(inputs: number, layers: readonly DenseLayerOptions[]): DenseStack {
  need(Number.isInteger(inputs) && inputs > 0, 'denseStack needs a whole number of inputs of at least 1', inputs);
  need(Array.isArray(layers), 'denseStack needs a list of layers', layers, TypeError);
  need(layers.length > 0, 'denseStack needs at least one layer', layers.length);
  let width = inputs;
  const checked = layers.map((layer, index) => {
    const last = index === layers.length - 1;
    const made = denseLayer(layer, { place: `layer ${index}`, inputs: width, last });
    width = made.biases.length;
    return made;
  });
  return Object.freeze({ inputs, outputs: width, layers: Object.freeze(checked) });
}

interface LayerPlace {
  readonly place: string;
  readonly inputs: number;
  readonly last: boolean;
}

function denseLayer(options: DenseLayerOptions, { place, inputs, last }: LayerPlace): DenseLayer {
  needOptions('denseStack', options, place);
  checkNumbers(`weights in ${place}`, options.weights);
  checkNumbers(`biases in ${place}`, options.biases);
  const { weights, biases, activation = 'linear', alpha = usualAlpha(activation) } = options;
  const outputs = biases.length;
  need(outputs > 0, `denseStack needs biases of at least one output in ${place}`, outputs);
  const shape = `[${outputs}, ${inputs}]`;
  need(
    weights.length === outputs * inputs,
    `denseStack needs ${outputs * inputs} weights of shape ${shape} in ${place}`,
    weights.length,
  );
  need(isActivation(activation), `denseStack needs a known activation in ${place}`, activation);
  need(activation !== 'softmax' || last, `denseStack needs softmax in the last layer only`, `softmax in ${place}`);
  if (usualAlpha(activation) === undefined)
    need(alpha === undefined, `denseStack needs no alpha for ${activation} in ${place}`, alpha);
  else need(Number.isFinite(alpha), `denseStack needs a finite alpha in ${place}`, alpha);
  return Object.freeze({
    weights: Float64Array.from(weights),
    biases: Float64Array.from(biases),
    activation,
    alpha,
  });
}

function checkNumbers(what: string, numbers: ArrayLike<number>): void {
  const isTyped = ArrayBuffer.isView(numbers);
  const areNumbers = isTyped || (Array.isArray(numbers) && numbers.every((value) => typeof value === 'number'));
  need(areNumbers, `denseStack needs an array of numbers as ${what}`, numbers, TypeError);
}
