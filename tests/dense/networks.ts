import type { Random } from 'netlens';
import { type DenseActivation, type DenseStack, denseStack } from 'netlens/dense';
import { KINDS } from '../../lib/dense/activation.js';

/** Every activation that may stand in a hidden layer. */
export const HIDDEN = KINDS;

/** A network with random weights: `sizes` from the inputs to the outputs, one activation for each layer. */
export function randomStack(
  random: Random,
  sizes: readonly number[],
  activations: readonly DenseActivation[],
): DenseStack {
  const layers = activations.map((activation, q) => {
    const [inputs, outputs] = [sizes[q]!, sizes[q + 1]!];
    return {
      weights: random.normal(0, 1 / Math.sqrt(inputs), inputs * outputs),
      biases: random.normal(0, 0.3, outputs),
      activation,
    };
  });
  return denseStack(sizes[0]!, layers);
}

const FUNCTIONS: Readonly<Record<DenseActivation, (z: number, alpha: number) => number>> = {
  linear: (z) => z,
  relu: (z) => Math.max(z, 0),
  relu6: (z) => Math.min(Math.max(z, 0), 6),
  leakyRelu: (z, alpha) => (z > 0 ? z : alpha * z),
  hardSigmoid: (z) => Math.min(Math.max(0.2 * z + 0.5, 0), 1),
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  softplus: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  elu: (z, alpha) => (z > 0 ? z : alpha * Math.expm1(z)),
  selu: (z) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z)),
  exp: Math.exp,
  softsign: (z) => z / (1 + Math.abs(z)),
  swish: (z, alpha) => z / (1 + Math.exp(-alpha * z)),
  gelu: (z) => z * normalDistribution(z),
  mish: (z) => z * Math.tanh(Math.log1p(Math.exp(z))),
  softmax: () => Number.NaN,
};

/** Φ by its series about 0; beyond 8 it is 0 or 1 to sixteen digits. */
function normalDistribution(z: number): number {
  if (!(Math.abs(z) < 8)) return z > 0 ? 1 : 0;
  let sum = 0;
  let term = z;
  for (let n = 1; Math.abs(term) > 1e-20; n++) {
    sum += term;
    term *= (z * z) / (2 * n + 1);
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Every layer's z at a row, and the outputs, as it stands in books. */
export function slowly(
  stack: DenseStack,
  row: ArrayLike<number>,
): { z: readonly number[][]; outputs: readonly number[] } {
  let a = Array.from(row);
  const z = stack.layers.map(({ weights, biases, activation, alpha = 0 }) => {
    const sums = Array.from(biases, (bias, o) =>
      a.reduce((sum, value, i) => sum + weights[o * a.length + i]! * value, bias),
    );
    const total = sums.reduce((sum, value) => sum + Math.exp(value), 0);
    a = sums.map((value) => (activation === 'softmax' ? Math.exp(value) / total : FUNCTIONS[activation](value, alpha)));
    return sums;
  });
  return { z, outputs: a };
}

const KINKS: Partial<Record<DenseActivation, readonly number[]>> = {
  relu: [0],
  relu6: [0, 6],
  leakyRelu: [0],
  hardSigmoid: [-2.5, 2.5],
  elu: [0],
  selu: [0],
  softsign: [0],
};

/** Whether a unit is so near a kink that differences would cross it. */
export function nearKink(stack: DenseStack, row: ArrayLike<number>, distance: number): boolean {
  return slowly(stack, row).z.some((sums, q) =>
    KINKS[stack.layers[q]!.activation]?.some((kink) => sums.some((sum) => Math.abs(sum - kink) < distance)),
  );
}

/**
 * The derivative of a function of rows with respect to each input, by central differences with the next two error terms taken
 * off: [row][result][input], for f that gives [row][result]. `doubts` is what taking off the last one changed.
 */
export function differences(
  f: (x: Float64Array) => Float64Array,
  x: Float64Array,
  inputs: number,
): { readonly values: Float64Array; readonly doubts: Float64Array } {
  const h = 2e-3;
  const width = f(x).length / (x.length / inputs);
  const values = new Float64Array(x.length * width);
  const doubts = values.slice();
  for (let i = 0; i < inputs; i++) {
    const moved = (step: number): Float64Array => f(x.map((value, n) => (n % inputs === i ? value + step : value)));
    const central = (step: number): Float64Array => {
      const [up, down] = [moved(step), moved(-step)];
      return up.map((value, n) => (value - down[n]!) / (2 * step));
    };
    const [wide, narrow, narrowest] = [central(h), central(h / 2), central(h / 4)];
    narrow.forEach((value, n) => {
      const before = (4 * value - wide[n]!) / 3;
      const after = (4 * narrowest[n]! - value) / 3;
      const place = n * inputs + i;
      values[place] = (16 * after - before) / 15;
      doubts[place] = Math.abs(values[place]! - after);
    });
  }
  return { values, doubts };
}

/** The largest difference between two arrays of the same length; NaN if there is one. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.NaN;
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
