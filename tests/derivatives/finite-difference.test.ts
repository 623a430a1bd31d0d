import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { gradient } from '../../lib/derivatives/gradient.js';
import { hessian } from '../../lib/derivatives/hessian.js';
import { jacobian } from '../../lib/derivatives/jacobian.js';
import { assertClose, type Nested } from '../close.js';

const method = 'finite-difference';
const rows = [
  [0.5, 2],
  [1, 4],
  [-0.5, 3],
];
/** Outputs x sin y and x² y, their Jacobian, and the Hessians. */
const f = (x: tf.Tensor2D): tf.Tensor => {
  const [a, b] = tf.split(x, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  return tf.concat([tf.mul(a, tf.sin(b)), tf.mul(tf.square(a), b)], 1);
};
const jacobians = rows.map(([a, b]) => [
  [Math.sin(b!), a! * Math.cos(b!)],
  [2 * a! * b!, a! * a!],
]);
const hessians = [
  rows.map(([a, b]) => [
    [0, Math.cos(b!)],
    [Math.cos(b!), -a! * Math.sin(b!)],
  ]),
  rows.map(([a, b]) => [
    [2 * b!, 2 * a!],
    [2 * a!, 0],
  ]),
];

function valuesOf(tensor: tf.Tensor): Nested {
  const values = tensor.arraySync() as Nested;
  tensor.dispose();
  return values;
}

describe('finite differences', () => {
  before(() => useBackend('cpu'));

  it('are near the derivatives of a function, as near as single precision allows', () => {
    const x = tf.tensor2d(rows);
    const count = tf.memory().numTensors;
    assertClose(valuesOf(jacobian(f, x, { method })), jacobians, 2e-4);
    for (const output of [0, 1]) {
      assertClose(
        valuesOf(gradient(f, x, { method, output })),
        jacobians.map((matrix) => matrix[output]!),
        2e-4,
      );
      assertClose(valuesOf(hessian(f, x, { method, output })), hessians[output]!, 5e-3);
    }
    assert.equal(tf.memory().numTensors, count);
    x.dispose();
  });

  it('take steps that fit the inputs, in any units and far from zero', () => {
    const large = 2 ** 20;
    const shifted = rows.map(([a, b]) => [a! * large, b! / large]);
    const x = tf.tensor2d(shifted);
    const g = (at: tf.Tensor2D): tf.Tensor => f(tf.div(at, [[large, 1 / large]]));
    const wanted = jacobians.map((matrix) => matrix.map(([a, b]) => [a!, b!]));
    const scaled = valuesOf(tf.tidy(() => tf.mul(jacobian(g, x, { method }), tf.tensor3d([[[large, 1 / large]]]))));
    assertClose(scaled, wanted, 2e-4);
    x.dispose();
  });

  it('take steps that single precision does not round away, however far from zero', () => {
    const x = tf.tensor2d([[2 ** 20], [2 ** 20 + 1], [2 ** 20 + 2]]);
    assertClose(valuesOf(gradient((at) => tf.mul(at, 4), x, { method })), [[4], [4], [4]], 0);
    x.dispose();
  });

  it('work for a single row, and at zero', () => {
    const x = tf.tensor2d([[0, 3]]);
    assertClose(
      valuesOf(jacobian(f, x, { method })),
      [
        [
          [Math.sin(3), 0],
          [0, 0],
        ],
      ],
      1e-3,
    );
    x.dispose();
  });
});
