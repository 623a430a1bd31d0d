// Activations of straight pieces. Each writes f over z, and f' where there is room for it; f'' and f''' are zero away from
// the kinks. A derivative at a NaN is NaN. `shift` is the place in every array.

import { above, atLeast, atMost, below, choose, constant, isNaN, plus, times, zero } from './vectors';

@inline
function slope(d1: usize, d2: usize, d3: usize, shift: usize, z: v128, value: v128): void {
  if (d1) v128.store(d1 + shift, v128.or(value, isNaN(z)));
  if (d2) v128.store(d2 + shift, isNaN(z));
  if (d3) v128.store(d3 + shift, isNaN(z));
}

@inline
export function linear(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  slope(d1, d2, d3, shift, v128.load(values + shift), constant(1));
}

@inline
export function relu(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift);
  v128.store(values + shift, atLeast(z, zero()));
  slope(d1, d2, d3, shift, z, v128.and(above(z, zero()), constant(1)));
}

/** max(0, min(z, 6)); the slope is 0 at both kinks. */
@inline
export function relu6(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift), six = constant(6);
  v128.store(values + shift, atMost(atLeast(z, zero()), six));
  slope(d1, d2, d3, shift, z, v128.and(v128.and(above(z, zero()), below(z, six)), constant(1)));
}

/** z above 0, α z elsewhere. */
@inline
export function leakyRelu(alpha: v128, values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift), positive = above(z, zero());
  v128.store(values + shift, choose(positive, z, times(alpha, z)));
  slope(d1, d2, d3, shift, z, choose(positive, constant(1), alpha));
}

/** z / 5 + 1/2, not below 0 and not above 1; the slope is 1/5 at both kinks, as in TensorFlow.js. */
@inline
export function hardSigmoid(values: usize, d1: usize, d2: usize, d3: usize, shift: usize): void {
  const z = v128.load(values + shift), fifth = constant(0.2), line = plus(times(fifth, z), constant(0.5));
  v128.store(values + shift, atMost(atLeast(line, zero()), constant(1)));
  const outside = v128.or(below(line, zero()), above(line, constant(1)));
  slope(d1, d2, d3, shift, z, v128.andnot(fifth, outside));
}
