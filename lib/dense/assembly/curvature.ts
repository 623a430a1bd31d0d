// What a layer of units adds to the second and third derivatives of an output, and to those of the next layer's inputs.
// F[i][u] and S[u][ij] are the first and second derivatives of a unit's z with respect to the network's inputs; ij runs over
// the pairs i ≤ j, ijk over the triples i ≤ j ≤ k, in order. `width` is the number of inputs. F has the units of one input
// together: whatever the number of inputs, sums over units go through memory step by step.

import { plus, storeFour, times, timesPlus } from './vectors';

/** H[ij] += Σ_u G[u] D2[u] F[i][u] F[j][u]; C is room for one input's G D2 F. */
export function addCurvature(
  h: usize, g: usize, d2: usize, f: usize, c: usize, units: i32, width: i32, rows: i32,
): void {
  const row = <usize>rows * sizeof<real>(), line = <usize>units * row;
  for (let i = 0; i < width; i++) {
    const fi = f + <usize>i * line;
    for (let n: usize = 0; n < line; n += 16)
      v128.store(c + n, times(times(v128.load(g + n), v128.load(d2 + n)), v128.load(fi + n)));
    let j = i;
    for (; j + 2 <= width; j += 2) {
      addSums(h, c, f + <usize>j * line, line, row, true);
      h += 2 * row;
    }
    if (j < width) {
      addSums(h, c, f + <usize>j * line, line, row, false);
      h += row;
    }
  }
}

/** H += Σ_u C[u] F[u]; where there are `two`, the same of the F behind it in the H behind it. */
@inline
function addSums(h: usize, c: usize, f: usize, line: usize, row: usize, two: bool): void {
  for (let s: usize = 0; s < row; s += 64) {
    const a = h + s, b = h + row + s;
    let a0 = v128.load(a), a1 = v128.load(a, 16), a2 = v128.load(a, 32), a3 = v128.load(a, 48);
    let b0 = two ? v128.load(b) : a0, b1 = two ? v128.load(b, 16) : a0;
    let b2 = two ? v128.load(b, 32) : a0, b3 = two ? v128.load(b, 48) : a0;
    let p = f + s;
    for (let q = c + s, end = c + line; q < end; q += row) {
      const c0 = v128.load(q), c1 = v128.load(q, 16), c2 = v128.load(q, 32), c3 = v128.load(q, 48);
      a0 = timesPlus(c0, v128.load(p), a0);
      a1 = timesPlus(c1, v128.load(p, 16), a1);
      a2 = timesPlus(c2, v128.load(p, 32), a2);
      a3 = timesPlus(c3, v128.load(p, 48), a3);
      if (two) {
        b0 = timesPlus(c0, v128.load(p + line), b0);
        b1 = timesPlus(c1, v128.load(p + line, 16), b1);
        b2 = timesPlus(c2, v128.load(p + line, 32), b2);
        b3 = timesPlus(c3, v128.load(p + line, 48), b3);
      }
      p += row;
    }
    storeFour(a, a0, a1, a2, a3);
    if (two) storeFour(b, b0, b1, b2, b3);
  }
}

/** The second derivatives of f(z): A[u][ij] = D1[u] S[u][ij] + D2[u] F[i][u] F[j][u]. */
export function bend(a: usize, second: usize, f: usize, d1: usize, d2: usize, units: i32, width: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>(), line = <usize>units * row;
  for (let u = 0; u < units; u++) {
    for (let i = 0; i < width; i++)
      for (let j = i; j < width; j++) {
        for (let s: usize = 0; s < row; s += 16) {
          const pair = times(v128.load(f + <usize>i * line + s), v128.load(f + <usize>j * line + s));
          v128.store(a + s, timesPlus(v128.load(d2 + s), pair, times(v128.load(d1 + s), v128.load(second + s))));
        }
        a += row;
        second += row;
      }
    f += row;
    d1 += row;
    d2 += row;
  }
}

/** T[ijk] += Σ_u G[u] (D3[u] F_i F_j F_k + D2[u] (F_i S_jk + F_j S_ik + F_k S_ij)). */
export function addTorsion(
  t: usize, g: usize, d2: usize, d3: usize, f: usize, second: usize, units: i32, width: i32, rows: i32,
): void {
  const row = <usize>rows * sizeof<real>(), line = <usize>units * row, nextS = <usize>pair(width, width, width) * row;
  for (let i = 0; i < width; i++)
    for (let j = i; j < width; j++)
      for (let k = j; k < width; k++) {
        const fi = f + <usize>i * line, fj = f + <usize>j * line, fk = f + <usize>k * line;
        const sij = second + <usize>pair(i, j, width) * row;
        const sik = second + <usize>pair(i, k, width) * row;
        const sjk = second + <usize>pair(j, k, width) * row;
        for (let s: usize = 0; s < row; s += 16) {
          let sum = v128.load(t + s);
          for (let u = 0; u < units; u++) {
            const r = s + <usize>u * row, b = s + <usize>u * nextS;
            const x = v128.load(fi + r), y = v128.load(fj + r), z = v128.load(fk + r);
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
