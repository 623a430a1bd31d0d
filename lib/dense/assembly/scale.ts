import { at, splat, times } from './vectors';

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
