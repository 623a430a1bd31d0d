import type { PatternKernels } from '../engine/kernels.js';
import type { TwinParts } from './layers.js';

/** Keys are two whole numbers of 32 bits. The twin computes every row's Jacobian anew: the table only saves time. */
export function patternTwins(parts: TwinParts): PatternKernels {
  return { addToKeys: keysTwin(parts), patternJacobians: jacobiansTwin(parts) };
}

function keysTwin({ memory }: TwinParts): PatternKernels['addToKeys'] {
  return (keys, z, units, bit, rows) => {
    const m = memory.all();
    const words = memory.integers(keys, 2 * rows);
    if (bit === 0) words.fill(0);
    for (let s = 0; s < rows; s++)
      for (let u = 0; u < units; u++) {
        const value = m[z / memory.size + u * rows + s]!;
        if (Number.isNaN(value)) words.fill(-1, 2 * s, 2 * s + 2);
        else if (value > 0) words[2 * s + ((bit + u) >> 5)]! |= 1 << (bit + u);
      }
  };
}

function jacobiansTwin(parts: TwinParts): PatternKernels['patternJacobians'] {
  const { memory } = parts;
  return (out, keys, count, _table, _mask, _cache, _slots, taken, first, line, layers, depth, outputs, width) => {
    const m = memory.all();
    const words = memory.integers(keys, 2 * count);
    const records = memory.integers(layers, 5 * (depth - 1));
    for (let s = 0; s < count; s++) {
      const target = out / memory.size + s * outputs * width;
      const [low, high] = [words[2 * s]!, words[2 * s + 1]!];
      if (low === -1 && high === -1) m.fill(Number.NaN, target, target + outputs * width);
      else {
        const isOn = (unit: number): boolean => ((unit < 32 ? low : high) >>> (unit & 31)) % 2 === 1;
        const rows = m.subarray(first / memory.size);
        m.set(jacobian(parts, { first: rows, line: line / memory.size, records, isOn, width }), target);
      }
    }
    return taken;
  };
}

interface Pattern {
  readonly first: ArrayLike<number>;
  readonly line: number;
  readonly records: Int32Array;
  readonly isOn: (unit: number) => boolean;
  readonly width: number;
}

/** W_depth … diag(on) W_2 diag(on) W_1. */
function jacobian({ memory, arithmetic }: TwinParts, { first, line, records, isOn, width }: Pattern): number[] {
  const m = memory.all();
  let below = first;
  let length = line;
  let unit = 0;
  let result: number[] = [];
  for (let q = 0; q < records.length; q += 5) {
    const [weights, stride, inputs, outputs] = records.subarray(q, q + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    result = Array.from({ length: outputs * width }, (_, n) => {
      const w = weights / memory.size + Math.floor(n / width) * stride;
      let sum = 0;
      for (let u = 0; u < inputs; u++)
        if (isOn(unit + u)) sum = arithmetic.timesPlus(m[w + u]!, below[u * length + (n % width)]!, sum);
      return sum;
    });
    below = result;
    length = width;
    unit += inputs;
  }
  return result;
}
