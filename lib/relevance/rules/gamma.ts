import { need } from '../../need.js';
import { isAtLeast, madeRule, NEGATIVE, negative, POSITIVE, positive } from '../made-rule.js';
import type { Rule, RuleOptions, RuleShare } from '../rule.js';

/**
 * The gamma rule, LRP-γ, generalised to inputs and units of both signs: what agrees with the sign of z_k counts more.
 *
 * For z_k ≥ 0 the contributions are q_kj = a⁺_j (W + γ W⁺)_kj + a⁻_j (W + γ W⁻)_kj and that of the bias b + γ b⁺; for z_k < 0 W⁺ and W⁻ change
 * places, and b⁻ stands for b⁺. With γ = 0 this is the epsilon rule.
 *
 * @param gamma - γ, at least 0; 0.25 is usual.
 * @throws RangeError if γ or the stabiliser is negative or not finite; TypeError if options are no object.
 * @example
 * gammaRule(0.25).name // => 'gamma 0.25'
 * @see Montavon et al. (2019), in Explainable AI, LNCS 11700, ch. 10; Andéol et al. (2021), https://arxiv.org/abs/2106.11023
 */
export function gammaRule(gamma: number, options: RuleOptions = {}): Rule {
  need(isAtLeast(gamma, 0), 'gammaRule needs a gamma of at least 0', gamma);
  const more = (weight: number): number => weight + gamma * positive(weight);
  const less = (weight: number): number => weight + gamma * negative(weight);
  const share = (units: RuleShare['units'], ofPositive: typeof more, ofNegative: typeof more): RuleShare => ({
    factor: 1,
    units,
    terms: [
      { input: POSITIVE, weight: ofPositive },
      { input: NEGATIVE, weight: ofNegative },
    ],
    bias: ofPositive,
  });
  const shares = [share('positive', more, less), share('negative', less, more)];
  return madeRule('gammaRule', { name: `gamma ${gamma}`, shares }, options);
}
