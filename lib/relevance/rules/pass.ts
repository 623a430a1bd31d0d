import { madeRule, ONE, only, zero } from '../made-rule.js';
import type { Rule } from '../rule.js';

/**
 * The rule that passes relevance on as it is, R_j = R'_j, for layers with as many inputs as units: a scaling, say.
 *
 * @example
 * passRule().name // => 'pass'
 */
export function passRule(): Rule {
  const identity = (_: number, k: number, j: number): number => (k === j ? 1 : 0);
  const lacking = (inputs: number, units: number): string | undefined =>
    inputs === units ? undefined : 'as many inputs as units';
  return madeRule('passRule', { name: 'pass', shares: only([{ input: ONE, weight: identity }], zero), lacking });
}
