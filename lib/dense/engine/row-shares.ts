import type { Pass } from './forward.js';
import { rowCurvature } from './row-curvature.js';
import type { LayerShares } from './shares.js';

/** Row by row, for second derivatives where at least one layer is curved: collected on the way back, used at its end. */
export function rowShares({ network, rows, layers }: Pass, adjoints: readonly number[]): LayerShares {
  const { kernels, memory } = network.engine;
  const hidden = network.layers.slice(0, -1);
  const highest = hidden.findLastIndex(({ curved }) => curved);
  const used = hidden.slice(0, highest + 1);
  const lists = (): readonly number[] => used.map(({ outputs }) => memory.reserve(outputs * rows));
  const [slopes, curvatures] = [lists(), lists()];
  const weighted = memory.reserve(Math.max(...used.map(({ outputs }) => outputs)) * rows);
  const curvature = rowCurvature(network, highest);
  const ofRow = (r: number, listed: readonly number[]): readonly number[] =>
    listed.map((address, q) => address + r * used[q]!.outputs * memory.size);
  let live = rows;
  return {
    prepare(count) {
      live = count;
      used.forEach(({ outputs: units }, q) => {
        kernels.toRows(slopes[q]!, layers[q]!.d1, live, units, rows);
      });
    },
    begin() {},
    wants: (q, { order }) => order > 1 && hidden[q]!.curved,
    share(q) {
      const { outputs: units } = used[q]!;
      kernels.scaleRows(weighted, adjoints[q]!, layers[q]!.d2, units, 1, rows);
      kernels.toRows(curvatures[q]!, weighted, live, units, rows);
    },
    end({ h, order }) {
      if (order < 2) return;
      for (let r = 0; r < live; r++) {
        curvature.compute(ofRow(r, slopes), ofRow(r, curvatures));
        curvature.unpack(h + r * memory.size, rows);
      }
    },
  };
}
