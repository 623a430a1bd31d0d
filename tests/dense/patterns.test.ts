import assert from 'node:assert/strict';
import { numpyRandom } from 'netlens';
import { type DenseStack, denseStack, derivatives, gradient, hessian, jacobian, predict } from 'netlens/dense';
import { distance, randomStack, slowly } from './networks.js';

const random = numpyRandom(23);

/** The Jacobian at a row by the chain rule, as it stands in books. */
function chainRule(stack: DenseStack, row: Float64Array): readonly number[] {
  const { z } = slowly(stack, row);
  let j = Array.from({ length: stack.inputs }, (_, i) => row.map((_value, k) => (i === k ? 1 : 0)));
  stack.layers.forEach(({ weights, biases, activation }, q) => {
    const below = j;
    j = Array.from(biases, (_, o) => {
      const slope = activation === 'linear' || z[q]![o]! > 0 ? 1 : 0;
      return row.map((_value, i) =>
        below.reduce((sum, line, u) => sum + slope * weights[o * below.length + u]! * line[i]!, 0),
      );
    });
  });
  return j.flatMap((line) => Array.from(line));
}

describe('Jacobians of ReLU networks by pattern', () => {
  for (const [name, sizes] of [
    ['one hidden layer', [3, 20, 2]],
    ['63 units', [8, 40, 23, 8]],
    ['64 units, which are too many', [8, 40, 24, 8]],
    ['three hidden layers', [2, 5, 6, 7, 1]],
    ['one unit', [1, 1, 1]],
    ['more than 64 outputs', [5, 12, 90]],
  ] as const) {
    it(`are right for ${name}`, () => {
      const activations = [...sizes.slice(2).map(() => 'relu' as const), 'linear' as const];
      const stack = randomStack(random, sizes, activations);
      const rows = 300;
      const x = random.normal(0, 1, rows * sizes[0]);
      const found = jacobian(stack, x);
      const width = stack.outputs * stack.inputs;
      for (let r = 0; r < rows; r++) {
        const wanted = chainRule(stack, x.subarray(r * stack.inputs, (r + 1) * stack.inputs));
        assert.ok(distance(found.subarray(r * width, (r + 1) * width), wanted) < 1e-13, `row ${r}`);
      }
    });
  }

  it('start anew when the table is full', () => {
    const stack = randomStack(random, [8, 30, 30, 2], ['relu', 'relu', 'linear']);
    const x = random.normal(0, 1, 8 * 5000);
    const found = jacobian(stack, x);
    for (let r = 0; r < 5000; r += 61)
      assert.deepEqual(found.slice(16 * r, 16 * r + 16), jacobian(stack, x.slice(8 * r, 8 * r + 8)), `row ${r}`);
  });

  it('know nothing of the network before', () => {
    const [a, b] = [1, 2].map(() => randomStack(random, [3, 6, 2], ['relu', 'linear']));
    const x = random.normal(0, 1, 30);
    const wanted = jacobian(b!, x);
    jacobian(a!, x);
    assert.deepEqual(jacobian(b!, x), wanted);
  });

  it('stand with values and zeros for the curvature, in one call or alone', () => {
    const stack = randomStack(random, [3, 6, 5, 2], ['relu', 'relu', 'linear']);
    const x = random.normal(0, 1, 30);
    x[4] = Number.NaN;
    const all = derivatives(stack, x, { order: 3, output: 1 });
    assert.deepEqual(Array.from(all.values), Array.from(predict(stack, x)));
    assert.deepEqual(Array.from(all.gradient), Array.from(gradient(stack, x, { output: 1 })));
    assert.deepEqual(Array.from(all.hessian), Array.from(hessian(stack, x, { output: 1 })));
    const isNaNRow = (width: number) => (value: number, n: number) =>
      Math.floor(n / width) === 1 ? Number.isNaN(value) : value === 0;
    assert.ok(all.hessian.every(isNaNRow(9)) && all.thirdDerivatives.every(isNaNRow(27)));
  });

  it('with a weight that is not finite are NaN where it counts', () => {
    const stack = denseStack(1, [
      { weights: [1, -1], biases: [0, 0], activation: 'relu' },
      { weights: [1, Number.NaN], biases: [0] },
    ]);
    assert.ok(jacobian(stack, [1]).every(Number.isNaN));
  });
});
