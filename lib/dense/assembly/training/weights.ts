// The gradient with respect to a layer's weights. Each entry is summed over rows as a vector of four numbers, which are added
// up once for a batch (fold), not once for a block.

import { plus, timesPlus, zero } from '../vectors';

/** S[o][i] += Σ_rows G[o] X[i] and, with a bias, S[o][inputs] += Σ_rows G[o]. Four inputs at a time; the last with the bias. */
export function addWeightGradient(s: usize, g: usize, x: usize, outputs: i32, inputs: i32, rows: i32, biased: bool): void {
  const row = <usize>rows << 2, line = <usize>(inputs + (biased ? 1 : 0)) << 4;
  let left = inputs;
  for (; left > 4; left -= 4) {
    addFour(s, line, g, x, outputs, row);
    s += 64;
    x += 4 * row;
  }
  if (left == 4) biased ? addFourAndBias(s, line, g, x, outputs, row) : addFour(s, line, g, x, outputs, row);
  else if (left == 3) biased ? addThreeAndBias(s, line, g, x, outputs, row) : addThree(s, line, g, x, outputs, row);
  else if (left == 2) biased ? addTwoAndBias(s, line, g, x, outputs, row) : addTwo(s, line, g, x, outputs, row);
  else biased ? addOneAndBias(s, line, g, x, outputs, row) : addOne(s, line, g, x, outputs, row);
}

// V8 compiles a function as a whole, and few networks need all of these: exports stay functions of their own.

export function addFour(s: usize, line: usize, g: usize, x: usize, outputs: i32, row: usize): void {
  columns(4, false, s, line, g, x, outputs, row);
}

export function addThree(s: usize, line: usize, g: usize, x: usize, outputs: i32, row: usize): void {
  columns(3, false, s, line, g, x, outputs, row);
}

export function addTwo(s: usize, line: usize, g: usize, x: usize, outputs: i32, row: usize): void {
  columns(2, false, s, line, g, x, outputs, row);
}

export function addOne(s: usize, line: usize, g: usize, x: usize, outputs: i32, row: usize): void {
  columns(1, false, s, line, g, x, outputs, row);
}

export function addFourAndBias(s: usize, line: usize, g: usize, x: usize, outputs: i32, row: usize): void {
  columns(4, true, s, line, g, x, outputs, row);
}

export function addThreeAndBias(s: usize, line: usize, g: usize, x: usize, outputs: i32, row: usize): void {
  columns(3, true, s, line, g, x, outputs, row);
}

export function addTwoAndBias(s: usize, line: usize, g: usize, x: usize, outputs: i32, row: usize): void {
  columns(2, true, s, line, g, x, outputs, row);
}

export function addOneAndBias(s: usize, line: usize, g: usize, x: usize, outputs: i32, row: usize): void {
  columns(1, true, s, line, g, x, outputs, row);
}

/** One to four columns of S, and that of the bias. */
@inline
function columns(wide: i32, biased: bool, s: usize, line: usize, g: usize, x: usize, outputs: i32, row: usize): void {
  let o = 0;
  for (; o + 2 <= outputs; o += 2) {
    tile(true, wide, biased, s, line, g, x, row);
    s += 2 * line;
    g += 2 * row;
  }
  if (o < outputs) tile(false, wide, biased, s, line, g, x, row);
}

/** Two outputs or one by one to four inputs. */
@inline
function tile(two: bool, wide: i32, biased: bool, s: usize, line: usize, g: usize, x: usize, row: usize): void {
  const x1 = x + row, x2 = x1 + row, x3 = x2 + row, h = g + row;
  let a0 = zero(), a1 = a0, a2 = a0, a3 = a0, a4 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0;
  for (let shift: usize = 0; shift < row; shift += 16) {
    const u = v128.load(g + shift), v = two ? v128.load(h + shift) : u, p0 = v128.load(x + shift);
    a0 = timesPlus(u, p0, a0);
    if (two) b0 = timesPlus(v, p0, b0);
    if (wide > 1) {
      const p1 = v128.load(x1 + shift);
      a1 = timesPlus(u, p1, a1);
      if (two) b1 = timesPlus(v, p1, b1);
    }
    if (wide > 2) {
      const p2 = v128.load(x2 + shift);
      a2 = timesPlus(u, p2, a2);
      if (two) b2 = timesPlus(v, p2, b2);
    }
    if (wide > 3) {
      const p3 = v128.load(x3 + shift);
      a3 = timesPlus(u, p3, a3);
      if (two) b3 = timesPlus(v, p3, b3);
    }
    if (biased) a4 = plus(a4, u);
    if (biased && two) b4 = plus(b4, v);
  }
  addLine(wide, biased, s, a0, a1, a2, a3, a4);
  if (two) addLine(wide, biased, s + line, b0, b1, b2, b3, b4);
}

@inline
function addLine(wide: i32, biased: bool, s: usize, a0: v128, a1: v128, a2: v128, a3: v128, a4: v128): void {
  v128.store(s, plus(v128.load(s), a0));
  if (wide > 1) v128.store(s, plus(v128.load(s, 16), a1), 16);
  if (wide > 2) v128.store(s, plus(v128.load(s, 32), a2), 32);
  if (wide > 3) v128.store(s, plus(v128.load(s, 48), a3), 48);
  if (biased) v128.store(s + 16 * wide, plus(v128.load(s + 16 * wide), a4));
}
