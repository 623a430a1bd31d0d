import { above, at, isNaN, zero } from './vectors';

/** keys[row] |= (Z[u][row] > 0) << (bit + u); a NaN makes the key -1. Keys are set at bit 0 and added to behind it. */
export function addToKeys(keys: usize, z: usize, units: i32, bit: i32, rows: i32): void {
  const row = <usize>rows * sizeof<real>(), two = 2 * sizeof<real>();
  for (let s = 0; s < rows; s += 4) {
    let a = bit ? v128.load(keys) : zero(), b = bit ? v128.load(keys, 16) : zero(), from = at(z, s);
    for (let u = 0; u < units; u++) {
      const place = i64x2.splat((<i64>1) << (bit + u)), x = twoRows(from), y = twoRows(from + two);
      a = v128.or(a, v128.or(asBits(isNaN(x)), v128.and(place, asBits(above(x, zero())))));
      b = v128.or(b, v128.or(asBits(isNaN(y)), v128.and(place, asBits(above(y, zero())))));
      from += row;
    }
    v128.store(keys, a);
    v128.store(keys, b, 16);
    keys += 32;
  }
}

@inline
function twoRows(address: usize): v128 {
  return sizeof<real>() == 8 ? v128.load(address) : v128.load_zero<u64>(address);
}

/** The masks of two rows, 64 bits wide. */
@inline
function asBits(mask: v128): v128 {
  return sizeof<real>() == 8 ? mask : i64x2.extend_low_i32x4_s(mask);
}
