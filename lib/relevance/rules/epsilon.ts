import { need } from '../../need.js';
import { isAtLeast, madeRule, only, same, WHOLE } from '../made-rule.js';
import type { Rule } from '../rule.js';

/** Contributions q_kj = a_j W_kj, as they add up to z. */
export const PLAIN_SHARES: Rule['shares'] = only([{ input: WHOLE, weight: same }], same);

/**
 * The basic rule of relevance, LRP-0: R_j = Σ_k a_j W_kj R'_k / z_k.
 *
 * In a ReLU network with biases absorbed this is gradient × input. Small z make it noisy.
 *
 * @example
 * zeroRule().name // => 'zero'
 * @see Bach et al. (2015), PLoS ONE 10(7), eq. (56)
 */
export function zeroRule(): Rule {
  return madeRule('zeroRule', { name: 'zero', shares: PLAIN_SHARES });
}

/**
 * The epsilon rule, LRP-ε: R_j = Σ_k a_j W_kj R'_k / (z_k + ε sgn z_k).
 *
 * What the stabiliser ε takes is lost; with ε = 0 this is {@link zeroRule}.
 *
 * @param stabiliser - ε, at least 0, in the units of z.
 * @throws RangeError if the stabiliser is negative or not finite.
 * @example
 * epsilonRule(0.1).name // => 'epsilon 0.1'
 * @see Bach et al. (2015), PLoS ONE 10(7), eq. (58)
 */
export function epsilonRule(stabiliser: number): Rule {
  need(isAtLeast(stabiliser, 0), 'epsilonRule needs a stabiliser of at least 0', stabiliser);
  return madeRule('epsilonRule', { name: `epsilon ${stabiliser}`, shares: PLAIN_SHARES }, { stabiliser });
}

/**
 * The epsilon rule that shares out what bias and stabiliser take, in equal parts over the n inputs, and so conserves relevance:
 * R_j = Σ_k (a_j W_kj + (b_k + ε sgn z_k) / n) R'_k / (z_k + ε sgn z_k).
 *
 * It does so whatever bias mode is asked for.
 *
 * @param stabiliser - ε, at least 0, in the units of z; default 0.
 * @throws RangeError if the stabiliser is negative or not finite.
 * @example
 * distributeBiasRule().biasMode // => 'distribute'
 * @see Lapuschkin et al. (2016), J. Mach. Learn. Res. 17(114)
 */
export function distributeBiasRule(stabiliser = 0): Rule {
  const name = stabiliser === 0 ? 'distribute bias' : `distribute bias, stabiliser ${stabiliser}`;
  const description = { name, shares: PLAIN_SHARES, biasMode: 'distribute', keepsBiasMode: true } as const;
  return madeRule('distributeBiasRule', description, { stabiliser });
}
