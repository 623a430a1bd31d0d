// Tables that the host fills once: f(i / n) for whole i.

import { at } from './vectors';

const TANH = memory.data(641 * sizeof<real>(), 16);
const LOGARITHM = memory.data(65 * sizeof<real>(), 16);

/** Where tanh(i / 32) belongs, i = 0 … 640. */
export function tanhTable(): usize {
  return TANH;
}

/** Where log(1 + i / 64) belongs, i = 0 … 64. */
export function logarithmTable(): usize {
  return LOGARITHM;
}

/** Where free memory begins. */
export function freeMemory(): usize {
  return __heap_base;
}

/** The entries whose numbers stand in the low bits of the lanes; masked, because a NaN's bits may be anything. */
@inline
export function entries(table: usize, index: v128, mask: i32): v128 {
  if (sizeof<real>() == 8) {
    const first = at(table, i32x4.extract_lane(index, 0) & mask), second = at(table, i32x4.extract_lane(index, 2) & mask);
    return v128.load_lane<u64>(second, v128.load_zero<u64>(first), 1);
  }
  let found = v128.load_zero<u32>(at(table, i32x4.extract_lane(index, 0) & mask));
  found = v128.load_lane<u32>(at(table, i32x4.extract_lane(index, 1) & mask), found, 1);
  found = v128.load_lane<u32>(at(table, i32x4.extract_lane(index, 2) & mask), found, 2);
  return v128.load_lane<u32>(at(table, i32x4.extract_lane(index, 3) & mask), found, 3);
}
