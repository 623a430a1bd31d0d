import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { gradient } from '../../lib/derivatives/gradient.js';
import { hessian } from '../../lib/derivatives/hessian.js';
import { jacobian } from '../../lib/derivatives/jacobian.js';
import { taylorCoefficients } from '../../lib/derivatives/taylor-coefficients.js';
import { createMlp } from '../../lib/model.js';
import { numpyRandom } from '../../lib/random.js';
import type { Model } from '../../lib/tape/model.js';

const all = {
  gradient,
  jacobian,
  hessian,
  taylorCoefficients: (model: Model, x: tf.Tensor2D, options = {}) =>
    taylorCoefficients(model, x, { order: 3, ...options }),
} as const;

/** Asserts that every function that differentiates refuses, in its own name, and leaves no tensor. */
function assertRefused(model: Model, x: tf.Tensor2D, { kind, message }: { kind: string; message: string }): void {
  const count = tf.memory().numTensors;
  for (const [name, derivative] of Object.entries(all))
    assert.throws(() => derivative(model, x), { name: kind, message: `${name} needs ${message}` });
  assert.equal(tf.memory().numTensors, count);
}

const sum = (x: tf.Tensor2D): tf.Tensor => tf.sum(x, 1);
const points = (rows = 4): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from(numpyRandom(3).normal(0, 1, rows * 2)), [rows, 2]);

describe('what cannot be differentiated is refused', () => {
  before(() => useBackend('cpu'));

  it('inputs that are no numbers, or none at all', () => {
    const cases: readonly (readonly [tf.Tensor, string, string])[] = [
      [tf.tensor2d([[1, Number.NaN]]), 'RangeError', 'finite numbers in x, got NaN in row 0, column 1'],
      [tf.zeros([0, 2]), 'RangeError', 'at least one row and one column in x, got [0, 2]'],
      [tf.ones([2]), 'RangeError', 'x of shape [batch, in], got [2]'],
      [tf.ones([1, 2], 'int32'), 'TypeError', "x of type float32, got 'int32'"],
      [tf.ones([1, 2], 'bool'), 'TypeError', "x of type float32, got 'bool'"],
    ];
    for (const [x, kind, message] of cases) {
      assertRefused(sum, x as tf.Tensor2D, { kind, message });
      x.dispose();
    }
  });

  it('tensors and models that are disposed', () => {
    const x = points();
    const model = createMlp({
      inputs: 2,
      hidden: [],
      outputs: 1,
      activation: 'tanh',
      outputActivation: 'linear',
      seed: 1,
    });
    model.dispose();
    assertRefused(model, x, { kind: 'Error', message: 'a model that still exists, got a disposed one' });
    x.dispose();
    assertRefused(sum, x, { kind: 'Error', message: 'a tensor x that still exists, got a disposed one' });
  });

  it('rows that change each other: batch statistics, sums and shifts, in one row and in many', () => {
    const trained = tf.sequential({ layers: [tf.layers.batchNormalization({ inputShape: [2] })] });
    const together: readonly ((x: tf.Tensor2D) => tf.Tensor)[] = [
      (x) => trained.apply(x, { training: true }) as tf.Tensor,
      (x) => tf.sum(tf.sub(x, tf.mean(x, 0, true)), 1),
      (x) => tf.cumsum(x, 0),
      (x) => tf.mul(x, tf.max(x)),
      (x) => tf.softmax(tf.transpose(x)).transpose(),
      (x) => tf.gather(x, tf.range(x.shape[0] - 1, -1, -1, 'int32')),
    ];
    const message =
      'a function that treats every row by itself, got one in which rows change each other (does it use batch statistics?)';
    for (const rows of [1, 4, 40])
      for (const f of together) {
        const x = points(rows);
        assertRefused((at) => tf.slice(tf.reshape(f(at), [at.shape[0], -1]), [0, 0], [-1, 1]), x, {
          kind: 'RangeError',
          message,
        });
        x.dispose();
      }
    trained.dispose();
  });

  it('functions that go on with numbers read off their tensors, but not those that only look', () => {
    const x = points();
    const message =
      'a function that computes with tensors, got one that goes on with numbers read off them (dataSync, arraySync)';
    const away: readonly ((at: tf.Tensor2D) => tf.Tensor)[] = [
      (at) => tf.tensor1d(at.arraySync().map(([a, b]) => a! ** 2 + Math.sin(b!))),
      (at) => tf.sum(tf.mul(at, tf.tensor2d(tf.exp(at).dataSync(), at.shape)), 1),
    ];
    for (const f of away) assertRefused(f, x, { kind: 'Error', message });
    const looking = (at: tf.Tensor2D): tf.Tensor => {
      assert.ok(at.dataSync().length > 0);
      return tf.sum(tf.tanh(at), 1);
    };
    for (const derivative of [gradient, hessian]) derivative(looking, x).dispose();
    x.dispose();
  });

  it('functions that change by themselves', () => {
    const x = points();
    const model = tf.sequential({ layers: [tf.layers.dropout({ rate: 0.5, inputShape: [2] })] });
    const message = 'a function that gives the same every time, got one that changes by itself (is dropout on?)';
    const noisy = (at: tf.Tensor2D): tf.Tensor => tf.sum(model.apply(at, { training: true }) as tf.Tensor, 1);
    assertRefused(noisy, x, { kind: 'RangeError', message });
    x.dispose();
  });

  it('methods that there are not', () => {
    const x = points();
    assert.throws(() => gradient(sum, x, { method: 'autodiff' as 'auto' }), {
      name: 'RangeError',
      message: "gradient needs a method among auto, dense, tape, finite-difference, got 'autodiff'",
    });
    x.dispose();
  });

  it('calls inside tf.grad, whose results would count as constants', () => {
    const x = points();
    const count = tf.memory().numTensors;
    const nested = (): tf.Tensor =>
      tf.grad((at) => tf.sum(gradient((row) => tf.sum(tf.square(row), 1), at as tf.Tensor2D)))(x);
    assert.throws(nested, {
      name: 'Error',
      message:
        'gradient needs to be called outside tf.grad, got a call inside of it, where the result would count as a constant',
    });
    assert.equal(tf.memory().numTensors, count);
    x.dispose();
  });

  it('errors of the function itself pass, without a tensor left', () => {
    const x = points();
    const count = tf.memory().numTensors;
    let calls = 0;
    // The checks call it a few times before the tape does.
    for (let last = 1; last < 8; last++) {
      calls = 0;
      const failing = (at: tf.Tensor2D): tf.Tensor => {
        const y = tf.tanh(at);
        if (++calls >= last) throw new Error('mine');
        return tf.sum(y, 1);
      };
      for (const method of ['tape', 'finite-difference'] as const)
        try {
          hessian(failing, x, { method }).dispose();
        } catch (error) {
          assert.equal((error as Error).message, 'mine');
        }
      assert.equal(tf.memory().numTensors, count);
    }
    x.dispose();
  });
});

