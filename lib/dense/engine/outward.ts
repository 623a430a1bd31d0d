import type { Pass } from './forward.js';
import { prepareLogits, type ReducedLogits, roomFor } from './logits.js';
import { softmaxLogits } from './softmax.js';

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
    reduced.share(count);
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

/** Derivatives of z; under a softmax, those of z - log Σ e^z, which need all outputs. */
function reducedLogits(pass: Pass, outputs: readonly number[]): ReducedLogits {
  const { network } = pass;
  if (network.head.kind >= 0) {
    const logits = prepareLogits(pass, outputs);
    const own = roomFor(pass, 1, pass.order);
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
