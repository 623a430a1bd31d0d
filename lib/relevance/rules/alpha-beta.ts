import { need } from '../../need.js';
import { isAtLeast, madeRule, NEGATIVE, negative, POSITIVE, positive } from '../made-rule.js';
import type { Rule, RuleOptions, RuleShare } from '../rule.js';

const ROUNDING = 1e-9;

/**
 * The alpha-beta rule: what speaks for a unit and what speaks against it are shared apart,
 * R_j = Σ_k (α q⁺_kj / d⁺_k − β q⁻_kj / d⁻_k) R'_k.
 *
 * q⁺_kj = a⁺_j W⁺_kj + a⁻_j W⁻_kj are the positive contributions, q⁻_kj = a⁺_j W⁻_kj + a⁻_j W⁺_kj the negative ones; b⁺ and b⁻ belong to d⁺ and d⁻. Where
 * a unit has none of one kind, that part of its relevance is dropped.
 *
 * @param alpha - α, at least 1.
 * @param beta - β = α − 1, at least 0.
 * @throws RangeError if α − β is not 1, or one of them or the stabiliser is negative or not finite; TypeError if options are no object.
 * @example
 * alphaBetaRule(2, 1).name // => 'alpha-beta 2, 1'
 * @see Bach et al. (2015), PLoS ONE 10(7), eq. (60)
 */
export function alphaBetaRule(alpha: number, beta: number, options: RuleOptions = {}): Rule {
  const fit = isAtLeast(alpha, 1) && isAtLeast(beta, 0) && Math.abs(alpha - beta - 1) < ROUNDING;
  need(fit, 'alphaBetaRule needs alpha - beta = 1 with beta of at least 0', [alpha, beta]);
  const shares = beta === 0 ? [supporting(alpha)] : [supporting(alpha), opposing(-beta)];
  return madeRule('alphaBetaRule', { name: `alpha-beta ${alpha}, ${beta}`, shares }, options);
}

/**
 * The z⁺ rule, by positive contributions only: the alpha-beta rule with α = 1 and β = 0.
 *
 * R_j = Σ_k (a⁺_j W⁺_kj + a⁻_j W⁻_kj) R'_k / d_k, d_k = Σ_j (a⁺_j W⁺_kj + a⁻_j W⁻_kj) + b⁺_k.
 *
 * @throws RangeError if the stabiliser is negative or not finite; TypeError if options are no object.
 * @example
 * zPlusRule().name // => 'z-plus'
 * @see Montavon et al. (2017), Pattern Recognition 65, 211
 */
export function zPlusRule(options: RuleOptions = {}): Rule {
  return madeRule('zPlusRule', { name: 'z-plus', shares: [supporting(1)] }, options);
}

function supporting(factor: number): RuleShare {
  const terms = [
    { input: POSITIVE, weight: positive },
    { input: NEGATIVE, weight: negative },
  ];
  return { factor, units: 'all', terms, bias: positive };
}

function opposing(factor: number): RuleShare {
  const terms = [
    { input: POSITIVE, weight: negative },
    { input: NEGATIVE, weight: positive },
  ];
  return { factor, units: 'all', terms, bias: negative };
}
