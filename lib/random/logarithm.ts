import { fused } from './fused.js';
import { LN2, LOGARITHMS, RECIPROCALS, SERIES, SERIES_NEAR_ONE } from './logarithm-table.js';

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** Around here x is the first of the 128 parts, up to a power of two: the upper word of 0.6875. */
const FIRST_PART = 0x3fe60000;

/**
 * Natural logarithm with the bits of the GNU C library (since 2.28) on processors with a fused multiply-add: the one that NumPy
 * calls on nearly every Linux machine. `Math.log` has another last bit in 7 % of all cases.
 *
 * With x = 2ᵏ z and a number c near z out of a table, ln x = k ln 2 + ln c + ln(1 + r), where r = z / c − 1 is small. Every
 * operation has the order, and the roundings, of the library: where it multiplies and adds in one, so does this.
 *
 * @param x - 0 < x, normal and finite; the caller checks.
 */
export function logarithm(x: number): number {
  return x >= 0.9375 && x < 1.064697265625 ? nearOne(x - 1) : elsewhere(x);
}

function elsewhere(x: number): number {
  double[0] = x;
  const part = words[1]! - FIRST_PART;
  const index = (part >>> 13) & 127;
  const k = part >> 20;
  words[1]! -= part & 0xfff00000;
  const r = fused(double[0], RECIPROCALS[index]!, -1);
  const square = r * r;
  const known = k * LN2[0] + LOGARITHMS[index]!;
  const high = known + r;
  const low = fused(square, SERIES[0]!, fused(k, LN2[1], known - high + r));
  const series = fused(fused(r, SERIES[4]!, SERIES[3]!), square, fused(SERIES[2]!, r, SERIES[1]!));
  return fused(r * square, series, low) + high;
}

function nearOne(r: number): number {
  const square = r * r;
  const cube = r * square;
  // r² / 2 is carried in two numbers, whose first has an exact square.
  const upper = r + r * 2 ** 27 - r * 2 ** 27;
  const high = r - 0.5 * upper * upper;
  const rest = r - high - 0.5 * upper * upper;
  const low = fused(-0.5 * (r - upper), r + upper, rest);
  return high + fused(seriesNearOne(r, square, cube), cube, low);
}

function seriesNearOne(r: number, square: number, cube: number): number {
  const three = (first: number): number => {
    const [a, b, c] = [SERIES_NEAR_ONE[first]!, SERIES_NEAR_ONE[first + 1]!, SERIES_NEAR_ONE[first + 2]!];
    return fused(square, c, fused(b, r, a));
  };
  const last = fused(cube, SERIES_NEAR_ONE[10]!, three(7));
  return fused(fused(last, cube, three(4)), cube, three(1));
}
