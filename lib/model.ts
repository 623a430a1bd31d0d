import * as tf from '@tensorflow/tfjs';
import { need, needOptions } from './need.js';
import { checkSeed, numpyRandom, type Random } from './random.js';

/** The names of the activation functions that a model can have. */
export const ACTIVATIONS = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'tanh',
  'sigmoid',
  'hardSigmoid',
  'softmax',
  'softplus',
  'softsign',
  'swish',
  'mish',
  'gelu',
] as const;

/** The name of an activation function, as TensorFlow.js knows it. */
export type Activation = (typeof ACTIVATIONS)[number];

/** The shape of a multilayer perceptron. */
export interface MlpOptions {
  /** Number of inputs, at least 1. */
  readonly inputs: number;
  /** Units of each hidden layer, at least 1 each; `[]` for none. */
  readonly hidden: readonly number[];
  /** Number of outputs, at least 1. */
  readonly outputs: number;
  /** Activation of the hidden layers. */
  readonly activation: Activation;
  /** Activation of the output. */
  readonly outputActivation: Activation;
  /** Draws the weights; whole, 0 … 2³² − 1. */
  readonly seed: number;
}

/**
 * A multilayer perceptron: dense layers, each fully connected with the one before.
 *
 * The weights start as in Keras, kernels uniform on ±√(6 / (in + out)) (Glorot) and biases zero, but drawn by
 * `numpyRandom(seed)`, layer after layer: same seed, same bits, everywhere.
 *
 * @returns the model, not yet trained; input [batch, inputs], output [batch, outputs].
 * @throws RangeError if a size is not a whole number of at least 1, an activation is not known, the seed is no seed, or
 * softmax is asked for with one output (it would always be 1); TypeError if `hidden` is no list, or options are no object.
 * @example
 * const model = createMlp({ inputs: 3, hidden: [100], outputs: 1, activation: 'tanh', outputActivation: 'sigmoid', seed: 1 });
 * model.countParams() // => 501
 * @see Glorot & Bengio (2010), AISTATS 9, 249
 */
export function createMlp(options: MlpOptions): tf.Sequential {
  check(options);
  const widths = [options.inputs, ...options.hidden, options.outputs];
  const layers = widths.slice(1).map((units, i) => {
    const last = i === options.hidden.length;
    return tf.layers.dense({
      name: last ? 'output' : `hidden${i + 1}`,
      units,
      inputShape: [widths[i]!],
      activation: last ? options.outputActivation : options.activation,
      kernelInitializer: 'glorotUniform',
    });
  });
  const model = tf.sequential({ name: 'mlp', layers });
  tf.tidy(() => model.setWeights(glorotWeights(widths, numpyRandom(options.seed))));
  return model;
}

function glorotWeights(widths: readonly number[], random: Random): tf.Tensor[] {
  return widths.slice(1).flatMap((units, i) => {
    const inputs = widths[i]!;
    const limit = Math.sqrt(6 / (inputs + units));
    const kernel = Float32Array.from(random.uniform(-limit, limit, inputs * units));
    return [tf.tensor2d(kernel, [inputs, units]), tf.zeros([units])];
  });
}

function check(options: MlpOptions): void {
  needOptions('createMlp', options);
  const { inputs, hidden, outputs, activation, outputActivation, seed } = options;
  checkSeed('createMlp', seed);
  need(isSize(inputs), 'createMlp needs a whole number of inputs of at least 1', inputs);
  need(Array.isArray(hidden), 'createMlp needs a list of hidden sizes', hidden, TypeError);
  need(hidden.every(isSize), 'createMlp needs whole hidden sizes of at least 1', hidden);
  need(isSize(outputs), 'createMlp needs a whole number of outputs of at least 1', outputs);
  const known = ACTIVATIONS.join(', ');
  need(ACTIVATIONS.includes(activation), `createMlp needs an activation of ${known}`, activation);
  need(ACTIVATIONS.includes(outputActivation), `createMlp needs an outputActivation of ${known}`, outputActivation);
  need(outputActivation !== 'softmax' || outputs > 1, 'createMlp needs at least 2 outputs for softmax', outputs);
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
