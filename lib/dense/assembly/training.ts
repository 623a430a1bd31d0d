// The kernels of training. A batch is summed in two fixed halves, whoever computes them, so that its bits do not depend on
// who did.

import { exp, sigmoid } from './exponential';
import { log1p } from './logarithm';
import { at, atLeast, constant, LANES, minus, minusMagnitude, over, plus, times, timesPlus, zero } from './vectors';

/** A block of the rows of X with these numbers (i32); the rows past `count` repeat the last one. */
export function gather(block: usize, x: usize, index: usize, count: i32, features: i32, rows: i32): void {
  for (let s = 0; s < rows; s++) {
    const from = at(x, load<i32>(index + (<usize>(s < count ? s : count - 1) << 2)) * features);
    for (let i = 0; i < features; i++) store<real>(at(block, i * rows + s), load<real>(at(from, i)));
  }
}

/** dW[o][i] += Σ_rows G[o] X[i], i ≤ inputs, where row `inputs` of X is all ones: the bias. Each entry is a vector of lane sums. */
export function addWeightGradient(dw: usize, g: usize, x: usize, outputs: i32, inputs: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>(), line = <usize>(inputs + 1) << 4;
  for (let o = 0; o < outputs; o += 2) {
    for (let i = 0; i <= inputs; i += 4) {
      const left = inputs + 1 - i, from = x + <usize>i * row, to = dw + (<usize>i << 4);
      if (o + 1 < outputs) {
        if (left > 1) tile(to, line, g, from, row, left, true, true);
        else tile(to, line, g, from, row, left, true, false);
      } else if (left > 1) tile(to, line, g, from, row, left, false, true);
      else tile(to, line, g, from, row, left, false, false);
    }
    g += 2 * row;
    dw += 2 * line;
  }
}

/** Two outputs or one by four inputs or one; four at the edge repeat the last input. */
@inline
function tile(dw: usize, line: usize, g: usize, x: usize, row: usize, left: i32, two: bool, four: bool): void {
  const x1 = left > 1 ? x + row : x, x2 = left > 2 ? x1 + row : x1, x3 = left > 3 ? x2 + row : x2;
  let a0 = zero(), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  for (let s: usize = 0; s < row; s += 16) {
    const u = v128.load(g + s), v = two ? v128.load(g + row + s) : u, p0 = v128.load(x + s);
    a0 = timesPlus(u, p0, a0);
    if (two) b0 = timesPlus(v, p0, b0);
    if (four) {
      const p1 = v128.load(x1 + s), p2 = v128.load(x2 + s), p3 = v128.load(x3 + s);
      a1 = timesPlus(u, p1, a1); a2 = timesPlus(u, p2, a2); a3 = timesPlus(u, p3, a3);
      if (two) { b1 = timesPlus(v, p1, b1); b2 = timesPlus(v, p2, b2); b3 = timesPlus(v, p3, b3); }
    }
  }
  addLine(dw, left, four, a0, a1, a2, a3);
  if (two) addLine(dw + line, left, four, b0, b1, b2, b3);
}

@inline
function addLine(dw: usize, left: i32, four: bool, a0: v128, a1: v128, a2: v128, a3: v128): void {
  v128.store(dw, plus(v128.load(dw), a0));
  if (!four) return;
  v128.store(dw, plus(v128.load(dw, 16), a1), 16);
  if (left > 2) v128.store(dw, plus(v128.load(dw, 32), a2), 32);
  if (left > 3) v128.store(dw, plus(v128.load(dw, 48), a3), 48);
}

/** g[i] = the sum of the lanes of v[i] and of w[i]. */
export function sumLanes(g: usize, v: usize, w: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const a = v128.load(v + (<usize>i << 4)), b = v128.load(w + (<usize>i << 4));
    store<real>(at(g, i), sizeof<real>() == 8 ? <real>(lanes64(a) + lanes64(b)) : <real>lanes32(f32x4.add(a, b)));
  }
}

@inline
function lanes64(a: v128): f64 {
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

@inline
function lanes32(a: v128): f32 {
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
}

/** Adam as Keras has it: m += (1 - β1)(g - m), v += (1 - β2)(g² - v), w -= rate m / (√v + ε); rate holds the corrections of m and v. */
export function adam(
  w: usize, g: usize, m: usize, v: usize, count: i32, rate: f64, beta1: f64, beta2: f64, epsilon: f64,
): void {
  const r = constant(rate), c1 = constant(1 - beta1), c2 = constant(1 - beta2), e = constant(epsilon);
  for (let p: usize = 0, end = <usize>count * sizeof<real>(); p < end; p += 16) {
    const q = v128.load(g + p), mean = timesPlus(minus(q, v128.load(m + p)), c1, v128.load(m + p));
    const square = timesPlus(minus(times(q, q), v128.load(v + p)), c2, v128.load(v + p));
    v128.store(m + p, mean);
    v128.store(v + p, square);
    v128.store(w + p, minus(v128.load(w + p), over(times(r, mean), plus(v128.sqrt<real>(square), e))));
  }
}

/** Σ_rows of the cross-entropy of logits z and labels y, log(1 + e^z) - z y; G = scale · its derivative, 0 past `count`. */
export function binaryCrossEntropy(g: usize, z: usize, y: usize, scale: f64, outputs: i32, count: i32, rows: i32): f64 {
  return loss(true, g, z, y, scale, outputs, count, rows);
}

/** Σ_rows (z - y)²; G = scale (z - y), 0 past `count`. */
export function squaredError(g: usize, z: usize, y: usize, scale: f64, outputs: i32, count: i32, rows: i32): f64 {
  return loss(false, g, z, y, scale, outputs, count, rows);
}

@inline
function loss(binary: bool, g: usize, z: usize, y: usize, scale: f64, outputs: i32, count: i32, rows: i32): f64 {
  let sum = zero();
  for (let o = 0; o < outputs; o++) {
    for (let s = 0; s < rows; s += LANES) {
      const place = <usize>(o * rows + s) * sizeof<real>(), a = v128.load(z + place), b = v128.load(y + place);
      let slope = binary ? minus(sigmoid(a), b) : minus(a, b);
      let term = binary ? plus(minus(atLeast(a, zero()), times(a, b)), log1p(exp(minusMagnitude(a)))) : times(slope, slope);
      if (s + LANES > count) {
        const counted = upTo(count - s);
        slope = v128.and(slope, counted);
        term = v128.and(term, counted);
      }
      sum = plus(sum, term);
      if (g) v128.store(g + place, times(slope, constant(scale)));
    }
  }
  return sizeof<real>() == 8 ? lanes64(sum)
    : (<f64>f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)) + (<f64>f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
}

/** A mask of the first n lanes. */
@inline
function upTo(n: i32): v128 {
  return sizeof<real>() == 8
    ? i64x2(n > 0 ? -1 : 0, n > 1 ? -1 : 0)
    : i32x4(n > 0 ? -1 : 0, n > 1 ? -1 : 0, n > 2 ? -1 : 0, n > 3 ? -1 : 0);
}
