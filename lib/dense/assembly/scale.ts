import { at, constant, over, plus, splat, times, withSignOf, zero } from './vectors';

/** A[u][i] = F[u][i] D[u], i < width. */
export function scaleRows(a: usize, f: usize, d: usize, units: i32, width: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>();
  for (let u = 0; u < units; u++) {
    for (let i = 0; i < width; i++) {
      for (let s: usize = 0; s < row; s += 16) v128.store(a + s, times(v128.load(f + s), v128.load(d + s)));
      a += row;
      f += row;
    }
    d += row;
  }
}

/** A[u][i] = M[u][i] D[u], i < width, where M has `stride` numbers in a row. */
export function scaleMatrix(a: usize, matrix: usize, stride: i32, d: usize, units: i32, width: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>();
  for (let u = 0; u < units; u++) {
    for (let i = 0; i < width; i++) {
      const w = splat(at(matrix, u * stride + i));
      for (let s: usize = 0; s < row; s += 16) v128.store(a + s, times(w, v128.load(d + s)));
      a += row;
    }
    d += row;
  }
}

/** Z = F / (Z + ε sgn Z) in place, 0 where F is 0. */
export function ratios(z: usize, f: usize, stabiliser: f64, count: i32): void {
  const epsilon = constant(stabiliser);
  for (let p: usize = 0, end = <usize>count * sizeof<real>(); p < end; p += 16) {
    const a = v128.load(f + p), b = v128.load(z + p), ratio = over(a, plus(b, withSignOf(epsilon, b)));
    v128.store(z + p, v128.andnot(ratio, v128.eq<real>(a, zero())));
  }
}
