import type { LayerKernels } from '../engine/kernels.js';
import type { Memory } from '../engine/memory.js';
import { activationTwins } from './activations.js';
import type { Arithmetic } from './arithmetic.js';
import type { Elementary } from './elementary.js';

/** What the twins of the kernels are made of. */
export interface TwinParts {
  readonly memory: Memory;
  readonly arithmetic: Arithmetic;
  readonly elementary: Elementary;
}

/** The kernels of layout.ts, product.ts and activation.ts in lib/dense/assembly. */
export function layerTwins(parts: TwinParts): Omit<LayerKernels, 'softmax'> {
  return { ...layoutTwins(parts), ...productTwins(parts), ...activationKernels(parts) };
}

function layoutTwins({
  memory,
}: TwinParts): Pick<LayerKernels, 'toBlock' | 'toRows' | 'toSingle' | 'areFinite' | 'fill'> {
  const { size } = memory;
  return {
    toBlock(block, x, count, features, rows) {
      const m = memory.all();
      for (let s = 0; s < rows; s++)
        for (let i = 0; i < features; i++)
          m[block / size + i * rows + s] = m[x / size + Math.min(s, count - 1) * features + i]!;
    },
    toRows(x, block, count, features, rows) {
      const m = memory.all();
      for (let s = 0; s < count; s++)
        for (let i = 0; i < features; i++) m[x / size + s * features + i] = m[block / size + i * rows + s]!;
    },
    toSingle(numbers, count) {
      memory.singles(numbers, count).set(memory.view(numbers, count));
    },
    areFinite: (numbers, count) => Number(memory.singles(numbers, count).every(Number.isFinite)),
    fill(block, values, features, rows) {
      const m = memory.all();
      for (let u = 0; u < features; u++)
        m.fill(m[values / size + u]!, block / size + u * rows, block / size + (u + 1) * rows);
    },
  };
}

function productTwins({ memory, arithmetic }: TwinParts): Pick<LayerKernels, 'affine' | 'product'> {
  const { plus, times, timesPlus } = arithmetic;
  const { size } = memory;
  /** start + Σ_i M[i] X[i], both by their places. */
  const sum = (
    start: number,
    matrix: number,
    x: number,
    { inputs, rows }: { inputs: number; rows: number },
  ): number => {
    const m = memory.all();
    let total = start;
    for (let i = 0; i < inputs; i++) total = timesPlus(m[matrix + i]!, m[x + i * rows]!, total);
    return total;
  };
  return {
    affine(y, weights, x, outputs, inputs, rows) {
      const m = memory.all();
      for (let n = 0; n < outputs * rows; n++) {
        const w = weights / size + Math.floor(n / rows) * (inputs + 1);
        m[y / size + n] = sum(m[w + inputs]!, w, x / size + (n % rows), { inputs, rows });
      }
    },
    product(y, matrix, stride, x, factor, outputs, inputs, rows, added) {
      const m = memory.all();
      for (let n = 0; n < outputs * rows; n++) {
        const total = sum(0, matrix / size + Math.floor(n / rows) * stride, x / size + (n % rows), { inputs, rows });
        const scaled = factor && !added ? times(total, m[factor / size + n]!) : total;
        m[y / size + n] = added ? plus(total, m[y / size + n]!) : scaled;
      }
    },
  };
}

function activationKernels({ memory, arithmetic, elementary }: TwinParts): Pick<LayerKernels, 'activate'> {
  const twins = activationTwins(arithmetic, elementary);
  const { size } = memory;
  return {
    activate(kind, alpha, values, d1, d2, d3, count) {
      const m = memory.all();
      const twin = twins[kind]!;
      const a = arithmetic.constant(alpha);
      for (let i = 0; i < count; i++) {
        const [f, f1, f2, f3] = twin(m[values / size + i]!, a);
        m[values / size + i] = f;
        if (d1) m[d1 / size + i] = f1;
        if (d2) m[d2 / size + i] = f2;
        if (d3) m[d3 / size + i] = f3;
      }
    },
  };
}
