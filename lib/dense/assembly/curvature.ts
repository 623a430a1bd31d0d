// What a layer of units adds to the second and third derivatives of an output, and to those of the next layer's inputs.
// F[u][i] and S[u][ij] are the first and second derivatives of a unit's z with respect to the network's inputs; ij runs over
// the pairs i ≤ j, ijk over the triples i ≤ j ≤ k, in order. `width` is the number of inputs.

import { plus, times, timesPlus } from './vectors';

/** H[ij] += Σ_u G[u] D2[u] F[u][i] F[u][j]. */
export function addCurvature(h: usize, g: usize, d2: usize, f: usize, units: i32, width: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>(), next = <usize>width * row;
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j += 2) {
      const two = j + 1 < width;
      for (let s: usize = 0; s < row; s += 16) {
        let a = v128.load(h + s), b = two ? v128.load(h + row + s) : a;
        let fi = f + <usize>i * row + s, fj = f + <usize>j * row + s;
        for (let u: usize = s, end = <usize>units * row; u < end; u += row) {
          const c = times(times(v128.load(g + u), v128.load(d2 + u)), v128.load(fi));
          a = timesPlus(c, v128.load(fj), a);
          if (two) b = timesPlus(c, v128.load(fj + row), b);
          fi += next;
          fj += next;
        }
        v128.store(h + s, a);
        if (two) v128.store(h + row + s, b);
      }
      h += two ? 2 * row : row;
    }
  }
}

/** The second derivatives of f(z): A[u][ij] = D1[u] S[u][ij] + D2[u] F[u][i] F[u][j]. */
export function bend(a: usize, second: usize, f: usize, d1: usize, d2: usize, units: i32, width: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>();
  for (let u = 0; u < units; u++) {
    for (let i = 0; i < width; i++)
      for (let j = i; j < width; j++) {
        for (let s: usize = 0; s < row; s += 16) {
          const pair = times(v128.load(f + <usize>i * row + s), v128.load(f + <usize>j * row + s));
          v128.store(a + s, timesPlus(v128.load(d2 + s), pair, times(v128.load(d1 + s), v128.load(second + s))));
        }
        a += row;
        second += row;
      }
    f += <usize>width * row;
    d1 += row;
    d2 += row;
  }
}

/** T[ijk] += Σ_u G[u] (D3[u] F_i F_j F_k + D2[u] (F_i S_jk + F_j S_ik + F_k S_ij)). */
export function addTorsion(
  t: usize, g: usize, d2: usize, d3: usize, f: usize, second: usize, units: i32, width: i32, rows: i32,
): void {
  const row = <usize>rows * sizeof<real>(), nextF = <usize>width * row, nextS = <usize>pair(width, width, width) * row;
  for (let i = 0; i < width; i++)
    for (let j = i; j < width; j++)
      for (let k = j; k < width; k++) {
        const fi = f + <usize>i * row, fj = f + <usize>j * row, fk = f + <usize>k * row;
        const sij = second + <usize>pair(i, j, width) * row;
        const sik = second + <usize>pair(i, k, width) * row;
        const sjk = second + <usize>pair(j, k, width) * row;
        for (let s: usize = 0; s < row; s += 16) {
          let sum = v128.load(t + s);
          for (let u = 0; u < units; u++) {
            const r = s + <usize>u * row, a = s + <usize>u * nextF, b = s + <usize>u * nextS;
            const x = v128.load(fi + a), y = v128.load(fj + a), z = v128.load(fk + a);
            const mixed = timesPlus(z, v128.load(sij + b), timesPlus(y, v128.load(sik + b), times(x, v128.load(sjk + b))));
            const cubic = times(v128.load(d3 + r), times(times(x, y), z));
            sum = timesPlus(v128.load(g + r), plus(cubic, times(v128.load(d2 + r), mixed)), sum);
          }
          v128.store(t + s, sum);
        }
        t += row;
      }
}

/** The place of the pair i ≤ j; of (width, width): their number. */
@inline
export function pair(i: i32, j: i32, width: i32): i32 {
  return ((i * (2 * width - i - 1)) >> 1) + j;
}
