import { pairs, triples } from '../packing.js';
import { deepLogits } from './deep.js';
import { placeZeros } from './folded.js';
import type { Order, Pass } from './forward.js';
import type { Logits, OrderedDerivatives } from './logit-derivatives.js';
import { shallowLogits } from './shallow.js';
import { layerShares } from './shares.js';
import { wayOf } from './way.js';

/** By the way that suits the network; one that goes row by row does not come here. */
export function prepareLogits(pass: Pass, outputs: readonly number[]): Logits {
  const { way, folds, keepsProducts } = wayOf(pass);
  if (way === 'straight') return straightLogits(pass);
  if (way === 'shallow') return shallowLogits(pass, outputs);
  return deepLogits(pass, { outputs: folds ? outputs : [], shares: layerShares(pass, keepsProducts) });
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
