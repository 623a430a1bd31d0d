// Constants are loaded from memory: V8 builds a vector constant anew with three instructions at each use.

import { atLeast, atMost, at, choose, constant, minusMagnitude, below, minus, over, plus, splat, times, timesPlus, zero } from './vectors';

/** largest and smallest argument · 1.5 · 2^52 or 2^23, rounds to whole numbers · 1 / ln 2 · ln 2 in two parts · 1/2! … 1/13!. */
const EXP = sizeof<real>() == 8
  ? memory.data<f64>([
      1000, -1000, 6755399441055744, 1.4426950408889634, 6.93147180369123816490e-1, 1.90821492927058770002e-10,
      0.5, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800,
      1.0 / 479001600, 1.0 / 6227020800.0,
    ])
  : memory.data<f32>([
      120, -120, 12582912, 1.44269504, 0.693359375, -2.12194440e-4,
      0.5, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040,
    ]);

@inline
function k(index: i32): v128 {
  return splat(at(EXP, index));
}

/** e^x = 2^n e^r, |r| ≤ ln 2 / 2: even and odd part of a polynomial; 2^n in two factors, so overflow and subnormals are right. */
@inline
export function exp(x: v128): v128 {
  const v = atLeast(atMost(x, k(0)), k(1)), n = minus(timesPlus(v, k(3), k(2)), k(2));
  const r = minus(minus(v, times(n, k(4))), times(n, k(5)));
  const p = plus(timesPlus(times(r, r), remainder(r), r), constant(1));
  const half = timesPlus(n, constant(0.5), k(2)), rest = plus(minus(n, minus(half, k(2))), k(2));
  return times(times(p, powerOfTwo(half)), powerOfTwo(rest));
}

/** (e^r - 1 - r) / r². */
@inline
function remainder(r: v128): v128 {
  const y = times(r, r);
  if (sizeof<real>() == 8) {
    const even = timesPlus(timesPlus(timesPlus(timesPlus(timesPlus(k(16), y, k(14)), y, k(12)), y, k(10)), y, k(8)), y, k(6));
    const odd = timesPlus(timesPlus(timesPlus(timesPlus(timesPlus(k(17), y, k(15)), y, k(13)), y, k(11)), y, k(9)), y, k(7));
    return timesPlus(odd, r, even);
  }
  const even = timesPlus(timesPlus(k(10), y, k(8)), y, k(6)), odd = timesPlus(timesPlus(k(11), y, k(9)), y, k(7));
  return timesPlus(odd, r, even);
}

/** 2^n, where n stands in the low bits of a number that the rounding constant was added to. */
@inline
function powerOfTwo(n: v128): v128 {
  return sizeof<real>() == 8 ? i64x2.add(i64x2.shl(n, 52), constant(1)) : i32x4.add(i32x4.shl(n, 23), constant(1));
}

/** 1 / (1 + e^-x), exact in both tails. */
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(minusMagnitude(x)), one = constant(1);
  return over(choose(below(x, zero()), e, one), plus(one, e));
}
