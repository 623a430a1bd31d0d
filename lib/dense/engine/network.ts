import { isPiecewiseLinear, KINDS } from '../activation.js';
import type { DenseLayer, DenseStack } from '../stack.js';
import type { Engine } from './kernels.js';

/** A layer whose weights stand in the memory of an engine, the bias behind each row: [outputs][inputs + 1]. */
interface NetworkLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  /** The number of the activation; softmax has none, -1. */
  readonly kind: number;
  readonly alpha: number;
  /** Whether the activation has second derivatives. */
  readonly curved: boolean;
}

/** A stack in the memory of an engine, for the time of one call. */
export interface Network {
  readonly engine: Engine;
  readonly stack: DenseStack;
  readonly layers: readonly NetworkLayer[];
  readonly head: NetworkLayer;
}

/** Puts the weights of a stack into the memory of an engine. */
export function placeNetwork(engine: Engine, stack: DenseStack): Network {
  const layers = stack.layers.map((layer) => placeLayer(engine, layer));
  return { engine, stack, layers, head: layers.at(-1)! };
}

function placeLayer({ memory }: Engine, layer: DenseLayer): NetworkLayer {
  const { weights, biases, activation, alpha = 0 } = layer;
  const outputs = biases.length;
  const inputs = weights.length / outputs;
  const stride = inputs + 1;
  const address = memory.reserve(outputs * stride);
  const placed = memory.view(address, outputs * stride);
  for (let o = 0; o < outputs; o++) {
    placed.set(weights.subarray(o * inputs, (o + 1) * inputs), o * stride);
    placed[o * stride + inputs] = biases[o]!;
  }
  const kind = activation === 'softmax' ? -1 : KINDS.indexOf(activation);
  return { inputs, outputs, weights: address, kind, alpha, curved: !isPiecewiseLinear(activation) };
}

/** The address of a matrix or list of numbers. */
export function placeNumbers({ memory }: Engine, numbers: Float64Array): number {
  const address = memory.reserve(numbers.length);
  memory.view(address, numbers.length).set(numbers);
  return address;
}
