// A layer's values, as in product.ts, where ReLU costs nothing more and the bias may be missing.

import { atLeast, splat, timesPlus, zero } from '../vectors';

/** Y[o] = Σ_i W[o][i] X[i] + W[o][inputs]; without a bias W has one column less; with `relu` not below 0. */
export function forward(
  y: usize, weights: usize, x: usize, outputs: i32, inputs: i32, rows: i32, biased: bool, relu: bool,
): void {
  const row = <usize>rows << 2, length = <usize>inputs << 2, line = length + (biased ? 4 : 0);
  let o = 0;
  for (; o + 2 <= outputs; o += 2) {
    tile(true, y, weights, line, length, x, row, biased, relu);
    y += 2 * row;
    weights += 2 * line;
  }
  if (o < outputs) tile(false, y, weights, line, length, x, row, biased, relu);
}

/** Two outputs or one by four vectors of rows. */
@inline
function tile(
  two: bool, y: usize, weights: usize, line: usize, length: usize, x: usize, row: usize, biased: bool, relu: bool,
): void {
  const end = weights + length;
  for (let s: usize = 0; s < row; s += 64) {
    let a0 = biased ? splat(end) : zero(), a1 = a0, a2 = a0, a3 = a0;
    let b0 = two && biased ? splat(end + line) : zero(), b1 = b0, b2 = b0, b3 = b0, p = x + s;
    for (let w = weights; w < end; w += 4) {
      const u = splat(w), x0 = v128.load(p), x1 = v128.load(p, 16), x2 = v128.load(p, 32), x3 = v128.load(p, 48);
      a0 = timesPlus(u, x0, a0); a1 = timesPlus(u, x1, a1); a2 = timesPlus(u, x2, a2); a3 = timesPlus(u, x3, a3);
      if (two) {
        const v = splat(w + line);
        b0 = timesPlus(v, x0, b0); b1 = timesPlus(v, x1, b1); b2 = timesPlus(v, x2, b2); b3 = timesPlus(v, x3, b3);
      }
      p += row;
    }
    finish(y + s, a0, a1, a2, a3, relu);
    if (two) finish(y + row + s, b0, b1, b2, b3, relu);
  }
}

@inline
function finish(y: usize, a0: v128, a1: v128, a2: v128, a3: v128, relu: bool): void {
  if (relu) {
    a0 = atLeast(a0, zero());
    a1 = atLeast(a1, zero());
    a2 = atLeast(a2, zero());
    a3 = atLeast(a3, zero());
  }
  v128.store(y, a0);
  v128.store(y, a1, 16);
  v128.store(y, a2, 32);
  v128.store(y, a3, 48);
}