type Custom = (
  x: tf.Tensor,
  save: tf.GradSaveFunc,
) => { value: tf.Tensor; gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor };
const custom = (f: Custom): ((x: tf.Tensor) => tf.Tensor) =>
  tf.customGrad(f as unknown as Parameters<typeof tf.customGrad>[0]);

describe('gradients of one’s own (tf.customGrad)', () => {
  before(() => useBackend('cpu'));

  const savesOutput = custom((x, save) => {
    const y = tf.exp(x);
    save([y]);
    return { value: y, gradFunc: (dy, [saved]) => tf.mul(dy, saved!) };
  });
  const savesInput = custom((x, save) => {
    save([x]);
    return { value: tf.exp(x), gradFunc: (dy, [saved]) => tf.mul(dy, tf.exp(saved!)) };
  });
  const kinked = custom((x, save) => {
    save([x]);
    return { value: tf.relu(x), gradFunc: (dy, [saved]) => tf.mul(dy, tf.step(saved!)) };
  });
  const offTheTape = custom((x) => {
    const values = x.dataSync().map(Math.exp);
    return { value: tf.exp(x), gradFunc: (dy) => tf.mul(dy, tf.tensor(values, x.shape)) };
  });
  const savesBetween = custom((x, save) => {
    const half = tf.exp(tf.div(x, 2));
    save([half]);
    return { value: tf.square(half), gradFunc: (dy, [saved]) => tf.mul(dy, tf.square(saved!)) };
  });
  const swish = (exp: (x: tf.Tensor) => tf.Tensor) => (x: tf.Tensor2D) =>
    tf.sum(tf.div(x, tf.add(1, exp(tf.neg(x)))), 1);

  it('are taken where they can be differentiated in turn, twice and three times, kinks included', () => {
    const x = points(10);
    const wanted = hessian(swish(tf.exp), x);
    for (const exp of [savesOutput, savesInput]) {
      const h = hessian(swish(exp), x);
      assert.ok(tf.tidy(() => tf.max(tf.abs(tf.sub(h, wanted))).dataSync()[0]!) < 1e-6);
      h.dispose();
      assert.equal(taylorCoefficients(swish(exp), x, { order: 3 }).length, 2 + 3 + 4);
    }
    for (let seed = 0; seed < 20; seed++) {
      const many = tf.tensor2d(Float32Array.from(numpyRandom(seed).normal(0, 0.02, 80)), [40, 2]);
      const h = hessian((at) => tf.sum(tf.square(kinked(tf.sin(at))), 1), many);
      tf.dispose([many, h]);
    }
    tf.dispose([x, wanted]);
  });

  it('are refused for higher orders where they are made of numbers off the tape', () => {
    const message =
      'needs operations whose gradients can be differentiated, got a custom gradient that itself cannot (finite differences give something else)';
    for (const exp of [offTheTape, savesBetween])
      for (const rows of [1, 10]) {
        const x = points(rows);
        const count = tf.memory().numTensors;
        assert.throws(() => hessian(swish(exp), x), { name: 'Error', message: `hessian ${message}` });
        assert.throws(() => taylorCoefficients(swish(exp), x, { order: 2 }), {
          message: `taylorCoefficients ${message}`,
        });
        assert.equal(tf.memory().numTensors, count);
        gradient(swish(exp), x).dispose();
        x.dispose();
      }
  });

  class OwnLayer extends tf.layers.Layer {
    static className = 'OwnLayer';
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return offTheTape(Array.isArray(inputs) ? inputs[0]! : inputs);
    }
  }

  it('are refused in layers too', () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] }), new OwnLayer()] });
    const x = points();
    assert.throws(() => hessian(model, x), /^Error: hessian needs operations whose gradients can be differentiated/);
    gradient(model, x).dispose();
    x.dispose();
    model.dispose();
  });
});
