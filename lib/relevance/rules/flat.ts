import { madeRule, ONE, one, only, zero } from '../made-rule.js';
import type { Rule, RuleOptions } from '../rule.js';

/**
 * The flat rule: every input of a layer gets the same, R_j = Σ_k R'_k / n for n inputs. It has no bias.
 *
 * @throws RangeError if the stabiliser is negative or not finite; TypeError if options are no object.
 * @example
 * flatRule().name // => 'flat'
 * @see Lapuschkin et al. (2019), Nature Communications 10, 1096
 */
export function flatRule(options: RuleOptions = {}): Rule {
  return madeRule('flatRule', { name: 'flat', shares: only([{ input: ONE, weight: one }], zero) }, options);
}
