import type { HeadKernels, LayerKernels } from '../engine/kernels.js';
import { forEachPair, forEachTriple, pairPlace, pairs } from '../packing.js';
import { atLeast } from './arithmetic.js';
import type { TwinParts } from './layers.js';

type Reductions = Pick<HeadKernels, 'reduce' | 'centre' | 'reduceSecond' | 'reduceThird'>;

/** The kernels of lib/dense/assembly/softmax.ts. */
export function softmaxTwins(parts: TwinParts): Reductions & Pick<LayerKernels, 'softmax'> {
  return {
    softmax: valueTwin(parts),
    reduce: reduceTwin(parts),
    centre: centreTwin(parts),
    reduceSecond: secondTwin(parts),
    reduceThird: thirdTwin(parts),
  };
}

function reduceTwin({ memory, arithmetic }: TwinParts): Reductions['reduce'] {
  const { minus, timesPlus } = arithmetic;
  const { size } = memory;
  return (u, a, p, o, outputs, width, rows) => {
    const m = memory.all();
    for (let n = 0; n < width * rows; n++) {
      const mine = m[a / size + o * width * rows + n]!;
      let sum = 0;
      for (let k = 0; k < outputs; k++)
        sum = timesPlus(m[p / size + k * rows + (n % rows)]!, minus(mine, m[a / size + k * width * rows + n]!), sum);
      m[u / size + n] = sum;
    }
  };
}

function centreTwin({ memory, arithmetic }: TwinParts): Reductions['centre'] {
  const { plus, minus } = arithmetic;
  const { size } = memory;
  return (c, u, g, o, outputs, width, rows) => {
    const m = memory.all();
    for (let k = 0; k < outputs; k++)
      for (let n = 0; n < width * rows; n++) {
        const excess = minus(m[g / size + k * width * rows + n]!, m[g / size + o * width * rows + n]!);
        m[c / size + k * width * rows + n] = plus(excess, m[u / size + n]!);
      }
  };
}

function secondTwin({ memory, arithmetic }: TwinParts): Reductions['reduceSecond'] {
  const { minus, times, timesPlus } = arithmetic;
  const { size } = memory;
  return (u, c, p, outputs, width, rows) => {
    const m = memory.all();
    forEachPair(width, (i, j, place) => {
      for (let s = 0; s < rows; s++) {
        let sum = 0;
        for (let k = 0; k < outputs; k++) {
          const first = c / size + k * width * rows + s;
          sum = timesPlus(m[p / size + k * rows + s]!, times(m[first + i * rows]!, m[first + j * rows]!), sum);
        }
        m[u / size + place * rows + s] = minus(m[u / size + place * rows + s]!, sum);
      }
    });
  };
}

function thirdTwin({ memory, arithmetic }: TwinParts): Reductions['reduceThird'] {
  const { minus, times, timesPlus } = arithmetic;
  const { size } = memory;
  return (u, c, h, p, o, outputs, width, rows) => {
    const m = memory.all();
    const second = (n: number, i: number, j: number, s: number): number =>
      m[h / size + (n * pairs(width) + pairPlace(i, j, width)) * rows + s]!;
    forEachTriple(width, (i, j, k, place) => {
      for (let s = 0; s < rows; s++) {
        let sum = 0;
        for (let n = 0; n < outputs; n++) {
          const first = c / size + n * width * rows + s;
          const [x, y, z] = [i, j, k].map((a) => m[first + a * rows]!) as [number, number, number];
          const excess = (a: number, b: number): number => minus(second(n, a, b, s), second(o, a, b, s));
          const mixed = timesPlus(z, excess(i, j), timesPlus(y, excess(i, k), times(x, excess(j, k))));
          sum = timesPlus(m[p / size + n * rows + s]!, timesPlus(times(x, y), z, mixed), sum);
        }
        m[u / size + place * rows + s] = minus(m[u / size + place * rows + s]!, sum);
      }
    });
  };
}

function valueTwin({ memory, arithmetic, elementary }: TwinParts): LayerKernels['softmax'] {
  const { plus, minus, over } = arithmetic;
  return (z, outputs, rows) => {
    const m = memory.all();
    for (let s = z / memory.size, end = s + rows; s < end; s++) {
      let most = m[s]!;
      for (let o = 1; o < outputs; o++) most = atLeast(most, m[s + o * rows]!);
      let sum = 0;
      for (let o = 0; o < outputs; o++) {
        const e = elementary.exp(minus(m[s + o * rows]!, most));
        m[s + o * rows] = e;
        sum = plus(sum, e);
      }
      for (let o = 0; o < outputs; o++) m[s + o * rows] = over(m[s + o * rows]!, sum);
    }
  };
}
