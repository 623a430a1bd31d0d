// Where things stand. A state is X, with two ghosts before it and two behind, and then the rows of Y: row j holds Y[k][j] for
// every k, so that the neighbours of a fast variable are the rows above and below it, and the sum over j is a sum of rows. One
// ghost row before and two behind close the ring. A row has an even number of columns: of an odd K the last repeats the first.

export let K: i32;
export let J: i32;
/** Bytes of a row. */
export let row: usize;
/** Bytes of a state. */
export let size: usize;
/** The present state; four more of the same size follow, for stages and slopes, and then one row: the coupling. */
export let state: usize;
export let coupling: usize;
/** h c / b. */
export let strength: f64;

/** Where free memory begins, a multiple of 16. */
export function freeMemory(): usize {
  return (__heap_base + 15) & ~15;
}

/** Says where the state stands and how large it is; returns the bytes that are taken from there on. */
export function place(address: usize, slow: i32, fast: i32, hcb: f64): usize {
  K = slow;
  J = fast;
  row = <usize>((K + 1) & ~1) << 3;
  size = row + 32 + <usize>(J + 3) * row;
  state = address;
  coupling = address + 5 * size;
  strength = hcb;
  return 5 * size + row;
}

/** Bytes from the beginning of a state to its row -1. */
@inline
export function rows(): usize {
  return row + 32;
}

/** Fills the ghosts of a state. */
export function closeRings(z: usize): void {
  const end = <usize>K << 3, x = z + 16;
  store<f64>(z, load<f64>(z + end));
  store<f64>(z + 8, load<f64>(z + end + 8));
  store<f64>(x + end, load<f64>(x));
  store<f64>(x + end + 8, load<f64>(x + 8));
  const before = z + rows(), last = before + <usize>J * row;
  shiftDown(before, last);
  // One after the other: with J = 1 the second row behind is taken from the first.
  shiftUp(last + row, before + row);
  shiftUp(last + 2 * row, before + 2 * row);
}

/** to[k] = from[k - 1]. */
function shiftDown(to: usize, from: usize): void {
  const end = <usize>K << 3;
  store<f64>(to, load<f64>(from + end - 8));
  for (let k: usize = 8; k < end; k += 8) store<f64>(to + k, load<f64>(from + k - 8));
  if (K & 1) store<f64>(to + end, load<f64>(to));
}

/** to[k] = from[k + 1]. */
function shiftUp(to: usize, from: usize): void {
  const end = <usize>K << 3;
  for (let k: usize = 8; k < end; k += 8) store<f64>(to + k - 8, load<f64>(from + k));
  store<f64>(to + end - 8, load<f64>(from));
  if (K & 1) store<f64>(to + end, load<f64>(to));
}

/** U[k] = -(h c / b) sum of Y[k][j], in the order of j, of the present state. */
export function couple(): void {
  const factor = f64x2.splat(strength);
  for (let k: usize = 0; k < row; k += 16) {
    let sum = f64x2.splat(0), y = state + rows() + row + k;
    for (let j = 0; j < J; j++, y += row) sum = f64x2.add(sum, v128.load(y));
    v128.store(coupling + k, f64x2.sub(f64x2.splat(0), f64x2.mul(factor, sum)));
  }
}

/** Whether all numbers of the present state are finite: x - x is 0 then, else NaN. */
export function isFinite(): bool {
  let sum = f64x2.splat(0);
  for (let at = state, end = state + size; at < end; at += 16) {
    const x = v128.load(at);
    sum = f64x2.add(sum, f64x2.sub(x, x));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) == 0;
}
