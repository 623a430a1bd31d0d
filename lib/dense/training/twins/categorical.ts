import type { RealArray } from '../../engine/memory.js';
import { type Arithmetic, atLeast } from '../../twins/arithmetic.js';
import type { Elementary } from '../../twins/elementary.js';
import type { TwinParts } from '../../twins/layers.js';
import type { CrossentropyKernel } from '../kernels.js';
import { addScore } from './score.js';

const BYTES = 4;
const LANES = 4;

/** The categorical cross-entropy, row by row. */
export function categoricalTwin({ memory, arithmetic, elementary }: TwinParts): CrossentropyKernel {
  const rowTwin = categoricalRow(arithmetic, elementary);
  const { plus } = arithmetic;
  return (score, g, z, y, scale, outputs, count, rows) => {
    const m = memory.all();
    const sums = new Float64Array(LANES);
    let right = 0;
    m.fill(0, g / BYTES, g / BYTES + outputs * rows);
    for (let s = 0; s < count; s++) {
      const [zs, ys, gs] = [z / BYTES + s, y / BYTES + s, g / BYTES + s];
      if (largest(m, zs, outputs, rows) === largest(m, ys, outputs, rows)) right += 1;
      const loss = rowTwin(m, { z: zs, y: ys, g: gs, step: rows, end: outputs * rows }, scale);
      sums[s % LANES] = plus(sums[s % LANES]!, loss);
    }
    addScore(memory, score, sums, right);
  };
}

/** Where a row's first output stands in three blocks, how far its others are, and where they end. */
interface Row {
  readonly z: number;
  readonly y: number;
  readonly g: number;
  readonly step: number;
  readonly end: number;
}

/** The loss of a row; sets its g. */
function categoricalRow(arithmetic: Arithmetic, { exp, log1p }: Elementary) {
  const { constant, plus, minus, times, over, timesPlus } = arithmetic;
  const log = logarithmTwin(arithmetic, log1p);
  return (m: RealArray, { z, y, g, step, end }: Row, scale: number): number => {
    let [most, share, powers, loss] = [m[z]!, m[y]!, 0, 0];
    for (let o = step; o < end; o += step) {
      most = atLeast(most, m[z + o]!);
      share = plus(share, m[y + o]!);
    }
    for (let o = 0; o < end; o += step) {
      m[g + o] = exp(minus(m[z + o]!, most));
      powers = plus(powers, m[g + o]!);
    }
    const logarithm = log(powers);
    const factor = over(share, powers);
    for (let o = 0; o < end; o += step) {
      loss = timesPlus(m[y + o]!, plus(logarithm, minus(most, m[z + o]!)), loss);
      m[g + o] = times(minus(times(m[g + o]!, factor), m[y + o]!), constant(scale));
    }
    return loss;
  };
}

/** The first output that is larger than all before it. */
function largest(m: RealArray, first: number, outputs: number, rows: number): number {
  let place = 0;
  let most = m[first]!;
  for (let o = 1; o < outputs; o++) {
    const value = m[first + o * rows]!;
    if (value > most) place = o;
    most = atLeast(most, value);
  }
  return place;
}

/** log x = n log 2 + log(1 + (f - 1)), x = 2^n f, 1 ≤ f < 2; NaN and infinity give NaN. */
function logarithmTwin({ constant, plus, minus, timesPlus }: Arithmetic, log1p: (e: number) => number) {
  const bits = new Int32Array(1);
  const number = new Float32Array(bits.buffer);
  const ln2 = constant(Math.LN2);
  return (x: number): number => {
    if (!Number.isFinite(x)) return Number.NaN;
    number[0] = x;
    const n = (bits[0]! >>> 23) - 127;
    bits[0] = (bits[0]! & 0x7fffff) | 0x3f800000;
    return plus(timesPlus(n, ln2, log1p(minus(number[0]!, 1))), 0);
  };
}
