import { pairs, triples } from '../packing.js';
import { deepLogits } from './deep.js';
import { placeZeros } from './folded.js';
import type { Pass } from './forward.js';
import type { Derivatives, Logits } from './logit-derivatives.js';
import { shallowLogits } from './shallow.js';

/** The most numbers that products of weights may take. */
const PRODUCTS = 2 ** 20;

/**
 * The way that suits a network, whatever the batch and the outputs that are asked for: by one product with one hidden layer,
 * step by step with several; with products of weights as long as they are not too many.
 */
export function prepareLogits(pass: Pass, outputs: readonly number[]): Logits {
  const { network, order } = pass;
  const { layers, stack } = network;
  if (layers.length === 1) return straightLogits(pass);
  const folds = stack.outputs * stack.layers.at(-2)!.weights.length <= PRODUCTS;
  const products = order < 2 ? 0 : layers[0]!.outputs * (order < 3 ? pairs : triples)(stack.inputs);
  if (layers.length === 2 && folds && stack.outputs * products <= PRODUCTS) return shallowLogits(pass, outputs);
  return deepLogits(pass, { outputs: folds ? outputs : [], small: products <= PRODUCTS });
}

/** Without a hidden layer the derivatives are the weights. */
function straightLogits(pass: Pass): Logits {
  const { network, rows, order } = pass;
  const { engine, head, stack } = network;
  const { inputs } = stack;
  const zeros = placeZeros(pass);
  return {
    share() {},
    derive(o, { g, h, t }) {
      engine.kernels.fill(g, head.weights + o * (inputs + 1) * engine.memory.size, inputs, rows);
      if (order > 1) engine.kernels.fill(h, zeros, pairs(inputs), rows);
      if (order > 2) engine.kernels.fill(t, zeros, triples(inputs), rows);
    },
  };
}

/** Derivatives of an output's z, as the last activation takes them. */
export interface ReducedLogits {
  share(): void;
  derive(o: number): Derivatives;
}

/** Room for the derivatives of some outputs. */
export function roomFor({ network, rows, order }: Pass, outputs: number): Derivatives {
  const { memory } = network.engine;
  const { inputs } = network.stack;
  const room = (width: number): number => memory.reserve(outputs * width * rows);
  return {
    g: room(inputs),
    h: order > 1 ? room(pairs(inputs)) : 0,
    t: order > 2 ? room(triples(inputs)) : 0,
  };
}
