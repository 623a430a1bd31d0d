import { collectedShares } from './collected-shares.js';
import { deepLogits } from './deep.js';
import type { Pass } from './forward.js';
import { roomFor } from './logits.js';
import { neededOutputs, reducedLogits } from './reduced-logits.js';
import type { WriteBlock } from './results.js';
import { rowCurvature } from './row-curvature.js';
import { wayOf } from './way.js';

/** First and second derivatives of one output with many inputs: block by block on the way back, row by row from there. */
export function wideDerivatives(pass: Pass, [output]: readonly number[]): WriteBlock {
  const { network, rows, head } = pass;
  const { kernels, memory } = network.engine;
  const { inputs, outputs } = network.stack;
  const highest = network.layers.slice(0, -1).findLastIndex(({ curved }) => curved);
  const collected = collectedShares(pass, highest);
  const folded = wayOf(pass).folds ? neededOutputs(pass, [output!]) : [];
  const own = { ...roomFor(pass, 1, 1), order: 2 } as const;
  const reduced = reducedLogits(pass, deepLogits(pass, { outputs: folded, shares: collected.shares }), own);
  const curvature = rowCurvature(network, { highest, subtracts: reduced.centred > 0 });
  const list = (width: number): number => memory.reserve(width * rows);
  const lists = { g: list(inputs), centred: list(outputs * inputs), shares: list(outputs) };
  const { size } = memory;
  return (count, { jacobians, hessians }) => {
    reduced.share(count);
    reduced.derive(output!);
    const [d1, d2] = [head.d1 + output! * rows * size, head.d2 + output! * rows * size];
    if (jacobians) kernels.headFirst(jacobians, inputs, own.g, d1, inputs, count, rows);
    kernels.toRows(lists.g, own.g, count, inputs, rows);
    if (reduced.centred) {
      kernels.toRows(lists.centred, reduced.centred, count, outputs * inputs, rows);
      kernels.toRows(lists.shares, head.values, count, outputs, rows);
    }
    const m = memory.all();
    for (let r = 0; r < count; r++) {
      curvature.compute(collected.slopes(r), collected.curvatures(r));
      if (reduced.centred)
        curvature.subtract(lists.centred + r * outputs * inputs * size, lists.shares + r * outputs * size);
      curvature.write(hessians + r * inputs ** 2 * size, {
        d1: m[d1 / size + r]!,
        d2: m[d2 / size + r]!,
        g: lists.g + r * inputs * size,
      });
    }
  };
}
