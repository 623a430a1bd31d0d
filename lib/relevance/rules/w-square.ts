import { madeRule, ONE, only } from '../made-rule.js';
import type { Rule, RuleOptions } from '../rule.js';

/**
 * The w² rule, for a first layer whose inputs have no bounds: R_j = Σ_k W²_kj R'_k / Σ_i W²_ki, whatever the inputs are.
 *
 * Biases are ignored unless another mode is asked for; then b²_k joins the denominator.
 *
 * @throws RangeError if the stabiliser is negative or not finite; TypeError if options are no object.
 * @example
 * wSquareRule().biasMode // => 'ignore'
 * @see Montavon et al. (2017), Pattern Recognition 65, 211
 */
export function wSquareRule(options: RuleOptions = {}): Rule {
  const shares = only([{ input: ONE, weight: square }], square);
  return madeRule('wSquareRule', { name: 'w-squared', shares, biasMode: 'ignore' }, options);
}

function square(value: number): number {
  return value * value;
}
