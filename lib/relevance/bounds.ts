import type { RealArray } from '../dense/engine/memory.js';
import { need } from '../need.js';
import type { RuledLayer } from './layer.js';
import { boundOf } from './made-rule.js';

/** Throws a RangeError if inputs of a layer, row by row, are outside the bounds of its rule; `width` numbers make a row. */
export function checkBounds(
  { rule, inputs }: RuledLayer,
  index: number,
  { activations, width }: { readonly activations: RealArray; readonly width: number },
): void {
  const { bounds } = rule;
  if (!bounds) return;
  for (let start = 0; start < activations.length; start += width)
    for (let j = 0; j < inputs; j++) {
      const value = activations[start + j]!;
      const isInside = value >= boundOf(bounds.low, j) && value <= boundOf(bounds.high, j);
      const words = { words: `${value} as input ${j}` };
      need(isInside, `relevance needs inputs of layer ${index} within the bounds of the rule ${rule.name}`, words);
    }
}
