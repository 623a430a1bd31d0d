import type { Arithmetic } from '../../twins/arithmetic.js';
import type { TwinParts } from '../../twins/layers.js';
import { type BackwardKernels, SLOPES } from '../kernels.js';

const BYTES = 4;
const LANES = 4;

/** The kernels that go backward, number by number. */
export function backwardTwins(parts: TwinParts): BackwardKernels {
  return {
    backward: backwardTwin(parts),
    addWeightGradient: weightGradientTwin(parts),
    fold: foldTwin(parts),
    adam: adamTwin(parts),
  };
}

function backwardTwin({ memory, arithmetic }: TwinParts): BackwardKernels['backward'] {
  const { times, timesPlus } = arithmetic;
  const timesSlope = slopeTwin(arithmetic);
  return (h, weights, stride, g, a, inputs, outputs, rows, slope) => {
    const m = memory.all();
    for (let i = 0; i < inputs; i++)
      for (let s = 0; s < rows; s++) {
        const w = weights / BYTES + i;
        let sum = times(m[w]!, m[g / BYTES + s]!);
        for (let o = 1; o < outputs; o++) sum = timesPlus(m[w + o * stride]!, m[g / BYTES + o * rows + s]!, sum);
        const place = i * rows + s;
        m[h / BYTES + place] = timesSlope(sum, slope, m[a / BYTES + place]!);
      }
  };
}

/** A sum times f', which a layer's value or the slope stored in its place gives. */
export function slopeTwin({ times, minus }: Arithmetic): (sum: number, slope: number, value: number) => number {
  return (sum, slope, value) => {
    if (slope === SLOPES.linear) return sum;
    if (slope === SLOPES.relu) return value > 0 ? sum : 0;
    if (slope === SLOPES.tanh) return times(sum, minus(1, times(value, value)));
    return times(sum, value);
  };
}

function weightGradientTwin({ memory, arithmetic }: TwinParts): BackwardKernels['addWeightGradient'] {
  const { plus, timesPlus } = arithmetic;
  return (s, g, x, outputs, inputs, rows, biased) => {
    const m = memory.all();
    const columns = inputs + (biased ? 1 : 0);
    for (let place = 0; place < outputs * columns * LANES; place++) {
      const lane = place % LANES;
      const column = Math.floor(place / LANES) % columns;
      const from = g / BYTES + Math.floor(place / LANES / columns) * rows;
      let sum = 0;
      for (let row = lane; row < rows; row += LANES)
        sum =
          column === inputs
            ? plus(sum, m[from + row]!)
            : timesPlus(m[from + row]!, m[x / BYTES + column * rows + row]!, sum);
      m[s / BYTES + place] = plus(m[s / BYTES + place]!, sum);
    }
  };
}

function foldTwin({ memory, arithmetic: { plus } }: TwinParts): BackwardKernels['fold'] {
  return (g, s, count) => {
    const m = memory.all();
    for (let i = 0; i < count; i++) {
      const from = s / BYTES + LANES * i;
      m[g / BYTES + i] = plus(plus(m[from]!, m[from + 1]!), plus(m[from + 2]!, m[from + 3]!));
      m.fill(0, from, from + LANES);
    }
  };
}

function adamTwin({ memory, arithmetic }: TwinParts): BackwardKernels['adam'] {
  const { constant, plus, minus, times, over, timesPlus } = arithmetic;
  const [c1, c2, epsilon] = [constant(0.1), constant(0.001), constant(1e-7)];
  return (w, first, second, m, v, count, rate) => {
    const a = memory.all();
    const r = constant(rate);
    const [w0, first0, second0, m0, v0] = [w / BYTES, first / BYTES, second / BYTES, m / BYTES, v / BYTES];
    for (let i = 0; i < count; i++) {
      const g = plus(a[first0 + i]!, a[second0 + i]!);
      const mean = timesPlus(minus(g, a[m0 + i]!), c1, a[m0 + i]!);
      const square = timesPlus(minus(times(g, g), a[v0 + i]!), c2, a[v0 + i]!);
      a[m0 + i] = mean;
      a[v0 + i] = square;
      a[w0 + i] = minus(a[w0 + i]!, over(times(r, mean), plus(constant(Math.sqrt(square)), epsilon)));
    }
  };
}
