import type { DerivativeKernels } from '../engine/kernels.js';
import { forEachPair, forEachTriple, pairPlace, pairs } from '../packing.js';
import { withSignOf } from './arithmetic.js';
import type { TwinParts } from './layers.js';

export function derivativeTwins(parts: TwinParts): DerivativeKernels {
  return {
    ...scaleTwins(parts),
    addCurvature: curvatureTwin(parts),
    bend: bendTwin(parts),
    addTorsion: torsionTwin(parts),
  };
}

function scaleTwins({
  memory,
  arithmetic,
}: TwinParts): Pick<DerivativeKernels, 'ratios' | 'scaleRows' | 'scaleMatrix'> {
  const { size } = memory;
  return {
    ratios(z, f, stabiliser, count) {
      const m = memory.all();
      const epsilon = arithmetic.constant(stabiliser);
      for (let n = 0; n < count; n++) {
        const [value, at] = [m[f / size + n]!, m[z / size + n]!];
        m[z / size + n] = value === 0 ? 0 : arithmetic.over(value, arithmetic.plus(at, withSignOf(epsilon, at)));
      }
    },
    scaleRows(a, f, d, units, width, rows) {
      const m = memory.all();
      for (let n = 0; n < units * width; n++)
        for (let s = 0; s < rows; s++) {
          const factor = m[d / size + Math.floor(n / width) * rows + s]!;
          m[a / size + n * rows + s] = arithmetic.times(m[f / size + n * rows + s]!, factor);
        }
    },
    scaleMatrix(a, matrix, stride, d, units, width, rows) {
      const m = memory.all();
      for (let u = 0; u < units; u++)
        for (let i = 0; i < width; i++)
          for (let s = 0; s < rows; s++) {
            const w = m[matrix / size + u * stride + i]!;
            m[a / size + (u * width + i) * rows + s] = arithmetic.times(w, m[d / size + u * rows + s]!);
          }
    },
  };
}

function curvatureTwin({ memory, arithmetic }: TwinParts): DerivativeKernels['addCurvature'] {
  const { times, timesPlus } = arithmetic;
  const { size } = memory;
  return (h, g, d2, f, c, units, width, rows) => {
    const m = memory.all();
    const line = units * rows;
    for (let i = 0, place = h / size; i < width; i++) {
      for (let n = 0; n < line; n++)
        m[c / size + n] = times(times(m[g / size + n]!, m[d2 / size + n]!), m[f / size + i * line + n]!);
      for (let j = i; j < width; j++)
        for (let s = 0; s < rows; s++, place++) {
          let sum = m[place]!;
          for (let n = s; n < line; n += rows) sum = timesPlus(m[c / size + n]!, m[f / size + j * line + n]!, sum);
          m[place] = sum;
        }
    }
  };
}

function bendTwin({ memory, arithmetic }: TwinParts): DerivativeKernels['bend'] {
  const { times, timesPlus } = arithmetic;
  const { size } = memory;
  return (a, second, f, d1, d2, units, width, rows) => {
    const m = memory.all();
    for (let u = 0; u < units; u++)
      forEachPair(width, (i, j, place) => {
        for (let s = 0; s < rows; s++) {
          const unit = u * rows + s;
          const packed = (u * pairs(width) + place) * rows + s;
          const straight = times(m[d1 / size + unit]!, m[second / size + packed]!);
          const pair = times(m[f / size + i * units * rows + unit]!, m[f / size + j * units * rows + unit]!);
          m[a / size + packed] = timesPlus(m[d2 / size + unit]!, pair, straight);
        }
      });
  };
}

function torsionTwin({ memory, arithmetic }: TwinParts): DerivativeKernels['addTorsion'] {
  const { plus, times, timesPlus } = arithmetic;
  const { size } = memory;
  return (t, g, d2, d3, f, second, units, width, rows) => {
    const m = memory.all();
    forEachTriple(width, (i, j, k, place) => {
      for (let s = 0; s < rows; s++) {
        let sum = m[t / size + place * rows + s]!;
        for (let u = 0; u < units; u++) {
          const first = f / size + u * rows + s;
          const packed = second / size + u * pairs(width) * rows + s;
          const x = m[first + i * units * rows]!;
          const y = m[first + j * units * rows]!;
          const z = m[first + k * units * rows]!;
          const sij = m[packed + pairPlace(i, j, width) * rows]!;
          const sik = m[packed + pairPlace(i, k, width) * rows]!;
          const sjk = m[packed + pairPlace(j, k, width) * rows]!;
          const mixed = timesPlus(z, sij, timesPlus(y, sik, times(x, sjk)));
          const cubic = times(m[d3 / size + u * rows + s]!, times(times(x, y), z));
          const unit = plus(cubic, times(m[d2 / size + u * rows + s]!, mixed));
          sum = timesPlus(m[g / size + u * rows + s]!, unit, sum);
        }
        m[t / size + place * rows + s] = sum;
      }
    });
  };
}
