import type { HeadKernels } from '../engine/kernels.js';
import { forEachPair, forEachTriple, pairPlace } from '../packing.js';
import type { TwinParts } from './layers.js';

type Outward = Pick<HeadKernels, 'headFirst' | 'headSecond' | 'headThird' | 'timesInputs' | 'clearWhereZero'>;

/** The kernels of lib/dense/assembly/head.ts. */
export function headTwins(parts: TwinParts): Outward {
  return {
    headFirst: firstTwin(parts),
    headSecond: secondTwin(parts),
    headThird: thirdTwin(parts),
    timesInputs: inputsTwin(parts),
    clearWhereZero: clearTwin(parts),
  };
}

function firstTwin({ memory, arithmetic }: TwinParts): HeadKernels['headFirst'] {
  const { size } = memory;
  return (out, stride, g, d1, width, count, rows) => {
    const m = memory.all();
    for (let s = 0; s < count; s++)
      for (let i = 0; i < width; i++)
        m[out / size + s * stride + i] = arithmetic.times(m[d1 / size + s]!, m[g / size + i * rows + s]!);
  };
}

function inputsTwin({ memory, arithmetic }: TwinParts): HeadKernels['timesInputs'] {
  const { size } = memory;
  return (jacobians, x, count, outputs, inputs) => {
    const m = memory.all();
    for (let n = 0; n < count * outputs * inputs; n++) {
      const row = Math.floor(n / (outputs * inputs));
      const place = jacobians / size + n;
      m[place] = arithmetic.times(m[place]!, m[x / size + row * inputs + (n % inputs)]!);
    }
  };
}

function clearTwin({ memory }: TwinParts): HeadKernels['clearWhereZero'] {
  const { size } = memory;
  return (jacobians, values, count, outputs, inputs, rows) => {
    const m = memory.all();
    for (let map = 0; map < count * outputs; map++) {
      const [row, output] = [Math.floor(map / outputs), map % outputs];
      const place = jacobians / size + map * inputs;
      if (m[values / size + output * rows + row] === 0) m.fill(0, place, place + inputs);
    }
  };
}

function secondTwin({ memory, arithmetic }: TwinParts): HeadKernels['headSecond'] {
  const { plus, times } = arithmetic;
  const { size } = memory;
  return (out, g, h, d1, d2, width, count, rows) => {
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
  };
}

function thirdTwin({ memory, arithmetic }: TwinParts): HeadKernels['headThird'] {
  const { plus, times } = arithmetic;
  const { size } = memory;
  return (out, g, h, t, d1, d2, d3, width, count, rows) => {
    const m = memory.all();
    forEachTriple(width, (i, j, k, place) => {
      for (let s = 0; s < count; s++) {
        const [gi, gj, gk] = [i, j, k].map((n) => m[g / size + n * rows + s]!) as [number, number, number];
        const second = (a: number, b: number): number => m[h / size + pairPlace(a, b, width) * rows + s]!;
        const mixed = plus(plus(times(gi, second(j, k)), times(gj, second(i, k))), times(gk, second(i, j)));
        const lower = plus(times(m[d1 / size + s]!, m[t / size + place * rows + s]!), times(m[d2 / size + s]!, mixed));
        const value = plus(lower, times(m[d3 / size + s]!, times(times(gi, gj), gk)));
        for (const [a, b, c] of orders(i, j, k)) m[out / size + ((s * width + a) * width + b) * width + c] = value;
      }
    });
  };
}

/** Three indices in every order. */
function orders(i: number, j: number, k: number): readonly (readonly [number, number, number])[] {
  return [
    [i, j, k],
    [i, k, j],
    [j, i, k],
    [j, k, i],
    [k, i, j],
    [k, j, i],
  ];
}
