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
  const looksAtInputs = shares.some(({ terms }) => terms.some(({ input }) => input !== one));
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
