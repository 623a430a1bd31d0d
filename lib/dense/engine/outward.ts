import { pairs, triples } from '../packing.js';
import type { Pass } from './forward.js';
import { type Derivatives, prepareLogits } from './logits.js';

/** Where the results of some rows go, row by row; 0 where they are not wanted. */
export interface RowResults {
  /** [row][output], all outputs. */
  readonly values: number;
  /** [row][chosen output][input]. */
  readonly jacobians: number;
  /** [row][input][input] of the first chosen output. */
  readonly hessians: number;
  /** [row][input][input][input] of the first chosen output. */
  readonly thirds: number;
}

/** Writes the results of `count` rows of a block; after the pass forward. */
export type WriteBlock = (count: number, results: RowResults) => void;

/** Derivatives of the chosen outputs: those of their z, then through the activation of the last layer. */
export function prepareDerivatives(pass: Pass, outputs: readonly number[]): WriteBlock {
  const { network, rows, head } = pass;
  const { kernels, memory } = network.engine;
  const { inputs } = network.stack;
  const reduced = reducedLogits(pass, outputs);
  const { headFirst, headSecond, headThird } = kernels;
  return (count, { jacobians, hessians, thirds }) => {
    reduced.share();
    for (let index = 0; index < outputs.length; index++) {
      const { g, h, t } = reduced.derive(outputs[index]!);
      const shift = outputs[index]! * rows * memory.size;
      const [d1, d2, d3] = [head.d1 + shift, head.d2 + shift, head.d3 + shift];
      const first = jacobians + index * inputs * memory.size;
      if (jacobians) headFirst(first, outputs.length * inputs, g, d1, inputs, count, rows);
      if (hessians) headSecond(hessians, g, h, d1, d2, inputs, count, rows);
      if (thirds) headThird(thirds, g, h, t, d1, d2, d3, inputs, count, rows);
    }
  };
}

interface ReducedLogits {
  share(): void;
  derive(o: number): Derivatives;
}

/** Derivatives of z; under a softmax, those of z - log Σ e^z, which need all outputs. */
function reducedLogits(pass: Pass, outputs: readonly number[]): ReducedLogits {
  const { network } = pass;
  if (network.head.kind >= 0) {
    const logits = prepareLogits(pass, outputs);
    const own = roomFor(pass, 1);
    return {
      share: logits.share,
      derive(o) {
        logits.derive(o, own);
        return own;
      },
    };
  }
  return softmaxLogits(pass);
}

function softmaxLogits(pass: Pass): ReducedLogits {
  const { network, rows, order, head } = pass;
  const { kernels, memory } = network.engine;
  const { inputs, outputs } = network.stack;
  const every = Array.from({ length: outputs }, (_, o) => o);
  const logits = prepareLogits(pass, every);
  const all = roomFor(pass, outputs);
  const own = roomFor(pass, 1);
  const centred = order > 1 ? memory.reserve(outputs * inputs * rows) : 0;
  const [second, third] = [pairs(inputs), triples(inputs)];
  const place = (start: number, o: number, width: number): number => start + o * width * rows * memory.size;
  return {
    share() {
      logits.share();
      for (const o of every)
        logits.derive(o, { g: place(all.g, o, inputs), h: place(all.h, o, second), t: place(all.t, o, third) });
    },
    derive(o) {
      const p = head.values;
      kernels.reduce(own.g, all.g, p, o, outputs, inputs, rows);
      if (order < 2) return own;
      kernels.centre(centred, own.g, all.g, o, outputs, inputs, rows);
      kernels.reduce(own.h, all.h, p, o, outputs, second, rows);
      kernels.reduceSecond(own.h, centred, p, outputs, inputs, rows);
      if (order < 3) return own;
      kernels.reduce(own.t, all.t, p, o, outputs, third, rows);
      kernels.reduceThird(own.t, centred, all.h, p, o, outputs, inputs, rows);
      return own;
    },
  };
}

/** Room for the derivatives of some outputs. */
function roomFor({ network, rows, order }: Pass, outputs: number): Derivatives {
  const { memory } = network.engine;
  const { inputs } = network.stack;
  const room = (width: number): number => memory.reserve(outputs * width * rows);
  return {
    g: room(inputs),
    h: order > 1 ? room(pairs(inputs)) : 0,
    t: order > 2 ? room(triples(inputs)) : 0,
  };
}
