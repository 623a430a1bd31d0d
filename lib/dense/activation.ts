/** Activations with a kernel, in the order of their numbers there (lib/dense/assembly/activation.ts). */
export const KINDS = [
  'linear',
  'relu',
  'relu6',
  'leakyRelu',
  'hardSigmoid',
  'tanh',
  'sigmoid',
  'softplus',
  'elu',
  'selu',
  'exp',
  'softsign',
  'swish',
  'gelu',
  'mish',
] as const;

/**
 * An activation function of a {@link DenseLayer}, as TensorFlow.js defines it; `exp` is e^z. With a parameter α: `leakyRelu`
 * (α z below 0), `elu` (α (e^z − 1) below 0), `swish` (z · sigmoid(α z)). `softmax` may only stand in the last layer.
 *
 * At a kink the derivative is the one that TensorFlow.js takes, and higher ones are 0.
 */
export type DenseActivation = (typeof KINDS)[number] | 'softmax';

/** What α is where it is not given. */
const ALPHAS: ReadonlyMap<DenseActivation, number> = new Map([
  ['leakyRelu', 0.3],
  ['elu', 1],
  ['swish', 1],
]);

/** Whether there is such an activation. */
export function isActivation(name: string): name is DenseActivation {
  return name === 'softmax' || (KINDS as readonly string[]).includes(name);
}

/** The usual α of an activation; undefined if it has none. */
export function usualAlpha(activation: DenseActivation): number | undefined {
  return ALPHAS.get(activation);
}

/** Whether second and third derivatives are 0 wherever they exist. */
export function isPiecewiseLinear(activation: DenseActivation): boolean {
  return activation !== 'softmax' && KINDS.indexOf(activation) < KINDS.indexOf('tanh');
}
