import { pairs, triples } from '../packing.js';
import type { Pass } from './forward.js';
import type { Derivatives } from './logit-derivatives.js';
import { prepareLogits, type ReducedLogits, roomFor } from './logits.js';

/** Derivatives of z_o - log Σ e^z, from those of all outputs' z. */
export function softmaxLogits(pass: Pass): ReducedLogits {
  const { network, rows, order } = pass;
  const { memory } = network.engine;
  const { inputs, outputs } = network.stack;
  const every = Array.from({ length: outputs }, (_, o) => o);
  const logits = prepareLogits(pass, every);
  const all = roomFor(pass, outputs);
  const own = roomFor(pass, 1);
  const centred = order > 1 ? memory.reserve(outputs * inputs * rows) : 0;
  const block = rows * memory.size;
  const { g, h, t } = all;
  return {
    share() {
      logits.share();
      for (const o of every) {
        const [second, third] = [o * pairs(inputs) * block, o * triples(inputs) * block];
        logits.derive(o, { g: g + o * inputs * block, h: h + second, t: t + third });
      }
    },
    derive(o) {
      reduceTo(own, o, { pass, all, centred });
      return own;
    },
  };
}

interface Softmax {
  readonly pass: Pass;
  /** The derivatives of every output's z. */
  readonly all: Derivatives;
  /** Room for the centred first derivatives of every output. */
  readonly centred: number;
}

function reduceTo(own: Derivatives, o: number, { pass, all, centred }: Softmax): void {
  const { network, rows, order, head } = pass;
  const { reduce, centre, reduceSecond, reduceThird } = network.engine.kernels;
  const { inputs, outputs } = network.stack;
  const p = head.values;
  reduce(own.g, all.g, p, o, outputs, inputs, rows);
  if (order < 2) return;
  centre(centred, own.g, all.g, o, outputs, inputs, rows);
  reduce(own.h, all.h, p, o, outputs, pairs(inputs), rows);
  reduceSecond(own.h, centred, p, outputs, inputs, rows);
  if (order < 3) return;
  reduce(own.t, all.t, p, o, outputs, triples(inputs), rows);
  reduceThird(own.t, centred, all.h, p, o, outputs, inputs, rows);
}
