import assert from 'node:assert/strict';
import { type DenseActivation, denseStack, derivatives } from 'netlens/dense';
import reference from '../vectors/activations.json' with { type: 'json' };
import published from '../vectors/derivatives.json' with { type: 'json' };
import { HIDDEN } from './networks.js';

/** f, f', f'', f''' at some places, by a network of one unit. */
function jets(activation: DenseActivation, x: readonly number[], alpha?: number): readonly number[][] {
  const stack = denseStack(1, [{ weights: [1], biases: [0], activation, alpha }]);
  const { values, gradient, hessian, thirdDerivatives } = derivatives(stack, x, { order: 3 });
  return x.map((_, i) => [values[i]!, gradient[i]!, hessian[i]!, thirdDerivatives[i]!]);
}

describe('activations', () => {
  for (const activation of HIDDEN) {
    it(`${activation} and its first three derivatives agree with 40 digits`, () => {
      const rows = reference.activations[activation];
      const found = jets(
        activation,
        rows.map((row) => row[0]!),
      );
      rows.forEach(([x, ...wanted], i) => {
        wanted.forEach((value, order) => {
          const error = Math.abs(found[i]![order]! - value);
          assert.ok(
            error <= 3e-15 * Math.abs(value) + 1e-15,
            `order ${order} at ${x}: ${found[i]![order]}, not ${value}`,
          );
        });
      });
    });

    it(`${activation} of NaN is NaN to third order`, () => {
      assert.deepEqual(jets(activation, [Number.NaN, 0])[0], [Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    });
  }

  for (const activation of ['sigmoid', 'softplus', 'exp', 'elu', 'swish', 'gelu', 'mish'] as const) {
    it(`${activation} keeps its digits where it is tiny`, () => {
      const rows = reference.activations[activation].filter(([x]) => x! < -3);
      const found = jets(
        activation,
        rows.map((row) => row[0]!),
      );
      rows.forEach(([x, ...wanted], i) => {
        wanted.forEach((value, order) => {
          const error = Math.abs(found[i]![order]! / value - 1);
          assert.ok(!(error > 1e-13), `order ${order} at ${x}: ${found[i]![order]}, not ${value}`);
        });
      });
    });
  }

  it('have their limits at infinity', () => {
    const infinite = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const values = (activation: DenseActivation): unknown =>
      jets(activation, infinite).map(([f, f1]) => [f! + 0, f1! + 0]);
    const flat = [
      [0, 0],
      [Number.POSITIVE_INFINITY, 1],
    ];
    for (const activation of ['relu', 'softplus', 'swish', 'gelu', 'mish'] as const)
      assert.deepEqual(values(activation), flat);
    assert.deepEqual(values('tanh'), [
      [-1, 0],
      [1, 0],
    ]);
    assert.deepEqual(values('sigmoid'), [
      [0, 0],
      [1, 0],
    ]);
    assert.deepEqual(values('softsign'), [
      [-1, 0],
      [1, 0],
    ]);
    assert.deepEqual(values('hardSigmoid'), [
      [0, 0],
      [1, 0],
    ]);
    assert.deepEqual(values('relu6'), [
      [0, 0],
      [6, 0],
    ]);
  });

  it('take at a kink the derivative that TensorFlow.js takes', () => {
    assert.deepEqual(jets('relu', [0])[0], [0, 0, 0, 0]);
    assert.deepEqual(jets('relu6', [6])[0], [6, 0, 0, 0]);
    assert.deepEqual(jets('leakyRelu', [0])[0], [0, 0.3, 0, 0]);
    assert.deepEqual(jets('hardSigmoid', [2.5])[0], [1, 0.2, 0, 0]);
    assert.equal(jets('elu', [0])[0]![1], 1);
  });

  it('with a parameter use it', () => {
    const [x, alpha] = [-0.75, 1.7];
    const e = Math.exp(x);
    const check = (found: readonly number[][], wanted: readonly number[]): void =>
      found[0]!.forEach((value, order) => assert.ok(Math.abs(value - wanted[order]!) < 1e-14, `order ${order}`));
    check(jets('leakyRelu', [x], alpha), [alpha * x, alpha, 0, 0]);
    check(jets('elu', [x], alpha), [alpha * (e - 1), alpha * e, alpha * e, alpha * e]);
    const [s, u] = [1 / (1 + Math.exp(-alpha * x)), alpha * x];
    const [s1, s2] = [s * (1 - s), s * (1 - s) * (1 - 2 * s)];
    const s3 = s1 * (1 - 6 * s1);
    check(jets('swish', [x], alpha), [x * s, s + u * s1, alpha * (2 * s1 + u * s2), alpha ** 2 * (3 * s2 + u * s3)]);
  });
});

describe('derivatives of whole networks', () => {
  for (const vector of published) {
    it(`agree with torch and JAX: ${vector.id}`, () => {
      const layers = vector.W_out_in.map((rows, q) => {
        const activation = vector.activations[q] as DenseActivation;
        return { weights: rows.flat(), biases: vector.b[q]!, activation };
      });
      const stack = denseStack(vector.layers[0]!, layers);
      const close = (found: ArrayLike<number>, wanted: readonly number[], what: string): void => {
        assert.equal(found.length, wanted.length);
        wanted.forEach((value, i) =>
          assert.ok(Math.abs(found[i]! - value) <= vector.tol, `${what} ${i}: ${found[i]}, not ${value}`),
        );
      };
      for (let output = 0; output < stack.outputs; output++) {
        const found = derivatives(stack, vector.X.flat(), { order: 3, output });
        close(found.values, vector.Y.flat(), 'value');
        close(
          found.gradient,
          vector.jacobian_batch_out_in.flatMap((row) => row[output]!),
          'gradient',
        );
        const hessian = vector.hessian_batch_out_in_in?.flatMap((row) => row[output]!.flat());
        close(found.hessian, hessian ?? Array.from(found.hessian, () => 0), 'hessian');
        const third = vector.third_derivative_batch_out_in_in_in?.flatMap((row) => row[output]!.flat(2));
        if (third) close(found.thirdDerivatives, third, 'third');
      }
    });
  }
});
