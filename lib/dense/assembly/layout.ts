// Between rows as the caller has them, X[row][feature], and blocks, A[feature][row].

import { at } from './vectors';

/** A block of `count` rows; the rows past them repeat the last one. */
export function toBlock(block: usize, x: usize, count: i32, features: i32, rows: i32): void {
  for (let s = 0; s < rows; s++) {
    const from = at(x, (s < count ? s : count - 1) * features);
    for (let i = 0; i < features; i++) store<real>(at(block, i * rows + s), load<real>(at(from, i)));
  }
}

/** The first `count` rows of a block. */
export function toRows(x: usize, block: usize, count: i32, features: i32, rows: i32): void {
  for (let s = 0; s < count; s++)
    for (let i = 0; i < features; i++) store<real>(at(x, s * features + i), load<real>(at(block, i * rows + s)));
}

/** So many numbers in single precision, in the place of themselves. */
export function toSingle(numbers: usize, count: i32): void {
  if (sizeof<real>() == 4) return;
  let to = numbers, n = 0;
  for (; n + 4 <= count; n += 4) {
    const a = f32x4.demote_f64x2_zero(v128.load(numbers)), b = f32x4.demote_f64x2_zero(v128.load(numbers, 16));
    v128.store(to, v128.shuffle<i64>(a, b, 0, 2));
    to += 16;
    numbers += 32;
  }
  for (; n < count; n++) {
    store<f32>(to, <f32>load<real>(numbers));
    to += 4;
    numbers += 8;
  }
}

/** Whether so many numbers in single precision are all finite: 0 times another one is NaN, and so is every sum with it. */
export function areFinite(numbers: usize, count: i32): bool {
  const nothing = f32x4.splat(0);
  let a = nothing, b = nothing, n = 0;
  for (; n + 8 <= count; n += 8) {
    a = f32x4.add(a, f32x4.mul(v128.load(numbers), nothing));
    b = f32x4.add(b, f32x4.mul(v128.load(numbers, 16), nothing));
    numbers += 32;
  }
  a = f32x4.add(a, b);
  let sum = f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3);
  for (; n < count; n++) {
    sum += load<f32>(numbers) * 0;
    numbers += 4;
  }
  return sum == 0;
}

/** A[u] = v[u] in every row. */
export function fill(block: usize, values: usize, features: i32, rows: i32): void {
  for (let u = 0; u < features; u++) {
    const value = load<real>(at(values, u));
    for (let s = 0; s < rows; s++) store<real>(at(block, u * rows + s), value);
  }
}
