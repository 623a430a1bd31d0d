// A network of ReLU layers under a linear one is linear wherever the same units are on: its Jacobian is computed once for
// each pattern of units, from the live units only, and looked up afterwards.

import { splat, storeFour, timesPlus, zero } from './vectors';

/** The key of a row with a NaN, which no pattern of at most 63 units has. */
const NOT_A_NUMBER: i64 = -1;

/** The place of a key in a table of records {key: i64, slot + 1: i64}: its own record or an empty one. */
@inline
function find(table: usize, mask: i32, key: i64): usize {
  let place = <i32>((key * 0x9E3779B97F4A7C15) >> 40) & mask, record = table + (<usize>place << 4);
  while (load<i64>(record, 8) && load<i64>(record) != key) {
    place = (place + 1) & mask;
    record = table + (<usize>place << 4);
  }
  return record;
}

/**
 * The Jacobians of `count` rows, [row][output][input]. `layers` describes the layers above the first in records of i32 {weights,
 * numbers in a row, inputs, outputs, where the product goes}; `first` holds the first layer's weights, `line` bytes for each
 * unit. The table and the cache start anew when all slots are taken. Returns how many were taken since the beginning.
 */
export function patternJacobians(
  out: usize, keys: usize, count: i32, table: usize, mask: i32, cache: usize, slots: i32, taken: i32,
  first: usize, line: i32, layers: usize, depth: i32, outputs: i32, width: i32,
): i32 {
  const size = line * outputs, row = <usize>(outputs * width) * sizeof<real>();
  for (let s = 0; s < count; s++) {
    const key = load<i64>(keys + (<usize>s << 3));
    if (key == NOT_A_NUMBER) notANumber(out, row);
    else {
      let record = find(table, mask, key);
      if (!load<i64>(record, 8)) {
        if (taken > 0 && taken % slots == 0) {
          memory.fill(table, 0, <usize>(mask + 1) << 4);
          record = find(table, mask, key);
        }
        store<i64>(record, key);
        store<i64>(record, taken % slots + 1, 8);
        jacobian(cache + <usize>(taken % slots * size), key, first, <usize>line, layers, depth);
        taken++;
      }
      copy(out, cache + <usize>((<i32>load<i64>(record, 8) - 1) * size), outputs, <usize>width * sizeof<real>(), <usize>line);
    }
    out += row;
  }
  return taken;
}

@inline
function notANumber(out: usize, bytes: usize): void {
  for (let p: usize = 0; p < bytes; p += sizeof<real>()) store<real>(out + p, <real>NaN);
}

/** W_depth … diag(on) W_2 diag(on) W_1 for the units that the key has on. */
function jacobian(out: usize, key: i64, first: usize, line: usize, layers: usize, depth: i32): void {
  let a = first;
  for (let q = 1; q < depth; q++) {
    const inputs = <i64>load<i32>(layers, 8), outputs = load<i32>(layers, 12), last = q == depth - 1;
    const on = key & (-1 >>> (64 - inputs)), target = last ? out : <usize>load<i32>(layers, 16);
    key >>= inputs;
    const wanted = last ? -1 : key;
    liveProduct(target, <usize>load<i32>(layers), <usize>load<i32>(layers, 4) * sizeof<real>(), a, on, wanted, outputs, line);
    a = target;
    layers += 20;
  }
}

/** out[o] = Σ W[o][u] A[u] over the units u that are on, for the wanted outputs o (of 64 and more: all), two at a time. */
@inline
function liveProduct(out: usize, weights: usize, stride: usize, a: usize, on: i64, wanted: i64, outputs: i32, line: usize): void {
  let o = next(0, wanted, outputs);
  while (o < outputs) {
    const p = next(o + 1, wanted, outputs), twin = p < outputs ? p : o;
    const w = weights + <usize>o * stride, v = weights + <usize>twin * stride;
    for (let q: usize = 0; q < line; q += 64) twoLines(out + <usize>o * line + q, out + <usize>twin * line + q, w, v, a + q, on, line);
    o = next(p + 1, wanted, outputs);
  }
}

/** The first wanted output from o on. */
@inline
function next(o: i32, wanted: i64, outputs: i32): i32 {
  if (o >= outputs || o >= 64) return o;
  const left = wanted >> <i64>o;
  return left ? o + <i32>ctz(left) : outputs;
}

@inline
function twoLines(y: usize, z: usize, w: usize, v: usize, a: usize, on: i64, line: usize): void {
  let a0 = zero(), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  for (let left = on; left; left &= left - 1) {
    const u = <usize>ctz(left), x = a + u * line, s = splat(w + u * sizeof<real>()), t = splat(v + u * sizeof<real>());
    const x0 = v128.load(x), x1 = v128.load(x, 16), x2 = v128.load(x, 32), x3 = v128.load(x, 48);
    a0 = timesPlus(s, x0, a0); a1 = timesPlus(s, x1, a1); a2 = timesPlus(s, x2, a2); a3 = timesPlus(s, x3, a3);
    b0 = timesPlus(t, x0, b0); b1 = timesPlus(t, x1, b1); b2 = timesPlus(t, x2, b2); b3 = timesPlus(t, x3, b3);
  }
  storeFour(y, a0, a1, a2, a3);
  storeFour(z, b0, b1, b2, b3);
}

/** Lines of so many bytes each, without what pads them. */
@inline
function copy(to: usize, from: usize, lines: i32, bytes: usize, line: usize): void {
  if (bytes == line) {
    bytes *= lines; // nothing pads them: one long line
    lines = 1;
  }
  const whole = bytes & ~15;
  for (let o = 0; o < lines; o++) {
    for (let p: usize = 0; p < whole; p += 16) v128.store(to + p, v128.load(from + p));
    for (let p = whole; p < bytes; p += sizeof<real>()) store<real>(to + p, load<real>(from + p));
    to += bytes;
    from += line;
  }
}
