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

/** A[u] = v[u] in every row. */
export function fill(block: usize, values: usize, features: i32, rows: i32): void {
  for (let u = 0; u < features; u++) {
    const value = load<real>(at(values, u));
    for (let s = 0; s < rows; s++) store<real>(at(block, u * rows + s), value);
  }
}
