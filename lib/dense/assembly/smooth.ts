// Smooth activations. Each writes f over z, and f', f'', f''' where there is room for them (d2 needs d1, d3 needs d2).
// `shift` is the place in every array.

import { exp } from './exponential';
import { tanh as hyperbolicTangent } from './hyperbolic';
import { log1p } from './logarithm';
import {
  above, atLeast, atMost, below, choose, constant, dampedBy, magnitude, minus, minusMagnitude, over, plus, times, timesPlus,
  withSignOf, zero,
} from './vectors';

/** t' = 1 - t², t'' = -2 t t', t''' = t' (4 - 6 t'). */
@inline
export function tanh(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const t = hyperbolicTangent(v128.load(values + shift));
  v128.store(values + shift, t);
  if (!d1) return;
  const t1 = minus(constant(1), times(t, t));
  v128.store(d1 + shift, t1);
  if (d2) v128.store(d2 + shift, times(times(t, t1), constant(-2)));
  if (d3) v128.store(d3 + shift, times(t1, timesPlus(t1, constant(-6), constant(4))));
}

/** s' = s c, s'' = s' (c - s), s''' = s' (1 - 6 s') of the sigmoid s, where c = 1 - s, exact in both tails. */
@inline
export function sigmoid(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift), one = constant(1), e = exp(minusMagnitude(z)), negative = below(z, zero());
  const large = over(one, plus(one, e)), small = times(e, large), s = choose(negative, small, large);
  v128.store(values + shift, s);
  if (!d1) return;
  const c = choose(negative, large, small), s1 = times(large, small);
  v128.store(d1 + shift, s1);
  if (d2) v128.store(d2 + shift, times(s1, minus(c, s)));
  if (d3) v128.store(d3 + shift, times(s1, timesPlus(s1, constant(-6), one)));
}

/** log(1 + e^z) = max(z, 0) + log(1 + e^-|z|); its derivative is the sigmoid. */
@inline
export function softplus(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift), one = constant(1), e = exp(minusMagnitude(z)), negative = below(z, zero());
  v128.store(values + shift, plus(atLeast(z, zero()), log1p(e)));
  if (!d1) return;
  const large = over(one, plus(one, e)), small = times(e, large), s = choose(negative, small, large);
  v128.store(d1 + shift, s);
  if (!d2) return;
  const c = choose(negative, large, small), s1 = times(large, small);
  v128.store(d2 + shift, s1);
  if (d3) v128.store(d3 + shift, times(s1, minus(c, s)));
}

/** scale z above 0, scale α (e^z - 1) elsewhere, where e^z - 1 = 2t / (1 - t), t = tanh(z/2). */
@inline
export function elu(scale: v128, alpha: v128, values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift), positive = above(z, zero()), n = atMost(z, zero());
  const t = hyperbolicTangent(times(n, constant(0.5))), factor = times(scale, alpha);
  const negative = times(factor, over(plus(t, t), minus(constant(1), t)));
  v128.store(values + shift, choose(positive, times(scale, z), negative));
  if (!d1) return;
  const e = times(factor, exp(n)), curved = v128.andnot(e, positive);
  v128.store(d1 + shift, choose(positive, scale, e));
  if (d2) v128.store(d2 + shift, curved);
  if (d3) v128.store(d3 + shift, curved);
}

@inline
export function exponential(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const e = exp(v128.load(values + shift));
  v128.store(values + shift, e);
  if (d1) v128.store(d1 + shift, e);
  if (d2) v128.store(d2 + shift, e);
  if (d3) v128.store(d3 + shift, e);
}

/** z / (1 + |z|); with a = 1 / (1 + |z|): a², -2 sign(z) a³ (0 at 0), 6 a⁴. */
@inline
export function softsign(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift), size = atMost(magnitude(z), constant(sizeof<real>() == 8 ? 1e300 : 1e30));
  const one = constant(1), a = over(one, plus(one, size)), square = times(a, a);
  v128.store(values + shift, withSignOf(over(size, plus(one, size)), z));
  if (d1) v128.store(d1 + shift, square);
  if (d2) v128.store(d2 + shift, dampedBy(times(square, times(a, constant(-2))), withSignOf(v128.and(one, v128.ne<real>(z, zero())), z)));
  if (d3) v128.store(d3 + shift, times(times(square, square), constant(6)));
}
