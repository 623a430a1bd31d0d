// Activations that are z times a gate between 0 and 1; otherwise as in smooth.ts.

import { exp } from './exponential';
import { normalDensity, normalDistribution } from './normal';
import { below, choose, constant, dampedBy, minus, minusMagnitude, over, plus, times, timesPlus, zero } from './vectors';

/** z s(αz), s the sigmoid; with u = αz: s + u s', α (2 s' + u s''), α² (3 s'' + u s'''). */
@inline
export function swish(alpha: v128, values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift), u = times(alpha, z), one = constant(1);
  const e = exp(minusMagnitude(u)), negative = below(u, zero());
  const large = over(one, plus(one, e)), small = times(e, large), s = choose(negative, small, large);
  v128.store(values + shift, dampedBy(z, s));
  if (!d1) return;
  const c = choose(negative, large, small), s1 = times(large, small), s2 = times(s1, minus(c, s));
  v128.store(d1 + shift, plus(s, dampedBy(u, s1)));
  if (d2) v128.store(d2 + shift, times(alpha, plus(plus(s1, s1), dampedBy(u, s2))));
  if (!d3) return;
  const s3 = times(s1, timesPlus(s1, constant(-6), one));
  v128.store(d3 + shift, times(times(alpha, alpha), timesPlus(constant(3), s2, dampedBy(u, s3))));
}

/** z Φ(z), Φ and φ of the standard normal distribution: Φ + z φ, φ (2 - z²), φ z (z² - 4). */
@inline
export function gelu(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift), density = normalDensity(z), probability = normalDistribution(z, density);
  v128.store(values + shift, dampedBy(z, probability));
  if (!d1) return;
  const square = times(z, z);
  v128.store(d1 + shift, plus(probability, dampedBy(z, density)));
  if (d2) v128.store(d2 + shift, dampedBy(minus(constant(2), square), density));
  if (d3) v128.store(d3 + shift, dampedBy(times(z, minus(square, constant(4))), density));
}

/**
 * z w, w = tanh(log(1 + e^z)); with the sigmoid s and q = 1 - w²: w' = q s, w'' = q (s' - 2 w s²),
 * w''' = q (s'' - 6 w s s' + (4 w² - 2 q) s³); then w + z w', 2 w' + z w'', 3 w'' + z w'''.
 */
@inline
export function mish(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift), one = constant(1), two = constant(2), negative = below(z, zero());
  // With e = e^-|z|, w = n / (n + r): n = e (e + 2) and r = 2 below 0, n = 1 + 2e and r = 2e² above.
  const e = exp(minusMagnitude(z)), numerator = choose(negative, times(e, plus(e, two)), plus(one, plus(e, e)));
  const rest = choose(negative, two, times(two, times(e, e))), sum = plus(numerator, rest);
  const w = over(numerator, sum);
  v128.store(values + shift, dampedBy(z, w));
  if (!d1) return;
  const large = over(one, plus(one, e)), small = times(e, large), s = choose(negative, small, large);
  const q = times(over(rest, sum), plus(one, w)), w1 = times(q, s);
  v128.store(d1 + shift, plus(w, dampedBy(z, w1)));
  if (!d2) return;
  const c = choose(negative, large, small), s1 = times(large, small), ws = times(w, s), w2 = times(q, minus(s1, times(times(two, ws), s)));
  v128.store(d2 + shift, plus(plus(w1, w1), dampedBy(z, w2)));
  if (!d3) return;
  const s2 = times(s1, minus(c, s)), cube = times(times(s, s), s);
  const cubed = times(minus(times(constant(4), times(w, w)), times(two, q)), cube);
  const w3 = times(q, plus(minus(s2, times(times(constant(6), ws), s1)), cubed));
  v128.store(d3 + shift, timesPlus(constant(3), w2, dampedBy(z, w3)));
}
