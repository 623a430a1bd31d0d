import { need, needOptions } from '../need.js';
import type { Rule, RuleBounds, RuleOptions, RuleShare } from './rule.js';

/** What a rule is, whatever its options. */
type Description = Pick<Rule, 'name' | 'shares'> &
  Partial<Pick<Rule, 'biasMode' | 'keepsBiasMode' | 'bounds' | 'lacking'>>;

/**
 * A rule from its description and its options.
 *
 * @param owner - the function that makes it, for messages.
 * @throws RangeError if the stabiliser is negative or not finite; TypeError if options are no object.
 */
export function madeRule(owner: string, description: Description, options: RuleOptions = {}): Rule {
  needOptions(owner, options);
  const { name, shares, biasMode = 'absorb', keepsBiasMode = false, bounds, lacking = nothing } = description;
  const { stabiliser = 0 } = options;
  need(isAtLeast(stabiliser, 0), `${owner} needs a stabiliser of at least 0`, stabiliser);
  const looksAtInputs = shares.some(({ terms }) => terms.some(({ input }) => input.low !== input.high));
  return Object.freeze({ name, stabiliser, biasMode, keepsBiasMode, shares, looksAtInputs, bounds, lacking });
}

function nothing(): undefined {}

/** Whether a number is finite and not below a bound. */
export function isAtLeast(value: number, bound: number): boolean {
  return Number.isFinite(value) && value >= bound;
}

/** max(0, ·). */
export function positive(value: number): number {
  return Math.max(value, 0);
}

/** min(0, ·). */
export function negative(value: number): number {
  return Math.min(value, 0);
}

/** All of an activation. */
export const WHOLE: RuleBounds = Object.freeze({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });

/** What is above 0 of it. */
export const POSITIVE: RuleBounds = Object.freeze({ low: 0, high: Number.POSITIVE_INFINITY });

/** What is below 0. */
export const NEGATIVE: RuleBounds = Object.freeze({ low: Number.NEGATIVE_INFINITY, high: 0 });

/** One, whatever it is. */
export const ONE: RuleBounds = Object.freeze({ low: 1, high: 1 });

/** The bound of one input. */
export function boundOf(bound: RuleBounds['low'], j: number): number {
  return typeof bound === 'number' ? bound : bound[j]!;
}

/** The value itself. */
export function same(value: number): number {
  return value;
}

/** One for everything. */
export function one(): number {
  return 1;
}

/** Nothing for everything. */
export function zero(): number {
  return 0;
}

/** Shares of which there is only one. */
export function only(terms: RuleShare['terms'], bias: RuleShare['bias']): readonly RuleShare[] {
  return [{ factor: 1, units: 'all', terms, bias }];
}
