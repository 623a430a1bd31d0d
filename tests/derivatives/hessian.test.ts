import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { hessian } from '../../lib/derivatives/hessian.js';
import { jacobian } from '../../lib/derivatives/jacobian.js';
import type { Activation } from '../../lib/model.js';
import reference from '../vectors/derivatives.json' with { type: 'json' };

type Nested = number | readonly Nested[];

function assertClose(actual: Nested, wanted: Nested, tolerance: number): void {
  if (typeof actual === 'number' && typeof wanted === 'number')
    assert.ok(Math.abs(actual - wanted) <= tolerance, `${actual}, not ${wanted}`);
  else if (Array.isArray(actual) && Array.isArray(wanted)) {
    assert.equal(actual.length, wanted.length);
    actual.forEach((part, i) => {
      assertClose(part, wanted[i], tolerance);
    });
  } else assert.fail(`${actual} and ${wanted} differ in shape`);
}

for (const backend of ['wasm', 'cpu'] as const)
  describe(`jacobian and hessian, computing with ${backend}`, () => {
    before(() => useBackend(backend));

    for (const vector of reference)
      it(`agree with ${vector.id}: ${vector.source}`, () => {
        const model = tf.sequential({
          layers: vector.activations.map((activation, i) =>
            tf.layers.dense({
              units: vector.layers[i + 1]!,
              inputShape: [vector.layers[i]!],
              activation: activation as Activation,
            }),
          ),
        });
        const weights = vector.W_out_in.flatMap((w, i) => [tf.transpose(tf.tensor2d(w)), tf.tensor1d(vector.b[i]!)]);
        model.setWeights(weights);
        const x = tf.tensor2d(vector.X);
        const j = jacobian(model, x);
        assertClose(j.arraySync(), vector.jacobian_batch_out_in, 1e-6);
        vector.Y[0]!.forEach((_, output) => {
          const h = hessian(model, x, { output });
          const zeros = vector.X.map((row) => row.map(() => row.map(() => 0)));
          const wanted = vector.hessian_batch_out_in_in?.map((hessians) => hessians[output]!);
          assertClose(h.arraySync(), wanted ?? zeros, 5e-6);
          h.dispose();
        });
        tf.dispose([x, j, ...weights]);
        model.dispose();
      });
  });
