import type { HeadKernels } from '../engine/kernels.js';
import { forEachPair, forEachTriple, pairPlace, pairs } from '../packing.js';
import type { TwinParts } from './layers.js';

export function headTwins(parts: TwinParts): HeadKernels {
  return { ...outwardTwins(parts), ...reductionTwins(parts) };
}

function outwardTwins({ memory, arithmetic }: TwinParts): Pick<HeadKernels, 'headFirst' | 'headSecond' | 'headThird'> {
  const { plus, times } = arithmetic;
  const { size } = memory;
  return {
    headFirst(out, stride, g, d1, width, count, rows) {
      const m = memory.all();
      for (let s = 0; s < count; s++)
        for (let i = 0; i < width; i++)
          m[out / size + s * stride + i] = times(m[d1 / size + s]!, m[g / size + i * rows + s]!);
    },
    headSecond(out, g, h, d1, d2, width, count, rows) {
      const m = memory.all();
      forEachPair(width, (i, j, place) => {
        for (let s = 0; s < count; s++) {
          const bent = times(m[d2 / size + s]!, times(m[g / size + i * rows + s]!, m[g / size + j * rows + s]!));
          const value = plus(times(m[d1 / size + s]!, m[h / size + place * rows + s]!), bent);
          const row = out / size + s * width * width;
          m[row + i * width + j] = value;
          m[row + j * width + i] = value;
        }
      });
    },
    headThird(out, g, h, t, d1, d2, d3, width, count, rows) {
      const m = memory.all();
      forEachTriple(width, (i, j, k, place) => {
        for (let s = 0; s < count; s++) {
          const [gi, gj, gk] = [i, j, k].map((n) => m[g / size + n * rows + s]!) as [number, number, number];
          const second = (a: number, b: number): number => m[h / size + pairPlace(a, b, width) * rows + s]!;
          const mixed = plus(plus(times(gi, second(j, k)), times(gj, second(i, k))), times(gk, second(i, j)));
          const lower = plus(
            times(m[d1 / size + s]!, m[t / size + place * rows + s]!),
            times(m[d2 / size + s]!, mixed),
          );
          const value = plus(lower, times(m[d3 / size + s]!, times(times(gi, gj), gk)));
          const row = out / size + s * width ** 3;
          for (const [a, b, c] of [
            [i, j, k],
            [i, k, j],
            [j, i, k],
            [j, k, i],
            [k, i, j],
            [k, j, i],
          ] as const)
            m[row + (a * width + b) * width + c] = value;
        }
      });
    },
  };
}

type Reductions = Pick<HeadKernels, 'reduce' | 'centre' | 'reduceSecond' | 'reduceThird'>;

function reductionTwins({ memory, arithmetic }: TwinParts): Reductions {
  const { plus, minus, times, timesPlus } = arithmetic;
  const { size } = memory;
  return {
    reduce(u, a, p, o, outputs, width, rows) {
      const m = memory.all();
      for (let n = 0; n < width * rows; n++) {
        const mine = m[a / size + o * width * rows + n]!;
        let sum = 0;
        for (let k = 0; k < outputs; k++)
          sum = timesPlus(m[p / size + k * rows + (n % rows)]!, minus(mine, m[a / size + k * width * rows + n]!), sum);
        m[u / size + n] = sum;
      }
    },
    centre(c, u, g, o, outputs, width, rows) {
      const m = memory.all();
      for (let k = 0; k < outputs; k++)
        for (let n = 0; n < width * rows; n++) {
          const excess = minus(m[g / size + k * width * rows + n]!, m[g / size + o * width * rows + n]!);
          m[c / size + k * width * rows + n] = plus(excess, m[u / size + n]!);
        }
    },
    reduceSecond(u, c, p, outputs, width, rows) {
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
    },
    reduceThird(u, c, h, p, o, outputs, width, rows) {
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
    },
  };
}
