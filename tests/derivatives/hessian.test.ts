import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { hessian } from '../../lib/derivatives/hessian.js';
import { jacobian } from '../../lib/derivatives/jacobian.js';
import { assertClose } from '../close.js';
import reference from '../vectors/derivatives.json' with { type: 'json' };

type Vector = (typeof reference)[number];

function modelOf(vector: Vector): tf.Sequential {
  const layers = vector.activations.map((activation, i) =>
    tf.layers.dense({
      units: vector.layers[i + 1]!,
      inputShape: [vector.layers[i]!],
      activation: activation as 'relu',
    }),
  );
  const model = tf.sequential({ layers });
  const weights = vector.W_out_in.flatMap((w, i) => [tf.transpose(tf.tensor2d(w)), tf.tensor1d(vector.b[i]!)]);
  model.setWeights(weights);
  tf.dispose(weights);
  return model;
}

function hessiansOf(vector: Vector): readonly number[][][][] {
  const zeros = vector.X.map((row) => vector.Y[0]!.map(() => row.map(() => row.map(() => 0))));
  return vector.hessian_batch_out_in_in ?? zeros;
}

// The weights are rounded to single precision.
const tolerances = { dense: 2e-7, tape: 5e-7, 'finite-difference': 2e-7 } as const;

for (const backend of ['wasm', 'cpu'] as const)
  describe(`jacobian and hessian, computing with ${backend}`, () => {
    before(() => useBackend(backend));

    for (const vector of reference)
      for (const method of ['dense', 'tape', 'finite-difference'] as const)
        it(`agree by ${method} with ${vector.id}: ${vector.source}`, () => {
          const model = modelOf(vector);
          const x = tf.tensor2d(vector.X);
          const wanted = hessiansOf(vector);
          const scale = Math.max(1, ...wanted.flat(3).map(Math.abs));
          const j = jacobian(model, x, { method });
          assertClose(j.arraySync(), vector.jacobian_batch_out_in, 2 * tolerances[method]);
          vector.Y[0]!.forEach((_, output) => {
            const h = hessian(model, x, { output, method });
            const second = method === 'finite-difference' ? 2e-5 : 2 * tolerances[method];
            assertClose(
              h.arraySync(),
              wanted.map((hessians) => hessians[output]!),
              second * scale,
            );
            h.dispose();
          });
          tf.dispose([x, j]);
          model.dispose();
        });
  });

describe('hessian', () => {
  before(() => useBackend('cpu'));

  it('is A + Aᵀ for the quadratic form of A, and symmetric bit for bit', () => {
    const a = [
      [1, 2, 3],
      [5, 7, 11],
      [13, 17, 19],
    ];
    const x = tf.tensor2d([[0.3, -2, 5]]);
    const h = hessian((rows) => tf.sum(tf.mul(tf.matMul(rows, tf.tensor2d(a)), rows), 1), x);
    const wanted = a.map((row, i) => row.map((value, j) => value + a[j]![i]!));
    assert.deepEqual(h.arraySync(), [wanted]);
    tf.dispose([x, h]);
  });

  it('gives zeros where the gradient does not depend on x', () => {
    const x = tf.tensor2d([[1, 2]]);
    const flat = [(rows: tf.Tensor2D) => tf.sum(rows, 1), (rows: tf.Tensor2D) => tf.ones([rows.shape[0]])];
    for (const f of flat) {
      const h = hessian(f, x);
      assert.deepEqual(h.arraySync(), [
        [
          [0, 0],
          [0, 0],
        ],
      ]);
      h.dispose();
    }
    x.dispose();
  });
});
