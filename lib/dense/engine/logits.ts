import { pairs, triples } from '../packing.js';
import { deepLogits } from './deep.js';
import type { Pass } from './forward.js';
import { placeNumbers } from './network.js';
import { shallowLogits } from './shallow.js';

/** Where the first, second and third derivatives of an output's z with respect to the inputs go, the latter two packed. */
export interface Derivatives {
  readonly g: number;
  readonly h: number;
  readonly t: number;
}

/** Computes the derivatives of the outputs' z, the activation of the last layer not yet applied. */
export interface Logits {
  /** What all outputs share; once for a block, after the pass forward. */
  share(): void;
  /** The derivatives of one output, up to the order of the pass. */
  derive(o: number, into: Derivatives): void;
}

/** The most numbers that products of weights may take. */
const PRODUCTS = 2 ** 18;

/** The way that suits a network, whatever the batch: by one product with one hidden layer, step by step with several. */
export function prepareLogits(pass: Pass, outputs: readonly number[]): Logits {
  const { network, order } = pass;
  const { layers, stack } = network;
  if (layers.length === 1) return straightLogits(pass);
  const products = order < 3 ? pairs(stack.inputs) : triples(stack.inputs);
  const small = order < 2 || products * layers[0]!.outputs <= PRODUCTS;
  return layers.length === 2 && small ? shallowLogits(pass, outputs) : deepLogits(pass, { outputs, small });
}

/** Without a hidden layer the derivatives are the weights. */
function straightLogits({ network, rows, order }: Pass): Logits {
  const { engine, head, stack } = network;
  const { inputs } = stack;
  const zeros = placeNumbers(engine, order < 3 ? pairs(inputs) : triples(inputs), () => 0);
  return {
    share() {},
    derive(o, { g, h, t }) {
      engine.kernels.fill(g, head.weights + o * (inputs + 1) * engine.memory.size, inputs, rows);
      if (order > 1) engine.kernels.fill(h, zeros, pairs(inputs), rows);
      if (order > 2) engine.kernels.fill(t, zeros, triples(inputs), rows);
    },
  };
}
