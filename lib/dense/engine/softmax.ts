import { pairs, triples } from '../packing.js';
import type { Pass } from './forward.js';
import type { Derivatives, Logits, OrderedDerivatives, ReducedLogits } from './logit-derivatives.js';
import { roomFor } from './logits.js';
import { placeNumbers } from './network.js';

/**
 * Derivatives of z_o - log Σ e^z. The first ones are moments of those of all outputs' z. So are the higher ones, but the part of
 * the second ones that is linear in them, Σ_k p_k (h_o - h_k), is that of one mixture of outputs: only third orders need every h_k.
 */
export function softmaxLogits(pass: Pass, logits: Logits, own: OrderedDerivatives): ReducedLogits {
  const { network, rows, order } = pass;
  const { memory } = network.engine;
  const { inputs, outputs } = network.stack;
  const every = Array.from({ length: outputs }, (_, o) => o);
  const ofEach = order === 2 ? 1 : order;
  const all = roomFor(pass, outputs, ofEach);
  const centred = order > 1 ? memory.reserve(outputs * inputs * rows) : 0;
  const mixture = order > 1 ? prepareMixture(pass, logits) : () => undefined;
  const block = rows * memory.size;
  const { g, h, t } = all;
  return {
    share(count) {
      logits.share(count);
      for (const o of every) {
        const [second, third] = [o * pairs(inputs) * block, o * triples(inputs) * block];
        logits.derive(o, { order: ofEach, g: g + o * inputs * block, h: h + second, t: t + third });
      }
    },
    derive: (o) => reduceTo(own, o, { pass, all, centred, mixture }),
    centred,
  };
}

interface Softmax {
  readonly pass: Pass;
  /** The derivatives of every output's z. */
  readonly all: Derivatives;
  /** Room for the centred first derivatives of every output. */
  readonly centred: number;
  /** Σ_k p_k (h_o - h_k). */
  readonly mixture: (o: number, into: Derivatives) => void;
}

function prepareMixture({ network, rows, head }: Pass, logits: Logits): Softmax['mixture'] {
  const { engine, stack } = network;
  const { weights } = stack.layers.at(-1)!;
  const units = weights.length / stack.outputs;
  const [all, mixed] = [engine.memory.reserve(weights.length * rows), engine.memory.reserve(units * rows)];
  const placed = placeNumbers(engine, weights);
  engine.kernels.fill(all, placed, weights.length, rows);
  return (o, into) => {
    engine.kernels.reduce(mixed, all, head.values, o, stack.outputs, units, rows);
    logits.mix(mixed, into);
  };
}

function reduceTo(own: Derivatives, o: number, { pass, all, centred, mixture }: Softmax): void {
  const { network, rows, order, head } = pass;
  const { reduce, centre, reduceSecond, reduceThird } = network.engine.kernels;
  const { inputs, outputs } = network.stack;
  const p = head.values;
  reduce(own.g, all.g, p, o, outputs, inputs, rows);
  if (order < 2) return;
  mixture(o, { g: centred, h: own.h, t: 0 });
  centre(centred, own.g, all.g, o, outputs, inputs, rows);
  if (own.h) reduceSecond(own.h, centred, p, outputs, inputs, rows);
  if (order < 3) return;
  reduce(own.t, all.t, p, o, outputs, triples(inputs), rows);
  reduceThird(own.t, centred, all.h, p, o, outputs, inputs, rows);
}
