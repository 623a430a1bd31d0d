import { need } from '../need.js';
import type { BiasMode, Rule, RuleBounds, RuleOptions, RuleShare } from './rule.js';

interface Description extends RuleOptions {
  readonly biasMode?: BiasMode;
  readonly keepsBiasMode?: boolean;
  readonly bounds?: RuleBounds;
  readonly lacking?: Rule['lacking'];
}

/**
 * A rule from its name and shares.
 *
 * @param owner - the function that makes it, for messages.
 * @throws RangeError if the stabiliser is negative or not finite.
 */
export function madeRule(
  owner: string,
  { name, shares }: Pick<Rule, 'name' | 'shares'>,
  description: Description = {},
): Rule {
  const { stabiliser = 0, biasMode = 'absorb', keepsBiasMode = false, bounds, lacking = nothing } = description;
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
