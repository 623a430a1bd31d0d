import { pairs, triples } from '../packing.js';
import { deepLogits } from './deep.js';
import { placeZeros } from './folded.js';
import type { Order, Pass } from './forward.js';
import { areMixed, type Derivatives, type Logits, type OrderedDerivatives } from './logit-derivatives.js';
import { shallowLogits } from './shallow.js';

/** The most numbers that products of weights may take. */
const PRODUCTS = 2 ** 20;
/** The same where second derivatives go row by row without them, and this is as fast for many rows and faster for few. */
const FEW_PRODUCTS = 2 ** 18;

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
  const copies = order < 3 && areMixed(pass) ? 1 : stack.outputs;
  if (layers.length === 2 && folds && copies * products <= PRODUCTS) return shallowLogits(pass, outputs);
  return deepLogits(pass, {
    outputs: folds ? outputs : [],
    small: products <= (order === 2 ? FEW_PRODUCTS : PRODUCTS),
  });
}

/** Without a hidden layer the derivatives are the weights. */
function straightLogits(pass: Pass): Logits {
  const { network, rows } = pass;
  const { engine, head, stack } = network;
  const { inputs } = stack;
  const zeros = placeZeros(pass);
  return {
    share() {},
    derive(o, { g, h, t, order }) {
      engine.kernels.fill(g, head.weights + o * (inputs + 1) * engine.memory.size, inputs, rows);
      if (order > 1) engine.kernels.fill(h, zeros, pairs(inputs), rows);
      if (order > 2) engine.kernels.fill(t, zeros, triples(inputs), rows);
    },
    mix(_, { h }) {
      engine.kernels.fill(h, zeros, pairs(inputs), rows);
    },
  };
}

/** Derivatives of an output's z, as the last activation takes them. */
export interface ReducedLogits {
  share(count: number): void;
  derive(o: number): Derivatives;
}

/** Room for the derivatives of some outputs up to an order. */
export function roomFor({ network, rows }: Pass, outputs: number, order: Order): OrderedDerivatives {
  const { memory } = network.engine;
  const { inputs } = network.stack;
  const room = (width: number): number => memory.reserve(outputs * width * rows);
  return {
    order,
    g: room(inputs),
    h: order > 1 ? room(pairs(inputs)) : 0,
    t: order > 2 ? room(triples(inputs)) : 0,
  };
}
