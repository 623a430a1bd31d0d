import assert from 'node:assert/strict';
import { numpyRandom } from 'netlens';
import { type DenseActivation, type DenseStack, derivatives, hessian } from 'netlens/dense';
import { evaluate } from '../../lib/dense/engine/evaluate.js';
import type { Engine } from '../../lib/dense/engine/kernels.js';
import { compiledEngine } from '../../lib/dense/engine/webassembly.js';
import { plainEngine } from '../../lib/dense/twins/engine.js';
import { distance, randomStack } from './networks.js';

const random = numpyRandom(41);

/** f, f' and f'' of z = v, as they stand in books. */
const BENT: Partial<Record<DenseActivation, (v: number) => readonly [number, number, number]>> = {
  linear: (v) => [v, 1, 0],
  relu: (v) => [Math.max(v, 0), v > 0 ? 1 : 0, 0],
  tanh: (v) => {
    const f = Math.tanh(v);
    return [f, 1 - f * f, -2 * f * (1 - f * f)];
  },
  sigmoid: (v) => {
    const f = 1 / (1 + Math.exp(-v));
    return [f, f * (1 - f), f * (1 - f) * (1 - 2 * f)];
  },
};

/** A number with its first and second derivatives by every input: ∇²f(z) = f' ∇²z + f'' ∇z ∇z'. */
interface Jet {
  readonly value: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Second derivatives of one output, carried forwards from layer to layer. */
function hessianSlowly({ inputs, layers }: DenseStack, row: Float64Array, output: number): Float64Array {
  let jets: readonly Jet[] = Array.from(row, (value, i) => {
    const first = new Float64Array(inputs);
    first[i] = 1;
    return { value, first, second: new Float64Array(inputs ** 2) };
  });
  for (const { weights, biases, activation } of layers) {
    const sums = Array.from(biases, (bias, o) => {
      const w = weights.subarray(o * jets.length, (o + 1) * jets.length);
      const sum = (at: (jet: Jet) => number): number => jets.reduce((total, jet, u) => total + w[u]! * at(jet), 0);
      return {
        value: bias + sum(({ value }) => value),
        first: row.map((_, i) => sum(({ first }) => first[i]!)),
        second: new Float64Array(inputs ** 2).map((_, ij) => sum(({ second }) => second[ij]!)),
      };
    });
    jets = activation === 'softmax' ? shares(sums) : sums.map((jet) => applied(jet, BENT[activation]!(jet.value)));
  }
  return jets[output]!.second;
}

function applied({ first, second }: Jet, [value, slope, bend]: readonly [number, number, number]): Jet {
  const n = first.length;
  return {
    value,
    first: first.map((d) => slope * d),
    second: second.map((d, ij) => slope * d + bend * first[Math.floor(ij / n)]! * first[ij % n]!),
  };
}

/** e^z over their sum: as e^(z − log Σ e^z). */
function shares(z: readonly Jet[]): readonly Jet[] {
  const total = z.reduce((sum, { value }) => sum + Math.exp(value), 0);
  const p = z.map(({ value }) => Math.exp(value) / total);
  const n = z[0]!.first.length;
  const mean = (at: (jet: Jet) => number): number => z.reduce((sum, jet, k) => sum + p[k]! * at(jet), 0);
  const first = z[0]!.first.map((_, i) => mean((jet) => jet.first[i]!));
  const second = z[0]!.second.map((_, ij) => {
    const [i, j] = [Math.floor(ij / n), ij % n];
    return mean((jet) => jet.second[ij]! + jet.first[i]! * jet.first[j]!) - first[i]! * first[j]!;
  });
  return z.map((jet, k) => {
    const centred = {
      value: 0,
      first: jet.first.map((d, i) => d - first[i]!),
      second: jet.second.map((d, ij) => d - second[ij]!),
    };
    return applied(centred, [p[k]!, p[k]!, p[k]!]);
  });
}

const NETWORKS: Readonly<Record<string, readonly [readonly number[], readonly DenseActivation[]]>> = {
  'of one hidden layer': [
    [70, 450, 2],
    ['tanh', 'linear'],
  ],
  'of two, with inputs that fill no vector': [
    [67, 130, 9, 2],
    ['sigmoid', 'tanh', 'sigmoid'],
  ],
  'with straight layers below and above': [
    [64, 140, 8, 7, 6, 2],
    ['relu', 'tanh', 'sigmoid', 'relu', 'linear'],
  ],
  'under a softmax': [
    [65, 140, 7, 3],
    ['tanh', 'relu', 'softmax'],
  ],
};

describe('second derivatives of wide networks', () => {
  for (const [name, [sizes, activations]] of Object.entries(NETWORKS))
    describe(name, () => {
      const stack = randomStack(random, sizes, activations);
      const n = stack.inputs;
      const x = random.normal(0, 1, 9 * n);
      const rowAt = (r: number): Float64Array => x.slice(r * n, (r + 1) * n);

      it('are those that are carried forwards through the layers', () => {
        for (const output of [0, 1]) {
          const wanted = hessianSlowly(stack, rowAt(8), output);
          const size = Math.max(...wanted.map(Math.abs));
          assert.ok(distance(hessian(stack, x, { output }).subarray(8 * n * n), wanted) < 1e-13 * size);
        }
      });

      it('have the same bits alone and in company, beside values and gradients too', () => {
        const together = derivatives(stack, x, { order: 2, output: 1 });
        assert.deepEqual(hessian(stack, x, { output: 1 }), together.hessian);
        for (const r of [0, 3, 8])
          assert.deepEqual(hessian(stack, rowAt(r), { output: 1 }), together.hessian.slice(r * n * n, (r + 1) * n * n));
      });

      it('are NaN where a row has a NaN, and in no other row', () => {
        const spoilt = x.slice();
        spoilt[2 * n + 5] = Number.NaN;
        const wanted = hessian(stack, x, { output: 0 }).fill(Number.NaN, 2 * n * n, 3 * n * n);
        assert.deepEqual(Array.from(hessian(stack, spoilt, { output: 0 })), Array.from(wanted));
      });

      for (const precision of ['float64', 'float32'] as const)
        it(`have the same bits without vectors, in ${precision}`, () => {
          const [compiled, plain] = [compiledEngine, plainEngine].map((engine) =>
            hessians(engine(precision), stack, x),
          );
          assert.deepEqual(plain, compiled);
        });
    });

  it('are 0 where no layer is curved', () => {
    const straight = randomStack(random, [70, 300, 20, 1], ['relu', 'relu', 'linear']);
    assert.deepEqual(hessian(straight, random.normal(0, 1, 140)), new Float64Array(2 * 70 ** 2));
  });
});

/** Those of two rows. */
function hessians(engine: Engine, stack: DenseStack, x: Float64Array): Float64Array {
  const results = { hessians: new Float64Array(2 * stack.inputs ** 2) };
  evaluate(engine, stack, { x, rows: 2, outputs: [1], results });
  return results.hessians;
}
