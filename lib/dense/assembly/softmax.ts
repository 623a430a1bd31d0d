// y_o = e^(z_o - log Σ e^z_k): softmax is an exponential of logits that have been reduced by the logarithm of a sum. Its
// derivatives are those of the exponential once the reduction's derivatives are taken off: moments of what the outputs'
// derivatives have over output o's, weighted by the probabilities p. The differences to output o keep small derivatives exact.

import { exp } from './exponential';
import { atLeast, minus, over, plus, times, timesPlus, zero } from './vectors';

/** Over the logits z[o], in place. */
export function softmax(z: usize, outputs: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>(), end = <usize>outputs * row;
  for (let s: usize = 0; s < row; s += 16) {
    let most = v128.load(z + s), sum = zero();
    for (let o = row; o < end; o += row) most = atLeast(most, v128.load(z + o + s));
    for (let o: usize = 0; o < end; o += row) {
      const e = exp(minus(v128.load(z + o + s), most));
      v128.store(z + o + s, e);
      sum = plus(sum, e);
    }
    for (let o: usize = 0; o < end; o += row) v128.store(z + o + s, over(v128.load(z + o + s), sum));
  }
}

/** U[n] = Σ_k p_k (A[o][n] - A[k][n]), n < width: first derivatives less the mean, or that part of higher ones. */
export function reduce(u: usize, a: usize, p: usize, o: i32, outputs: i32, width: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>(), next = <usize>width * row, own = a + <usize>o * next;
  for (let n: usize = 0; n < next; n += row)
    for (let s: usize = 0; s < row; s += 16) {
      const mine = v128.load(own + n + s);
      let sum = zero();
      for (let k = 0; k < outputs; k++)
        sum = timesPlus(v128.load(p + <usize>k * row + s), minus(mine, v128.load(a + <usize>k * next + n + s)), sum);
      v128.store(u + n + s, sum);
    }
}

/** C[k][i] = G[k][i] - G[o][i] + U[i]: the outputs' first derivatives, centred. */
export function centre(c: usize, u: usize, g: usize, o: i32, outputs: i32, width: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>(), next = <usize>width * row, own = g + <usize>o * next;
  for (let k = 0; k < outputs; k++) {
    for (let n: usize = 0; n < next; n += 16)
      v128.store(c + n, plus(minus(v128.load(g + n), v128.load(own + n)), v128.load(u + n)));
    c += next;
    g += next;
  }
}

/** U[ij] -= Σ_k p_k C[k][i] C[k][j]. */
export function reduceSecond(u: usize, c: usize, p: usize, outputs: i32, width: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>(), next = <usize>width * row;
  for (let i = 0; i < width; i++)
    for (let j = i; j < width; j++) {
      for (let s: usize = 0; s < row; s += 16) {
        let sum = zero(), ci = c + <usize>i * row + s, cj = c + <usize>j * row + s;
        for (let k = 0; k < outputs; k++) {
          sum = timesPlus(v128.load(p + <usize>k * row + s), times(v128.load(ci), v128.load(cj)), sum);
          ci += next;
          cj += next;
        }
        v128.store(u + s, minus(v128.load(u + s), sum));
      }
      u += row;
    }
}

/** U[ijk] -= Σ_n p_n (C_i E_jk + C_j E_ik + C_k E_ij + C_i C_j C_k) of output n, E[n] = H[n] - H[o]. */
export function reduceThird(u: usize, c: usize, h: usize, p: usize, o: i32, outputs: i32, width: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>();
  for (let i = 0; i < width; i++)
    for (let j = i; j < width; j++)
      for (let k = j; k < width; k++) {
        for (let s: usize = 0; s < row; s += 16) {
          let sum = zero();
          for (let n = 0; n < outputs; n++) {
            const x = first(c, n, i, width, row, s), y = first(c, n, j, width, row, s), z = first(c, n, k, width, row, s);
            const ejk = excess(h, n, o, j, k, width, row, s), eik = excess(h, n, o, i, k, width, row, s);
            const eij = excess(h, n, o, i, j, width, row, s), mixed = timesPlus(z, eij, timesPlus(y, eik, times(x, ejk)));
            sum = timesPlus(v128.load(p + <usize>n * row + s), timesPlus(times(x, y), z, mixed), sum);
          }
          v128.store(u + s, minus(v128.load(u + s), sum));
        }
        u += row;
      }
}

@inline
function first(c: usize, n: i32, i: i32, width: i32, row: usize, s: usize): v128 {
  return v128.load(c + <usize>(n * width + i) * row + s);
}

@inline
function excess(h: usize, n: i32, o: i32, i: i32, j: i32, width: i32, row: usize, s: usize): v128 {
  const pairs = (width * (width + 1)) >> 1, place = ((i * (2 * width - i - 1)) >> 1) + j;
  return minus(v128.load(h + <usize>(n * pairs + place) * row + s), v128.load(h + <usize>(o * pairs + place) * row + s));
}
