import type { Bundle } from '../plot/display.js';
import { htmlTable, textTable } from '../table.js';
import type { LayerRule } from './layer-rule.js';

const heads = ['layer', 'inputs', 'units', 'activation', 'rule'];

/** The rules of a network as a table for a notebook, and as text for everywhere else. */
export function compositeBundle(layers: readonly LayerRule[]): Bundle {
  const rows = layers.map(({ layer, inputs, units, activation, rule }) => [
    String(layer),
    String(inputs),
    String(units),
    activation,
    rule.name,
  ]);
  const caption = 'Rules, from the inputs to the outputs';
  return {
    'text/html': htmlTable({ caption, heads, rows }),
    'text/plain': `${caption}\n${textTable({ heads, rows })}`,
  };
}
