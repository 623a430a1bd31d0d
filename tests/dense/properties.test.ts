import assert from 'node:assert/strict';
import fc from 'fast-check';
import { numpyRandom } from 'netlens';
import {
  type DenseActivation,
  type DenseStack,
  denseStack,
  derivatives,
  gradient,
  hessian,
  jacobian,
  predict,
  thirdDerivatives,
} from 'netlens/dense';
import { differences, distance, HIDDEN, nearKink, randomStack, slowly } from './networks.js';

const activation = fc.constantFrom<DenseActivation>(...HIDDEN);
const head = fc.constantFrom<DenseActivation>(...HIDDEN, 'softmax');

/** Networks of every depth from none to three hidden layers, with inputs; one exp at most, as rounding decides exp of exp. */
const problem = fc
  .record({
    seed: fc.nat(1e6),
    inputs: fc.integer({ min: 1, max: 4 }),
    widths: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
    activations: fc.array(activation, { minLength: 3, maxLength: 3 }),
    outputs: fc.integer({ min: 1, max: 4 }),
    head,
    rows: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ seed, inputs, widths, activations, outputs, head: last, rows }) => {
    const random = numpyRandom(seed);
    const kinds = [...activations.slice(0, widths.length), last];
    const tame = kinds.map((kind, q) => (kind === 'exp' && kinds.indexOf(kind) < q ? 'tanh' : kind));
    const stack = randomStack(random, [inputs, ...widths, outputs], tame);
    return { stack, x: random.normal(0, 1, rows * inputs), output: seed % outputs };
  });

function rowsOf(stack: DenseStack, x: Float64Array): readonly Float64Array[] {
  const { inputs } = stack;
  return Array.from({ length: x.length / inputs }, (_, r) => x.subarray(r * inputs, (r + 1) * inputs));
}

/**
 * How many times the tolerance, relative to its size, `found` is away from differences of the order below; rows near a kink are
 * left out, and what the differences themselves do not know as well as that: some networks are too steep for them.
 */
function errorAgainst(
  found: Float64Array,
  lower: (x: Float64Array) => Float64Array,
  { stack, x }: { readonly stack: DenseStack; readonly x: Float64Array },
  tolerance: number,
): number {
  const { values, doubts } = differences(lower, x, stack.inputs);
  const width = found.length / (x.length / stack.inputs);
  const far = rowsOf(stack, x).map((row) => !nearKink(stack, row, 0.02));
  const allowed = tolerance * (1 + Math.max(...found.map(Math.abs)));
  return found.reduce(
    (most, value, n) =>
      far[Math.floor(n / width)] && doubts[n]! < allowed / 2
        ? Math.max(most, Math.abs(value - values[n]!) / allowed)
        : most,
    0,
  );
}

