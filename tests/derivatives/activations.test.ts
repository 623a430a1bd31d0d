import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { gradient } from '../../lib/derivatives/gradient.js';
import { hessian } from '../../lib/derivatives/hessian.js';
import type { Method } from '../../lib/derivatives/method.js';
import { taylorCoefficients } from '../../lib/derivatives/taylor-coefficients.js';
import type { Model } from '../../lib/tape/model.js';
import reference from '../vectors/activation-derivatives.json' with { type: 'json' };

type Three = readonly [number, number, number];

/** The first three derivatives of a function of one number. */
function derivativesAt(model: Model, at: number, method: Method): Three {
  const x = tf.tensor2d([[at]]);
  const [first, second] = [gradient(model, x, { method }), hessian(model, x, { method })];
  const third = taylorCoefficients(model, x, { order: 3, method })[2]!.mean.value * 6;
  const found = [first.dataSync()[0]!, second.dataSync()[0]!, third] as const;
  tf.dispose([x, first, second]);
  return found;
}

function assertDerivatives(found: Three, wanted: Three): void {
  wanted.forEach((value, i) => {
    const off = Math.abs(found[i]! - value);
    assert.ok(off <= 2e-6 * Math.max(1, Math.abs(value)), `order ${i + 1}: ${found[i]}, not ${value}`);
  });
}

/** A layer with an activation, around the activation itself. */
function layerWith(activation: string): tf.Sequential {
  const layer = tf.layers.dense({
    units: 1,
    inputShape: [1],
    activation: activation as 'relu',
    kernelInitializer: 'ones',
  });
  return tf.sequential({ layers: [layer] });
}

const functions: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
  elu: tf.elu,
  selu: tf.selu,
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  gelu_erf: (x) => tf.mul(x, tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5)),
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  exp: tf.exp,
};

for (const backend of ['wasm', 'cpu'] as const)
  describe(`derivatives of activations to third order, computing with ${backend}`, () => {
    before(() => useBackend(backend));

    for (const { activation, x, d1, d2, d3 } of reference.values) {
      it(`are right for the function ${activation} at ${x} (${reference.source})`, () => {
        const found = derivativesAt(functions[activation]! as Model, x, 'tape');
        assertDerivatives(found, [d1, d2, d3]);
      });

      if (activation !== 'exp')
        it(`are right for a layer with ${activation} at ${x}, by the dense engine and on the tape`, () => {
          const model = layerWith(activation.replace('_erf', ''));
          assertDerivatives(derivativesAt(model, x, 'dense'), [d1, d2, d3]);
          assertDerivatives(derivativesAt(model, x, 'tape'), [d1, d2, d3]);
          model.dispose();
        });
    }

    const straight: readonly (readonly [string, number, number])[] = [
      ['relu', 0.5, 1],
      ['relu', -0.5, 0],
      ['relu6', 5, 1],
      ['relu6', 7, 0],
      ['hardSigmoid', 1, 0.2],
      ['hardSigmoid', 3, 0],
      ['linear', 2, 1],
    ];
    for (const [activation, x, slope] of straight)
      it(`are ${slope}, 0 and 0 for ${activation} at ${x}`, () => {
        const model = layerWith(activation);
        for (const method of ['dense', 'tape'] as const)
          assertDerivatives(derivativesAt(model, x, method), [slope, 0, 0]);
        model.dispose();
      });

    it('are right for leaky ReLU, softmax and log softmax', () => {
      const leaky = tf.sequential({ layers: [tf.layers.leakyReLU({ alpha: 0.1, inputShape: [1] })] });
      for (const method of ['dense', 'tape'] as const) {
        assertDerivatives(derivativesAt(leaky, -2, method), [Math.fround(0.1), 0, 0]);
        assertDerivatives(derivativesAt(leaky, 2, method), [1, 0, 0]);
      }
      // Of two logits x and 0, softmax is a sigmoid, and its logarithm minus softplus of −x.
      const two = (x: tf.Tensor2D): tf.Tensor2D => tf.concat2d([x, tf.zerosLike(x)], 1);
      const sigmoid = reference.values.find(({ activation, x }) => activation === 'sigmoid' && x === 0.5)!;
      const { f, d1, d2 } = sigmoid;
      const of =
        (g: (x: tf.Tensor2D) => tf.Tensor): Model =>
        (x) =>
          tf.slice(g(two(x)), [0, 0], [-1, 1]);
      assertDerivatives(derivativesAt(of(tf.softmax), 0.5, 'tape'), [d1, d2, sigmoid.d3]);
      assertDerivatives(derivativesAt(of(tf.logSoftmax), 0.5, 'tape'), [1 - f, -d1, -d2]);
      leaky.dispose();
    });
  });
