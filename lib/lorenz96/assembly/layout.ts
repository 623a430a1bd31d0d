// Where things stand. A slot holds one variable of two neighbouring k, X[k] and X[k + 1] or Y[k][j] and Y[k + 1][j], in each of the
// parts that a step needs, so that all that is known of a variable is at fixed distances from its address. The slots of X come
// first, a ghost before and a ghost behind; then, for every pair of k, a column of Y from j = 0 to J - 1 with one ghost before and
// two behind, which close the ring: Y[k][J] is Y[k + 1][0]. Of an odd K the last slots repeat k = 0. At last comes a row as samples
// are kept: X, Y with the fast variables of a k side by side, and the coupling.

/** Bytes of a part of a slot. */
const PART: usize = 16;
/** Parts: the present state, states of two stages, the first slope, the sum of the second and the third. */
export const PRESENT: usize = 0;
export const STAGE: usize = PART;
export const NEXT_STAGE: usize = 2 * PART;
export const FIRST: usize = 3 * PART;
export const MIDDLE: usize = 4 * PART;
/** Bytes of a slot. */
export const SLOT: usize = 5 * PART;

export let K: i32;
export let J: i32;
/** h c / b. */
export let strength: f64;
/** The ghost before the slots of X, and the first slot after the last one of X. */
export let slow: usize;
export let slowEnd: usize;
/** The ghost before the first column of Y, the last column's, and the bytes of a column. */
export let fast: usize;
export let lastColumn: usize;
export let column: usize;
/** The row, and in it the coupling. */
let row: usize;
export let coupling: usize;

/** Where free memory begins, a multiple of 16. */
export function freeMemory(): usize {
  return (__heap_base + 15) & ~15;
}

/** Says where the state stands and how large it is; returns the address of the row, (2 + J) K numbers and one that is not used. */
export function place(address: usize, slows: i32, fasts: i32, hcb: f64): usize {
  K = slows;
  J = fasts;
  strength = hcb;
  const pairs = <usize>(K + 1) >> 1;
  slow = address;
  slowEnd = slow + (pairs + 1) * SLOT;
  fast = slowEnd + SLOT;
  column = <usize>(J + 3) * SLOT;
  lastColumn = fast + (pairs - 1) * column;
  row = lastColumn + column;
  coupling = row + (<usize>K * <usize>(1 + J) << 3);
  return row;
}

/** Takes the row's X and Y as the present state. */
export function loadRow(): void {
  let x = slow + SLOT, y = fast + SLOT;
  for (let k = 0; k < K; k += 2, x += SLOT, y += column) {
    const other = k + 1 < K ? k + 1 : 0;
    v128.store(x, f64x2(load<f64>(slowInRow(k)), load<f64>(slowInRow(other))));
    let here = fastInRow(k), beside = fastInRow(other), to = y;
    for (let j = 0; j < J; j++, here += 8, beside += 8, to += SLOT) {
      v128.store(to, f64x2(load<f64>(here), load<f64>(beside)));
    }
  }
}

/** Writes X and Y of the present state into the row. */
export function storeRow(): void {
  let x = slow + SLOT, y = fast + SLOT;
  for (let k = 0; k < K; k++) {
    store<f64>(slowInRow(k), load<f64>(x));
    let from = y, to = fastInRow(k);
    for (let j = 0; j < J; j++, from += SLOT, to += 8) store<f64>(to, load<f64>(from));
    x += k & 1 ? SLOT - 8 : 8;
    y += k & 1 ? column - 8 : 8;
  }
}

function slowInRow(k: i32): usize {
  return row + (<usize>k << 3);
}

function fastInRow(k: i32): usize {
  return row + (<usize>(K + k * J) << 3);
}

/** Fills the ghosts of one part. */
@inline
export function closeRings(part: usize): void {
  const x = slow + part, end = slowEnd + part;
  const first = v128.load(x, SLOT), last = v128.load(end - SLOT);
  if (K & 1) store<f64>(end - SLOT + 8, f64x2.extract_lane(first, 0));
  v128.store(x, K & 1 ? f64x2.shuffle(v128.load(end - 2 * SLOT), last, 1, 2) : last);
  v128.store(end, first);
  if (J == 0) return;
  const row = fast + part, length = <usize>J * SLOT;
  shiftDown(row + length, row);
  // One after the other: with J = 1 the second slot behind is taken from the first.
  shiftUp(row + SLOT, row + SLOT + length);
  shiftUp(row + 2 * SLOT, row + 2 * SLOT + length);
}

/** to[k] = from[k - 1]; both in the first column. */
@inline
function shiftDown(from: usize, to: usize): void {
  const last = lastColumn - fast;
  let before = v128.load(from + last);
  if (K & 1) before = f64x2.shuffle(before, before, 0, 0);
  for (let at: usize = 0; at <= last; at += column) {
    const here = v128.load(from + at);
    v128.store(to + at, f64x2.shuffle(before, here, 1, 2));
    before = here;
  }
}

/** to[k] = from[k + 1]; both in the first column. */
@inline
function shiftUp(from: usize, to: usize): void {
  const last = lastColumn - fast;
  let here = v128.load(from);
  const first = K & 1 ? f64x2.shuffle(here, here, 1, 1) : here;
  for (let at: usize = 0; at < last; at += column) {
    const after = v128.load(from + at + column);
    v128.store(to + at, f64x2.shuffle(here, after, 1, 2));
    here = after;
  }
  v128.store(to + last, f64x2.shuffle(here, first, 1, 2));
}

/** U[k] = -(h c / b) sum of Y[k][j], in the order of j, of the present state. */
export function couple(): void {
  const factor = f64x2.splat(strength);
  for (let u = coupling, y = fast; y <= lastColumn; u += 16, y += column) {
    let sum = f64x2.splat(0);
    for (let at = y + SLOT, end = at + <usize>J * SLOT; at < end; at += SLOT) sum = f64x2.add(sum, v128.load(at));
    v128.store(u, f64x2.sub(f64x2.splat(0), f64x2.mul(factor, sum)));
  }
}

/** Whether all numbers of the present state are finite: x - x is 0 then, else NaN. */
export function isFinite(): bool {
  let sum = f64x2.splat(0);
  for (let at = slow; at < row; at += SLOT) {
    const x = v128.load(at);
    sum = f64x2.add(sum, f64x2.sub(x, x));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) == 0;
}
