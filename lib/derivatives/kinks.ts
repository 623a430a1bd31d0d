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

/** For every pair of points, whether a unit of the network has a kink between them. */
export function kinksBetween(stack: DenseStack, below: Float64Array, above: Float64Array): Uint8Array {
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
