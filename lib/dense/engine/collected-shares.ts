import type { Pass } from './forward.js';
import { adjointsFor, type LayerShares } from './shares.js';

/** What the layers have to give for the second derivatives of single rows: f'_q and G_q f''_q, unit by unit. */
export interface CollectedShares {
  /** To be called on the way back; nothing is added yet. */
  readonly shares: LayerShares;
  /** Of a row, an address for each layer up to the highest that is curved. */
  slopes(row: number): readonly number[];
  curvatures(row: number): readonly number[];
}

export function collectedShares(pass: Pass, highest: number): CollectedShares {
  const { network, rows, layers } = pass;
  const { kernels, memory } = network.engine;
  const used = network.layers.slice(0, highest + 1);
  const lists = (): readonly number[] => used.map(({ outputs }) => memory.reserve(outputs * rows));
  const [slopes, curvatures] = [lists(), lists()];
  const weighted = memory.reserve(Math.max(...used.map(({ outputs }) => outputs)) * rows);
  const adjoints = adjointsFor(pass);
  const ofRow = (listed: readonly number[], row: number): readonly number[] =>
    listed.map((address, q) => address + row * used[q]!.outputs * memory.size);
  let live = rows;
  const shares: LayerShares = {
    adjoints,
    prepare(count) {
      live = count;
      used.forEach(({ outputs: units }, q) => {
        kernels.toRows(slopes[q]!, layers[q]!.d1, live, units, rows);
      });
    },
    begin() {},
    wants: (q, { order }) => order > 1 && network.layers[q]!.curved,
    share(q) {
      const { outputs: units } = used[q]!;
      kernels.scaleRows(weighted, adjoints[q]!, layers[q]!.d2, units, 1, rows);
      kernels.toRows(curvatures[q]!, weighted, live, units, rows);
    },
  };
  return { shares, slopes: (row) => ofRow(slopes, row), curvatures: (row) => ofRow(curvatures, row) };
}
