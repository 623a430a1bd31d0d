import type { Memory, RealArray } from '../../engine/memory.js';
import { type Arithmetic, atLeast } from '../../twins/arithmetic.js';
import type { Elementary } from '../../twins/elementary.js';
import type { TwinParts } from '../../twins/layers.js';
import type { CrossentropyKernel, LossKernels } from '../kernels.js';
import { slopeTwin } from './backward.js';

const BYTES = 4;
const LANES = 4;

/** The losses, number by number; sums run in four lanes, as in the compiled kernels. */
export function lossTwins(parts: TwinParts): LossKernels {
  return {
    squaredErrors: squaredErrorsTwin(parts),
    binaryCrossentropy: binaryTwin(parts),
    categoricalCrossentropy: categoricalTwin(parts),
  };
}

function addScore(memory: Memory, score: number, sums: Float64Array, right = 0): void {
  const total = new Float64Array(memory.all().buffer, score, 2);
  total[0]! += sums[0]! + sums[1]! + (sums[2]! + sums[3]!);
  total[1]! += right;
}

function squaredErrorsTwin({ memory, arithmetic }: TwinParts): LossKernels['squaredErrors'] {
  const { constant, minus, times, timesPlus } = arithmetic;
  const timesSlope = slopeTwin(arithmetic);
  return (score, g, a, y, slopes, slope, scale, outputs, count, rows) => {
    const m = memory.all();
    const sums = new Float64Array(LANES);
    for (let place = 0; place < outputs * rows; place++) {
      const error = place % rows < count ? minus(m[a / BYTES + place]!, m[y / BYTES + place]!) : 0;
      sums[place % LANES] = timesPlus(error, error, sums[place % LANES]!);
      m[g / BYTES + place] = timesSlope(times(error, constant(scale)), slope, m[slopes / BYTES + place]!);
    }
    addScore(memory, score, sums);
  };
}

function binaryTwin({ memory, arithmetic, elementary }: TwinParts): CrossentropyKernel {
  const { constant, plus, minus, times, over } = arithmetic;
  return (score, g, z, y, scale, outputs, count, rows) => {
    const m = memory.all();
    const sums = new Float64Array(LANES);
    let right = 0;
    for (let place = 0; place < outputs * rows; place++) {
      m[g / BYTES + place] = 0;
      if (place % rows >= count) continue;
      const [logit, target] = [m[z / BYTES + place]!, m[y / BYTES + place]!];
      const e = elementary.exp(-Math.abs(logit));
      const probability = over(logit > 0 ? 1 : e, plus(1, e));
      const loss = plus(minus(atLeast(logit, 0), times(logit, target)), elementary.log1p(e));
      sums[place % LANES] = plus(sums[place % LANES]!, loss);
      if (probability > 0.5 === target > 0.5) right += 1;
      m[g / BYTES + place] = times(minus(probability, target), constant(scale));
    }
    addScore(memory, score, sums, right);
  };
}

function categoricalTwin({ memory, arithmetic, elementary }: TwinParts): CrossentropyKernel {
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