describe('networks of dense layers', () => {
  it('predict what the sums in books give', () => {
    fc.assert(
      fc.property(problem, ({ stack, x }) => {
        const wanted = rowsOf(stack, x).flatMap((row) => slowly(stack, row).outputs);
        const scale = 1 + Math.max(...wanted.map(Math.abs));
        assert.ok(distance(predict(stack, x), wanted) < 1e-12 * scale);
      }),
      { numRuns: 200 },
    );
  });

  it('have the derivatives that differences of the next lower order have', () => {
    fc.assert(
      fc.property(problem, ({ stack, x, output }) => {
        const found = derivatives(stack, x, { order: 3, output });
        const values = (at: Float64Array): Float64Array => predict(stack, at);
        assert.ok(errorAgainst(jacobian(stack, x), values, { stack, x }, 1e-8) < 1, 'jacobian');
        const first = (at: Float64Array): Float64Array => gradient(stack, at, { output });
        assert.ok(errorAgainst(found.hessian, first, { stack, x }, 1e-7) < 1, 'hessian');
        const second = (at: Float64Array): Float64Array => hessian(stack, at, { output });
        assert.ok(errorAgainst(found.thirdDerivatives, second, { stack, x }, 1e-6) < 1, 'third');
      }),
      { numRuns: 150 },
    );
  });

  it('give the same bits one by one and together, for each output and in any company', () => {
    fc.assert(
      fc.property(problem, ({ stack, x, output }) => {
        const together = derivatives(stack, x, { order: 3, output });
        assert.deepEqual(predict(stack, x), together.values);
        assert.deepEqual(gradient(stack, x, { output }), together.gradient);
        assert.deepEqual(hessian(stack, x, { output }), together.hessian);
        assert.deepEqual(thirdDerivatives(stack, x, { output }), together.thirdDerivatives);
        const all = jacobian(stack, x);
        const { inputs, outputs } = stack;
        rowsOf(stack, x).forEach((row, r) => {
          const alone = derivatives(stack, row, { order: 3, output });
          const place = (r * outputs + output) * inputs;
          assert.deepEqual(alone.gradient, all.slice(place, place + inputs));
          assert.deepEqual(alone.gradient, together.gradient.slice(r * inputs, (r + 1) * inputs));
          assert.deepEqual(alone.hessian, together.hessian.slice(r * inputs ** 2, (r + 1) * inputs ** 2));
          assert.deepEqual(
            alone.thirdDerivatives,
            together.thirdDerivatives.slice(r * inputs ** 3, (r + 1) * inputs ** 3),
          );
        });
      }),
      { numRuns: 100 },
    );
  });

  it('have symmetric second and third derivatives, bit for bit', () => {
    fc.assert(
      fc.property(problem, ({ stack, x, output }) => {
        const n = stack.inputs;
        const { hessian: h, thirdDerivatives: t } = derivatives(stack, x, { order: 3, output });
        for (let r = 0; r < x.length / n; r++)
          for (let i = 0; i < n; i++)
            for (let j = 0; j < n; j++) {
              assert.equal(h[(r * n + i) * n + j], h[(r * n + j) * n + i]);
              for (let k = 0; k < n; k++) {
                const at = (a: number, b: number, c: number): number => t[((r * n + a) * n + b) * n + c]!;
                assert.ok(at(i, j, k) === at(j, i, k) && at(i, j, k) === at(k, j, i));
              }
            }
      }),
      { numRuns: 50 },
    );
  });

  it('give NaN in every result of a row with a NaN, and nothing else in other rows', () => {
    fc.assert(
      fc.property(problem, fc.nat(), ({ stack, x, output }, spot) => {
        const spoilt = x.slice();
        spoilt[spot % x.length] = Number.NaN;
        const row = Math.floor((spot % x.length) / stack.inputs);
        const [clean, found] = [x, spoilt].map((at) => derivatives(stack, at, { order: 3, output }));
        for (const key of ['values', 'gradient', 'hessian', 'thirdDerivatives'] as const) {
          const width = found![key].length / (x.length / stack.inputs);
          const wanted = clean![key].slice().fill(Number.NaN, row * width, (row + 1) * width);
          assert.deepEqual(Array.from(found![key]), Array.from(wanted), key);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('do not change with the order of hidden units, but for rounding', () => {
    fc.assert(
      fc.property(problem, ({ stack, x, output }) => {
        fc.pre(stack.layers.length > 1);
        const turned = reversedUnits(stack);
        const [a, b] = [stack, turned].map((one) => derivatives(one, x, { order: 3, output }));
        for (const key of ['values', 'gradient', 'hessian', 'thirdDerivatives'] as const) {
          const scale = 1 + Math.max(...a![key].map(Math.abs));
          assert.ok(distance(a![key], b![key]) < 1e-12 * scale, key);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('scale their derivatives against their inputs: f(x/s) with weights times s', () => {
    fc.assert(
      fc.property(problem, ({ stack, x, output }) => {
        const [first, ...rest] = stack.layers;
        const scaled = denseStack(stack.inputs, [{ ...first!, weights: first!.weights.map((w) => 4 * w) }, ...rest]);
        const [a, b] = [
          derivatives(stack, x, { order: 3, output }),
          derivatives(
            scaled,
            x.map((v) => v / 4),
            { order: 3, output },
          ),
        ];
        assert.deepEqual(
          a.gradient.map((v) => 4 * v),
          b.gradient,
        );
        assert.deepEqual(
          a.hessian.map((v) => 16 * v),
          b.hessian,
        );
        assert.deepEqual(
          a.thirdDerivatives.map((v) => 64 * v),
          b.thirdDerivatives,
        );
      }),
      { numRuns: 50 },
    );
  });
});

/** The same network with the units of its first layer in reverse. */
function reversedUnits(stack: DenseStack): DenseStack {
  const [first, second, ...rest] = stack.layers;
  const units = first!.biases.length;
  const rows = Array.from({ length: units }, (_, u) => first!.weights.slice(u * stack.inputs, (u + 1) * stack.inputs));
  const columns = Array.from({ length: second!.biases.length }, (_, o) =>
    second!.weights.slice(o * units, (o + 1) * units),
  );
  return denseStack(stack.inputs, [
    { ...first!, weights: rows.reverse().flatMap((row) => Array.from(row)), biases: first!.biases.slice().reverse() },
    { ...second!, weights: columns.flatMap((row) => Array.from(row.reverse())) },
    ...rest,
  ]);
}
