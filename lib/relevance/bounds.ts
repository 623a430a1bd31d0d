import { need } from '../need.js';
import type { RuledLayer } from './layer.js';
import { boundOf } from './rules/z-box.js';

/** Throws a RangeError if inputs [rows, inputs] of a layer are outside the bounds of its rule. */
export function checkBounds({ rule, inputs }: RuledLayer, index: number, activations: Float64Array): void {
  const { bounds } = rule;
  if (!bounds) return;
  const inside = (value: number, j: number): boolean =>
    value >= boundOf(bounds.low, j) && value <= boundOf(bounds.high, j);
  const bad = activations.findIndex((value, place) => !inside(value, place % inputs));
  const words = { words: `${activations[bad]} as input ${bad % inputs}` };
  need(bad < 0, `relevance needs inputs of layer ${index} within the bounds of the rule ${rule.name}`, words);
}
