// Matrix times block. A block holds rows of a batch feature by feature, X[feature][row], rows in the lanes of vectors;
// the number of rows is a multiple of four vectors. Two outputs by four vectors at a time fill the sixteen registers.

import { plus, splat, storeFour, times, timesPlus, zero } from './vectors';

/** Y[o] = Σ_i W[o][i] X[i] + W[o][inputs]: the bias is the last column of W. */
export function affine(y: usize, weights: usize, x: usize, outputs: i32, inputs: i32, rows: i32): void {
  multiply(y, weights, inputs + 1, x, 0, outputs, inputs, rows, true, false, false);
}

/** Y[o] = Σ_i M[o][i] X[i], where M has `stride` numbers in a row; times F[o] where there is an F; plus Y[o] if `added`. */
export function product(
  y: usize, matrix: usize, stride: i32, x: usize, factor: usize, outputs: i32, inputs: i32, rows: i32, added: bool,
): void {
  if (added) multiply(y, matrix, stride, x, 0, outputs, inputs, rows, false, false, true);
  else if (factor) multiply(y, matrix, stride, x, factor, outputs, inputs, rows, false, true, false);
  else multiply(y, matrix, stride, x, 0, outputs, inputs, rows, false, false, false);
}

@inline
function multiply(
  y: usize, matrix: usize, stride: i32, x: usize, factor: usize, outputs: i32, inputs: i32, rows: i32,
  biased: bool, scaled: bool, added: bool,
): void {
  const row = <usize>rows * sizeof<real>(), line = <usize>stride * sizeof<real>(), length = <usize>inputs * sizeof<real>();
  let o = 0;
  for (; o + 2 <= outputs; o += 2) {
    two(y, matrix, line, x, factor, row, length, biased, scaled, added);
    y += 2 * row;
    matrix += 2 * line;
    factor += 2 * row;
  }
  if (o < outputs) one(y, matrix, x, factor, row, length, biased, scaled, added);
}

@inline
function two(
  y: usize, matrix: usize, line: usize, x: usize, factor: usize, row: usize, length: usize,
  biased: bool, scaled: bool, added: bool,
): void {
  for (let s: usize = 0; s < row; s += 64) {
    let a0 = biased ? splat(matrix + length) : zero(), a1 = a0, a2 = a0, a3 = a0;
    let b0 = biased ? splat(matrix + line + length) : zero(), b1 = b0, b2 = b0, b3 = b0;
    let p = x + s;
    for (let w = matrix, end = matrix + length; w < end; w += sizeof<real>()) {
      const u = splat(w), v = splat(w + line);
      const x0 = v128.load(p), x1 = v128.load(p, 16), x2 = v128.load(p, 32), x3 = v128.load(p, 48);
      a0 = timesPlus(u, x0, a0); a1 = timesPlus(u, x1, a1); a2 = timesPlus(u, x2, a2); a3 = timesPlus(u, x3, a3);
      b0 = timesPlus(v, x0, b0); b1 = timesPlus(v, x1, b1); b2 = timesPlus(v, x2, b2); b3 = timesPlus(v, x3, b3);
      p += row;
    }
    finish(y + s, factor + s, a0, a1, a2, a3, scaled, added);
    finish(y + row + s, factor + row + s, b0, b1, b2, b3, scaled, added);
  }
}

@inline
function one(
  y: usize, matrix: usize, x: usize, factor: usize, row: usize, length: usize, biased: bool, scaled: bool, added: bool,
): void {
  for (let s: usize = 0; s < row; s += 64) {
    let a0 = biased ? splat(matrix + length) : zero(), a1 = a0, a2 = a0, a3 = a0, p = x + s;
    for (let w = matrix, end = matrix + length; w < end; w += sizeof<real>()) {
      const u = splat(w);
      a0 = timesPlus(u, v128.load(p), a0);
      a1 = timesPlus(u, v128.load(p, 16), a1);
      a2 = timesPlus(u, v128.load(p, 32), a2);
      a3 = timesPlus(u, v128.load(p, 48), a3);
      p += row;
    }
    finish(y + s, factor + s, a0, a1, a2, a3, scaled, added);
  }
}

@inline
function finish(y: usize, factor: usize, a0: v128, a1: v128, a2: v128, a3: v128, scaled: bool, added: bool): void {
  if (scaled) {
    a0 = times(a0, v128.load(factor));
    a1 = times(a1, v128.load(factor, 16));
    a2 = times(a2, v128.load(factor, 32));
    a3 = times(a3, v128.load(factor, 48));
  }
  if (added) {
    a0 = plus(a0, v128.load(y));
    a1 = plus(a1, v128.load(y, 16));
    a2 = plus(a2, v128.load(y, 32));
    a3 = plus(a3, v128.load(y, 48));
  }
  storeFour(y, a0, a1, a2, a3);
}
