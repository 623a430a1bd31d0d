// Losses of a block. Each adds the sum over its first `count` rows to score[0] and how many outputs (or rows, where they are
// classes) are right to score[1], both f64, and sets G = scale · the derivative by the pre-activations, zero in the rows past them.

import { exp } from '../exponential';
import { log1p } from '../logarithm';
import { above, atLeast, choose, constant, minus, minusMagnitude, over, plus, times, timesPlus, zero } from '../vectors';
import { slopeTimes } from './backward';

/** Σ (A - Y)², A the outputs' values; `slope` and `slopes` say what f' is, as in backward.ts. */
export function squaredErrors(
  score: usize, g: usize, a: usize, y: usize, slopes: usize, slope: i32, scale: f32, outputs: i32, count: i32, rows: i32,
): void {
  let sum = zero(), at: usize = 0;
  for (let o = 0; o < outputs; o++)
    for (let s = 0; s < rows; s += 4) {
      const error = v128.and(minus(v128.load(a + at), v128.load(y + at)), upTo(count - s));
      sum = timesPlus(error, error, sum);
      v128.store(g + at, slopeTimes(slope, slopes + at, times(error, f32x4.splat(scale)), constant(1)));
      at += 16;
    }
  store<f64>(score, load<f64>(score) + total(sum));
}

/** Σ log(1 + e^z) - z y of the logits Z, where y is 0 or 1 or between; right: z > 0 where y > 1/2. */
export function binaryCrossentropy(
  score: usize, g: usize, z: usize, y: usize, scale: f32, outputs: i32, count: i32, rows: i32,
): void {
  const one = constant(1), half = constant(0.5);
  let sum = zero(), right = zero(), at: usize = 0;
  for (let o = 0; o < outputs; o++)
    for (let s = 0; s < rows; s += 4) {
      const logit = v128.load(z + at), target = v128.load(y + at), counted = upTo(count - s);
      const e = exp(minusMagnitude(logit)), probability = over(choose(above(logit, zero()), one, e), plus(one, e));
      const loss = plus(minus(atLeast(logit, zero()), times(logit, target)), log1p(e));
      sum = plus(sum, v128.and(loss, counted));
      right = i32x4.sub(right, v128.andnot(counted, v128.xor(above(probability, half), above(target, half))));
      v128.store(g + at, v128.and(times(minus(probability, target), f32x4.splat(scale)), counted));
      at += 16;
    }
  store<f64>(score, load<f64>(score) + total(sum));
  store<f64>(score + 8, load<f64>(score + 8) + <f64>totalOfWhole(right));
}

/** Σ_rows Σ_o y_o (log Σ_k e^z_k - z_o) of the logits Z; right: the largest logit where the largest target is. */
export function categoricalCrossentropy(
  score: usize, g: usize, z: usize, y: usize, scale: f32, outputs: i32, count: i32, rows: i32,
): void {
  const row = <usize>rows << 2, end = <usize>outputs * row;
  let sum = zero(), right = zero();
  for (let s = 0; s < rows; s += 4) {
    const first = <usize>s << 2, counted = upTo(count - s);
    let most = v128.load(z + first), place = zero(), target = v128.load(y + first), targetPlace = zero(), share = target;
    for (let at = first + row, o = 1; at < end; at += row, o++) {
      const logit = v128.load(z + at), wanted = v128.load(y + at), number = i32x4.splat(o);
      place = choose(above(logit, most), number, place);
      most = atLeast(most, logit);
      targetPlace = choose(above(wanted, target), number, targetPlace);
      target = atLeast(target, wanted);
      share = plus(share, wanted);
    }
    let powers = zero();
    for (let at = first; at < end; at += row) {
      const e = exp(minus(v128.load(z + at), most));
      powers = plus(powers, e);
      v128.store(g + at, e);
    }
    const logarithm = log(powers), factor = over(share, powers);
    let loss = zero();
    for (let at = first; at < end; at += row) {
      const wanted = v128.load(y + at);
      loss = timesPlus(wanted, plus(logarithm, minus(most, v128.load(z + at))), loss);
      const slope = minus(times(v128.load(g + at), factor), wanted);
      v128.store(g + at, v128.and(times(slope, f32x4.splat(scale)), counted));
    }
    sum = plus(sum, v128.and(loss, counted));
    right = i32x4.sub(right, v128.and(i32x4.eq(place, targetPlace), counted));
  }
  store<f64>(score, load<f64>(score) + total(sum));
  store<f64>(score + 8, load<f64>(score + 8) + <f64>totalOfWhole(right));
}

/** log x = n log 2 + log(1 + (f - 1)), x = 2^n f, 1 ≤ f < 2; x is at least 1. NaN and infinity give NaN. */
@inline
function log(x: v128): v128 {
  const n = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127)));
  const f = v128.or(v128.and(x, i32x4.splat(0x7fffff)), constant(1));
  return plus(timesPlus(n, constant(0.6931471805599453), log1p(minus(f, constant(1)))), minus(x, x));
}

/** A mask of the first n lanes. */
@inline
function upTo(n: i32): v128 {
  return i32x4.gt_s(i32x4.splat(n), i32x4(0, 1, 2, 3));
}

@inline
function total(a: v128): f64 {
  const low = <f64>f32x4.extract_lane(a, 0) + <f64>f32x4.extract_lane(a, 1);
  return low + (<f64>f32x4.extract_lane(a, 2) + <f64>f32x4.extract_lane(a, 3));
}

@inline
function totalOfWhole(a: v128): i32 {
  return i32x4.extract_lane(a, 0) + i32x4.extract_lane(a, 1) + i32x4.extract_lane(a, 2) + i32x4.extract_lane(a, 3);
}
