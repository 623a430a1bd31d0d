import type { Pass } from './forward.js';
import { prepareLogits, roomFor } from './logits.js';
import { neededOutputs, reducedLogits } from './reduced-logits.js';
import type { WriteBlock } from './results.js';
import { wayOf } from './way.js';
import { wideDerivatives } from './wide.js';

/** Derivatives of the chosen outputs: those of their z, then through the activation of the last layer. */
export function prepareDerivatives(pass: Pass, outputs: readonly number[]): WriteBlock {
  if (wayOf(pass).way === 'wide') return wideDerivatives(pass, outputs);
  const { network, rows, head, order } = pass;
  const { kernels, memory } = network.engine;
  const { inputs } = network.stack;
  const own = roomFor(pass, 1, order);
  const reduced = reducedLogits(pass, prepareLogits(pass, neededOutputs(pass, outputs)), own);
  const { headFirst, headSecond, headThird } = kernels;
  return (count, { jacobians, hessians, thirds }) => {
    const { g, h, t } = own;
    reduced.share(count);
    for (let index = 0; index < outputs.length; index++) {
      reduced.derive(outputs[index]!);
      const shift = outputs[index]! * rows * memory.size;
      const [d1, d2, d3] = [head.d1 + shift, head.d2 + shift, head.d3 + shift];
      const first = jacobians + index * inputs * memory.size;
      if (jacobians) headFirst(first, outputs.length * inputs, g, d1, inputs, count, rows);
      if (hessians) headSecond(hessians, g, h, d1, d2, inputs, count, rows);
      if (thirds) headThird(thirds, g, h, t, d1, d2, d3, inputs, count, rows);
    }
  };
}
