import { pairs, triples } from '../packing.js';
import type { Pass } from './forward.js';
import { areMixed } from './logit-derivatives.js';

/** The most numbers that products of weights may take. */
const PRODUCTS = 2 ** 20;
/** The same where it can go row by row without them, as fast for many rows then and faster for few. */
const FEW_PRODUCTS = 2 ** 18;

interface Way {
  /**
   * Without a hidden layer; by one product with one; step by step through several or wide ones; with many inputs, second
   * derivatives row by row.
   */
  readonly way: 'straight' | 'shallow' | 'deep' | 'wide';
  /** Whether an output's weights are folded into those below. */
  readonly folds: boolean;
  /** Whether products of the first layer's weights are few enough to be kept. */
  readonly keepsProducts: boolean;
}

/** The way that suits a network, whatever the batch and the outputs that are asked for. */
export function wayOf(pass: Pass): Way {
  const { network, order } = pass;
  const { layers, stack } = network;
  if (layers.length === 1) return { way: 'straight', folds: false, keepsProducts: false };
  const folds = stack.outputs * stack.layers.at(-2)!.weights.length <= PRODUCTS;
  const products = order < 2 ? 0 : layers[0]!.outputs * (order < 3 ? pairs : triples)(stack.inputs);
  const copies = order < 3 && areMixed(pass) ? 1 : stack.outputs;
  const keepsProducts = products <= (order === 2 ? FEW_PRODUCTS : PRODUCTS);
  if (layers.length === 2 && folds && copies * products <= PRODUCTS) return { way: 'shallow', folds, keepsProducts };
  const isCurved = layers.slice(0, -1).some(({ curved }) => curved);
  return { way: order === 2 && !keepsProducts && isCurved ? 'wide' : 'deep', folds, keepsProducts };
}
