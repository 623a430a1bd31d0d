import type { Bundle } from '../plot/display.js';
import { htmlTable, textTable } from '../table.js';
import type { LayerConservation } from './layer-conservation.js';

const KEYS = ['in', 'out', 'bias', 'stabiliser', 'dropped', 'lost'] as const;
const heads = ['layer', 'rule', ...KEYS, 'smallest denominator', 'its share', 'suggested ε'];

/** A report as a table for a notebook, in the direction of the relevance, and as text for everywhere else. */
export function conservationBundle(report: readonly LayerConservation[]): Bundle {
  const rows = report.toReversed().map((layer) => {
    const [smallest] = layer.smallest;
    const amounts = KEYS.map((key) => text(layer[key]));
    const share = smallest ? `${text(100 * smallest.share)} %` : '–';
    const least = smallest ? text(smallest.denominator) : '–';
    return [String(layer.layer), layer.rule, ...amounts, least, share, text(layer.suggestedEpsilon)];
  });
  const caption = 'Relevance from the outputs to the inputs, mean over rows and outputs';
  return {
    'text/html': htmlTable({ caption, heads, rows }),
    'text/plain': `${caption}\n${textTable({ heads, rows })}`,
  };
}

function text(value: number): string {
  return String(Number(value.toPrecision(3)));
}
