import { need } from '../../need.js';
import { boundOf, madeRule, negative, only, positive, same, WHOLE, zero } from '../made-rule.js';
import type { Rule, RuleBounds, RuleOptions } from '../rule.js';

type Bound = number | readonly number[];

/**
 * The z^B rule, for a first layer whose inputs lie between bounds, l_j ≤ a_j ≤ h_j:
 * R_j = Σ_k (a_j W_kj − l_j W⁺_kj − h_j W⁻_kj) R'_k / Σ_i (a_i W_ki − l_i W⁺_ki − h_i W⁻_ki). The bias cancels.
 *
 * @param low - l, one number, or one for each input.
 * @param high - h, likewise, above l.
 * @throws RangeError if a bound is not finite, lists differ in length, `low` is not below `high`, or the stabiliser is negative or
 * not finite; TypeError if options are no object.
 * @example
 * zBoxRule(0, [1, 2]).name // => 'z-box 0 to [1, 2]'
 * @see Montavon et al. (2017), Pattern Recognition 65, 211
 */
export function zBoxRule(low: Bound, high: Bound, options: RuleOptions = {}): Rule {
  checkBounds(low, high);
  const bounds = Object.freeze({ low: kept(low), high: kept(high) });
  const terms = [
    { input: WHOLE, weight: same },
    { input: minus(bounds.low), weight: positive },
    { input: minus(bounds.high), weight: negative },
  ];
  const listed = [low, high].find((bound) => typeof bound !== 'number');
  const lacking = (inputs: number): string | undefined =>
    listed && listed.length !== inputs ? `${listed.length} inputs, as the rule has bounds` : undefined;
  const name = `z-box ${shown(low)} to ${shown(high)}`;
  return madeRule('zBoxRule', { name, shares: only(terms, zero), bounds, lacking }, options);
}

function checkBounds(low: Bound, high: Bound): void {
  const lists = [low, high].filter((bound) => typeof bound !== 'number');
  const finite = [low, high].flat().every(Number.isFinite);
  need(finite, 'zBoxRule needs finite bounds', [low, high]);
  const lengths = lists.map(({ length }) => length);
  need(new Set(lengths).size <= 1, 'zBoxRule needs as many upper as lower bounds', lengths);
  const places = Array.from({ length: lengths[0] ?? 1 }, (_, j) => j);
  const apart = places.length > 0 && places.every((j) => boundOf(low, j) < boundOf(high, j));
  need(apart, 'zBoxRule needs low below high', [low, high]);
}

// A constant for each input.
function minus(bound: Bound): RuleBounds {
  const value = typeof bound === 'number' ? -bound : bound.map((one) => -one);
  return { low: value, high: value };
}

function kept(bound: Bound): Bound {
  return typeof bound === 'number' ? bound : Object.freeze([...bound]);
}

function shown(bound: Bound): string {
  return typeof bound === 'number' ? String(bound) : `[${bound.join(', ')}]`;
}
