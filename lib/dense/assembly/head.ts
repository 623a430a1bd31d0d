// The last step: from the derivatives g, h, t of z (blocks; ij and ijk packed) to those of f(z), row by row and unpacked.

import { LANES, at, times, zero } from './vectors';

/** J[row][i] = f' g_i, for `count` rows; rows of J are `stride` numbers apart. */
export function headFirst(out: usize, stride: i32, g: usize, d1: usize, width: i32, count: i32, rows: i32): void {
  for (let s = 0; s < count; s++) {
    const f1 = load<real>(at(d1, s));
    for (let i = 0; i < width; i++) store<real>(at(out, s * stride + i), f1 * load<real>(at(g, i * rows + s)));
  }
}

/** J[row][o][i] times the input X[row][i], in place. */
export function timesInputs(jacobians: usize, x: usize, count: i32, outputs: i32, inputs: i32): void {
  const line = <usize>inputs * sizeof<real>(), whole = inputs - (inputs & (LANES - 1));
  for (let s = 0; s < count; s++) {
    const end = jacobians + <usize>outputs * line;
    for (let i = 0; i < whole; i += LANES) {
      const factor = v128.load(at(x, i));
      for (let j = at(jacobians, i); j < end; j += line) v128.store(j, times(v128.load(j), factor));
    }
    for (let i = whole; i < inputs; i++) {
      const factor = load<real>(at(x, i));
      for (let j = at(jacobians, i); j < end; j += line) store<real>(j, load<real>(j) * factor);
    }
    jacobians = end;
    x += line;
  }
}

/** J[row][o][i] = 0 where the output F[o][row] is 0. */
export function clearWhereZero(jacobians: usize, f: usize, count: i32, outputs: i32, inputs: i32, rows: i32): void {
  const line = <usize>inputs * sizeof<real>();
  for (let o = 0; o < outputs; o++)
    for (let s = 0; s < count; s += LANES) {
      if (!v128.any_true(v128.eq<real>(v128.load(at(f, o * rows + s)), zero()))) continue;
      for (let r = s; r < min(s + LANES, count); r++)
        if (load<real>(at(f, o * rows + r)) == 0) memory.fill(jacobians + <usize>(r * outputs + o) * line, 0, line);
    }
}

/** H[row][i][j] = f' h_ij + f'' g_i g_j. */
export function headSecond(out: usize, g: usize, h: usize, d1: usize, d2: usize, width: i32, count: i32, rows: i32): void {
  for (let s = 0; s < count; s++) {
    const f1 = load<real>(at(d1, s)), f2 = load<real>(at(d2, s)), row = at(out, s * width * width);
    let hij = at(h, s);
    for (let i = 0; i < width; i++) {
      const gi = load<real>(at(g, i * rows + s));
      for (let j = i; j < width; j++) {
        const value = <real>(f1 * load<real>(hij) + <real>(f2 * <real>(gi * load<real>(at(g, j * rows + s)))));
        store<real>(at(row, i * width + j), value);
        store<real>(at(row, j * width + i), value);
        hij = at(hij, rows);
      }
    }
  }
}

/** T[row][i][j][k] = f' t_ijk + f'' (g_i h_jk + g_j h_ik + g_k h_ij) + f''' g_i g_j g_k. */
export function headThird(
  out: usize, g: usize, h: usize, t: usize, d1: usize, d2: usize, d3: usize, width: i32, count: i32, rows: i32,
): void {
  for (let s = 0; s < count; s++) {
    const f1 = load<real>(at(d1, s)), f2 = load<real>(at(d2, s)), f3 = load<real>(at(d3, s));
    const row = at(out, s * width * width * width), gs = at(g, s), hs = at(h, s);
    let tijk = at(t, s);
    for (let i = 0; i < width; i++)
      for (let j = i; j < width; j++)
        for (let k = j; k < width; k++) {
          const gi = load<real>(at(gs, i * rows)), gj = load<real>(at(gs, j * rows)), gk = load<real>(at(gs, k * rows));
          const mixed = gi * second(hs, j, k, width, rows) + gj * second(hs, i, k, width, rows) + gk * second(hs, i, j, width, rows);
          spread(row, width, i, j, k, f1 * load<real>(tijk) + f2 * mixed + f3 * (gi * gj * gk));
          tijk = at(tijk, rows);
        }
  }
}

@inline
function second(h: usize, i: i32, j: i32, width: i32, rows: i32): real {
  return load<real>(at(h, (((i * (2 * width - i - 1)) >> 1) + j) * rows));
}

/** One value in the six places of its indices. */
@inline
function spread(row: usize, width: i32, i: i32, j: i32, k: i32, value: real): void {
  store<real>(at(row, (i * width + j) * width + k), value);
  store<real>(at(row, (i * width + k) * width + j), value);
  store<real>(at(row, (j * width + i) * width + k), value);
  store<real>(at(row, (j * width + k) * width + i), value);
  store<real>(at(row, (k * width + i) * width + j), value);
  store<real>(at(row, (k * width + j) * width + i), value);
}
