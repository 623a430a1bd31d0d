import { type Displayable, jupyterDisplay } from '../plot/display.js';
import type { LayerAccount } from './account.js';
import { conservationBundle } from './conservation-table.js';
import type { RuledLayer } from './layer.js';
import type { LayerConservation } from './layer-conservation.js';

/** What became of relevance, layer by layer from the inputs; in a notebook it shows itself as a table. */
export type Conservation = readonly LayerConservation[] & Displayable;

/** The report on layers and their books. */
export function conservationOf(
  layers: readonly RuledLayer[],
  accounts: readonly LayerAccount[],
  samples: number,
): Conservation {
  const report = accounts.map(({ totals, denominators }, layer) => {
    const { rule } = layers[layer]!;
    const mean = (total: number): number => total / samples;
    return Object.freeze({
      layer,
      rule: rule.name,
      in: mean(totals.in),
      out: mean(totals.out),
      bias: mean(totals.bias),
      stabiliser: mean(totals.stabiliser),
      dropped: mean(totals.dropped),
      lost: mean(totals.lost),
      smallest: denominators.smallest(),
      suggestedEpsilon: rule.looksAtInputs ? Number(denominators.lowSize().toPrecision(2)) : 0,
    });
  });
  const shown: Displayable = { [jupyterDisplay]: () => conservationBundle(report) };
  return Object.freeze(Object.assign(report, shown));
}
