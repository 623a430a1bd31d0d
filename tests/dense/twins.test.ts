import assert from 'node:assert/strict';
import fc from 'fast-check';
import { numpyRandom } from 'netlens';
import type { DenseActivation, DenseStack } from 'netlens/dense';
import { evaluate } from '../../lib/dense/engine/evaluate.js';
import type { Engine } from '../../lib/dense/engine/kernels.js';
import { compiledEngine } from '../../lib/dense/engine/webassembly.js';
import { plainEngine } from '../../lib/dense/twins/engine.js';
import { hasVectors } from '../../lib/webassembly.js';
import { HIDDEN, randomStack } from './networks.js';

interface Case {
  readonly stack: DenseStack;
  readonly x: Float64Array;
}

/** Values, Jacobians, and the higher derivatives of the last output. */
function everything(engine: Engine, { stack, x }: Case): readonly number[][] {
  const rows = x.length / stack.inputs;
  const room = (width: number): Float64Array => new Float64Array(rows * width);
  const { inputs, outputs } = stack;
  const [values, jacobians, hessians, thirds] = [outputs, outputs * inputs, inputs ** 2, inputs ** 3].map(room);
  const every = Array.from({ length: outputs }, (_, o) => o);
  evaluate(engine, stack, { x, rows, outputs: every, results: { values, jacobians } });
  evaluate(engine, stack, { x, rows, outputs: [outputs - 1], results: { hessians, thirds } });
  return [values, jacobians, hessians, thirds].map((result) => Array.from(result!));
}

const problem = fc
  .record({
    seed: fc.nat(1e6),
    inputs: fc.integer({ min: 1, max: 5 }),
    widths: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
    activations: fc.array(fc.constantFrom<DenseActivation>(...HIDDEN, 'relu'), { minLength: 3, maxLength: 3 }),
    outputs: fc.integer({ min: 1, max: 4 }),
    head: fc.constantFrom<DenseActivation>('linear', 'linear', 'sigmoid', 'softmax', ...HIDDEN),
    rows: fc.integer({ min: 1, max: 70 }),
    special: fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300),
  })
  .map(({ seed, inputs, widths, activations, outputs, head, rows, special }) => {
    const random = numpyRandom(seed);
    const stack = randomStack(random, [inputs, ...widths, outputs], [...activations.slice(0, widths.length), head]);
    const x = random.normal(0, 1, rows * inputs);
    x[seed % x.length] = special;
    return { stack, x };
  });

for (const precision of ['float64', 'float32'] as const) {
  describe(`without vectors, in ${precision}`, () => {
    const engines = [compiledEngine(precision), plainEngine(precision)] as const;

    it('networks of every kind have the same bits', () => {
      fc.assert(
        fc.property(problem, (example) => {
          const [compiled, plain] = engines.map((engine) => everything(engine, example));
          assert.deepStrictEqual(plain, compiled);
        }),
        { numRuns: 120 },
      );
    });

    it('so have ReLU networks of up to 63 units, and of more', () => {
      const random = numpyRandom(5);
      for (const units of [31, 32, 33, 40, 63, 64, 70]) {
        const split = Math.ceil(units / 3);
        const sizes = [9, split, units - split, 70];
        const stack = randomStack(random, sizes, ['relu', 'relu', 'linear']);
        const x = random.normal(0, 1, 9 * 37);
        const [compiled, plain] = engines.map((engine) => everything(engine, { stack, x }));
        assert.deepStrictEqual(plain, compiled, `${units} units`);
      }
    });

    it('so have networks that need more room than there is at first', () => {
      const random = numpyRandom(6);
      const stack = randomStack(random, [40, 60, 50], ['tanh', 'linear']);
      const x = random.normal(0, 1, 40 * 70);
      const every = Array.from({ length: 50 }, (_, o) => o);
      const [compiled, plain] = [compiledEngine(precision), plainEngine(precision)].map((engine) => {
        const room = engine.memory.all().byteLength;
        const jacobians = new Float64Array(70 * 50 * 40);
        evaluate(engine, stack, { x, rows: 70, outputs: every, results: { jacobians } });
        assert.ok(engine.memory.all().byteLength > room);
        return jacobians;
      });
      assert.deepEqual(plain, compiled);
    });
  });
}

describe('vectors in WebAssembly', () => {
  it('are there on this machine, and are asked for', () => {
    assert.equal(hasVectors(), true);
    const { WebAssembly: host } = globalThis as { WebAssembly?: unknown };
    const without = (value: unknown): boolean => {
      Object.assign(globalThis, { WebAssembly: value });
      try {
        return hasVectors();
      } finally {
        Object.assign(globalThis, { WebAssembly: host });
      }
    };
    assert.equal(without(undefined), false);
    assert.equal(without({ validate: () => false }), false);
  });
});
