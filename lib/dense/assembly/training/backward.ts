// From the loss's derivatives by a layer's pre-activations to those by the layer below.

import { above, minus, splat, times, timesPlus, zero } from '../vectors';

/** How f' follows from what a layer keeps; numbered as in the driver. `STORED`: it keeps f' itself. */
const LINEAR = 0, RELU = 1, TANH = 2, STORED = 3;

/** In memory: V8 builds a vector constant anew at each use. */
const ONE = memory.data<f32>([1]);

/** H[i] = f'[i] Σ_o W[o][i] G[o]: W has `stride` numbers in a row, f' is made of the values A of the layer below or stored there. */
export function backward(
  h: usize, weights: usize, stride: i32, g: usize, a: usize, inputs: i32, outputs: i32, rows: i32, slope: i32,
): void {
  if (slope == RELU) backwardRelu(h, weights, stride, g, a, inputs, outputs, rows);
  else if (slope == TANH) backwardTanh(h, weights, stride, g, a, inputs, outputs, rows);
  else if (slope == LINEAR) backwardLinear(h, weights, stride, g, a, inputs, outputs, rows);
  else backwardStored(h, weights, stride, g, a, inputs, outputs, rows);
}

// V8 compiles a function as a whole, and few networks need all of these: exports stay functions of their own.

export function backwardLinear(
  h: usize, weights: usize, stride: i32, g: usize, a: usize, inputs: i32, outputs: i32, rows: i32,
): void {
  tiles(LINEAR, h, weights, stride, g, a, inputs, outputs, rows);
}

export function backwardRelu(
  h: usize, weights: usize, stride: i32, g: usize, a: usize, inputs: i32, outputs: i32, rows: i32,
): void {
  tiles(RELU, h, weights, stride, g, a, inputs, outputs, rows);
}

export function backwardTanh(
  h: usize, weights: usize, stride: i32, g: usize, a: usize, inputs: i32, outputs: i32, rows: i32,
): void {
  tiles(TANH, h, weights, stride, g, a, inputs, outputs, rows);
}

export function backwardStored(
  h: usize, weights: usize, stride: i32, g: usize, a: usize, inputs: i32, outputs: i32, rows: i32,
): void {
  tiles(STORED, h, weights, stride, g, a, inputs, outputs, rows);
}

@inline
function tiles(
  slope: i32, h: usize, weights: usize, stride: i32, g: usize, a: usize, inputs: i32, outputs: i32, rows: i32,
): void {
  const row = <usize>rows << 2, line = <usize>stride << 2, one = splat(ONE);
  let i = 0;
  for (; i + 2 <= inputs; i += 2) {
    tile(true, h, weights, line, outputs, g, row, a, slope, one);
    h += 2 * row;
    a += 2 * row;
    weights += 8;
  }
  if (i < inputs) tile(false, h, weights, line, outputs, g, row, a, slope, one);
}

/** Two inputs or one by four vectors of rows. */
@inline
function tile(
  two: bool, h: usize, weights: usize, line: usize, outputs: i32, g: usize, row: usize, a: usize, slope: i32, one: v128,
): void {
  const end = weights + <usize>outputs * line;
  for (let s: usize = 0; s < row; s += 64) {
    let p = g + s, u = splat(weights), v = two ? splat(weights + 4) : u;
    let g0 = v128.load(p), g1 = v128.load(p, 16), g2 = v128.load(p, 32), g3 = v128.load(p, 48);
    let a0 = times(u, g0), a1 = times(u, g1), a2 = times(u, g2), a3 = times(u, g3);
    let b0 = two ? times(v, g0) : a0, b1 = two ? times(v, g1) : a0, b2 = two ? times(v, g2) : a0, b3 = two ? times(v, g3) : a0;
    for (let w = weights + line; w < end; w += line) {
      p += row;
      u = splat(w), g0 = v128.load(p), g1 = v128.load(p, 16), g2 = v128.load(p, 32), g3 = v128.load(p, 48);
      a0 = timesPlus(u, g0, a0); a1 = timesPlus(u, g1, a1); a2 = timesPlus(u, g2, a2); a3 = timesPlus(u, g3, a3);
      if (two) {
        v = splat(w + 4);
        b0 = timesPlus(v, g0, b0); b1 = timesPlus(v, g1, b1); b2 = timesPlus(v, g2, b2); b3 = timesPlus(v, g3, b3);
      }
    }
    scale(h + s, a + s, a0, a1, a2, a3, slope, one);
    if (two) scale(h + row + s, a + row + s, b0, b1, b2, b3, slope, one);
  }
}

@inline
function scale(h: usize, a: usize, a0: v128, a1: v128, a2: v128, a3: v128, slope: i32, one: v128): void {
  v128.store(h, slopeTimes(slope, a, a0, one));
  v128.store(h, slopeTimes(slope, a + 16, a1, one), 16);
  v128.store(h, slopeTimes(slope, a + 32, a2, one), 32);
  v128.store(h, slopeTimes(slope, a + 48, a3, one), 48);
}

/** f' times a sum, where the layer's values stand at a, or f' itself. */
@inline
export function slopeTimes(slope: i32, a: usize, sum: v128, one: v128): v128 {
  if (slope == LINEAR) return sum;
  const value = v128.load(a);
  if (slope == RELU) return v128.and(sum, above(value, zero()));
  if (slope == TANH) return times(sum, minus(one, times(value, value)));
  return times(sum, value);
}
