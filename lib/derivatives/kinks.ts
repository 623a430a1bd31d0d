import type { DenseActivation } from '../dense/activation.js';
import { predict } from '../dense/predict.js';
import { type DenseLayer, type DenseStack, denseStack } from '../dense/stack.js';

// Where z has a kink.
const KINKS: Readonly<Partial<Record<DenseActivation, readonly number[]>>> = {
  relu: [0],
  relu6: [0, 6],
  leakyRelu: [0],
  hardSigmoid: [-2.5, 2.5],
  elu: [0],
  selu: [0],
};

const POINTS_AT_ONCE = 8192;

/** For every row of x and input, 1 where a unit of the network has a kink between x − h and x + h; shape [rows, in]. */
export function kinksWithin(stack: DenseStack, x: Float32Array, steps: readonly number[]): Uint8Array {
  const crossed = new Uint8Array(x.length);
  const length = stack.inputs * Math.max(1, Math.floor(POINTS_AT_ONCE / stack.inputs));
  for (let start = 0; start < x.length; start += length) {
    const rows = x.subarray(start, start + length);
    crossed.set(kinksBetween(stack, moved(rows, steps, -1), moved(rows, steps, 1)), start);
  }
  return crossed;
}

// Every row once for each input, which is moved by its step.
function moved(rows: Float32Array, steps: readonly number[], sign: number): Float64Array {
  const inputs = steps.length;
  return new Float64Array(rows.length * inputs).map((_, i) => {
    const [point, input] = [Math.floor(i / inputs), i % inputs];
    const value = rows[Math.floor(point / inputs) * inputs + input]!;
    return input === point % inputs ? value + sign * steps[input]! : value;
  });
}

// For every pair of points, whether a unit of the network has a kink between them.
function kinksBetween(stack: DenseStack, below: Float64Array, above: Float64Array): Uint8Array {
  const crossed = new Uint8Array(below.length / stack.inputs);
  for (const [index, layer] of stack.layers.entries()) {
    const kinks = kinksOf(layer);
    if (kinks.length === 0) continue;
    const [low, high] = [below, above].map((x) => predict(upTo(stack, index), x)) as [Float64Array, Float64Array];
    const units = low.length / crossed.length;
    for (let i = 0; i < low.length; i++)
      if (kinks.some((kink) => low[i]! > kink !== high[i]! > kink)) crossed[Math.floor(i / units)] = 1;
  }
  return crossed;
}

/** Where a layer's activation has kinks. */
export function kinksOf({ activation, alpha }: DenseLayer): readonly number[] {
  const isSmooth = activation === 'elu' && alpha === 1;
  return isSmooth ? [] : (KINKS[activation] ?? []);
}

/** The network that gives a layer's z. */
export function upTo({ inputs, layers }: DenseStack, index: number): DenseStack {
  const { weights, biases } = layers[index]!;
  return denseStack(inputs, [...layers.slice(0, index), { weights, biases }]);
}
