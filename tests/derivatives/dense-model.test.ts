import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useBackend } from '../../lib/backend.js';
import { denseModel } from '../../lib/derivatives/dense-model.js';
import { gradient } from '../../lib/derivatives/gradient.js';
import { hessian } from '../../lib/derivatives/hessian.js';
import { jacobian } from '../../lib/derivatives/jacobian.js';
import { numpyRandom } from '../../lib/random.js';

type Layer = tf.layers.Layer;
const { layers } = tf;

const activations = [
  'linear',
  'relu',
  'relu6',
  'tanh',
  'sigmoid',
  'softplus',
  'elu',
  'selu',
  'softsign',
  'swish',
  'gelu',
  'mish',
  'hardSigmoid',
] as const;

/** Gives a model random weights, variances included. */
function shuffled(model: tf.LayersModel, seed: number): tf.LayersModel {
  const random = numpyRandom(seed);
  const weights = model.weights.map(({ name, shape }) => {
    const size = (shape as number[]).reduce((a, b) => a * b, 1);
    const values = Float32Array.from(random.normal(0, 0.6, size));
    return tf.tensor(
      name.includes('variance') ? values.map((value) => 0.2 + value * value) : values,
      shape as number[],
    );
  });
  model.setWeights(weights);
  tf.dispose(weights);
  return model;
}

const points = (rows: number, width: number, seed = 1): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from(numpyRandom(seed).normal(0, 1, rows * width)), [rows, width]);

/** How far tensors are apart, in parts of their size, or of 0.1. */
function distance(a: tf.Tensor, b: tf.Tensor): number {
  return tf.tidy(() => tf.div(tf.max(tf.abs(tf.sub(a, b))), tf.maximum(tf.max(tf.abs(b)), 0.1)).dataSync()[0]!);
}

function assertAgreement(model: tf.LayersModel, x: tf.Tensor2D): void {
  for (let output = 0; output < model.outputs[0]!.shape[1]!; output++)
    for (const derivative of [gradient, hessian]) {
      const [dense, tape] = [
        derivative(model, x, { output, method: 'dense' }),
        derivative(model, x, { output, method: 'tape' }),
      ];
      const off = distance(dense, tape);
      assert.ok(off < 5e-5, `${derivative.name} of output ${output} is off by ${off}`);
      tf.dispose([dense, tape]);
    }
  const [dense, tape] = [jacobian(model, x, { method: 'dense' }), jacobian(model, x, { method: 'tape' })];
  assert.ok(distance(dense, tape) < 5e-5);
  tf.dispose([dense, tape]);
}

describe('models as dense stacks', () => {
  before(() => useBackend('cpu'));

  it('have the derivatives that the tape finds, to single precision, for random stacks', () => {
    const units = fc.integer({ min: 1, max: 6 });
    const activation = fc.constantFrom(...activations);
    const layer = fc.record({
      units,
      activation,
      bias: fc.boolean(),
      normalised: fc.boolean(),
      separate: fc.boolean(),
    });
    const stack = fc.record({
      inputs: fc.integer({ min: 1, max: 4 }),
      hidden: fc.array(layer, { maxLength: 3 }),
      head: fc.constantFrom('linear', 'sigmoid', 'softmax' as const),
      seed: fc.nat(1000),
    });
    const property = fc.property(stack, ({ inputs, hidden, head, seed }) => {
      const inner = hidden.flatMap(({ units, activation, bias, normalised, separate }): Layer[] => [
        layers.dense({ units, useBias: bias, activation: separate ? 'linear' : activation }),
        ...(normalised ? [layers.batchNormalization()] : []),
        ...(separate ? [layers.activation({ activation }), layers.dropout({ rate: 0.5 })] : []),
      ]);
      const model = tf.sequential({
        layers: [layers.inputLayer({ inputShape: [inputs] }), ...inner, layers.dense({ units: 2, activation: head })],
      });
      const x = points(4, inputs, seed);
      assertAgreement(shuffled(model, seed), x);
      x.dispose();
      model.dispose();
    });
    fc.assert(property, { numRuns: 40 });
  });

  const accepted: Readonly<Record<string, readonly Layer[]>> = {
    'a single activation': [layers.activation({ activation: 'tanh', inputShape: [3] })],
    'nothing but dropout': [layers.dropout({ rate: 0.3, inputShape: [3] })],
    'batch normalisation first, twice, and without scale or centre': [
      layers.batchNormalization({ inputShape: [3] }),
      layers.batchNormalization({ scale: false }),
      layers.dense({ units: 2, activation: 'tanh' }),
      layers.batchNormalization({ center: false }),
      layers.dense({ units: 2 }),
    ],
    'rescaling first, twice, and after an activation': [
      layers.rescaling({ scale: 3, offset: -1, inputShape: [3] }),
      layers.rescaling({ scale: [1, 2, -3] as unknown as number, offset: [0.5] as unknown as number }),
      layers.dense({ units: 2, activation: 'tanh' }),
      layers.rescaling({ scale: 1 / 255 }),
      layers.dense({ units: 2 }),
    ],
    'two activations in a row': [
      layers.dense({ units: 4, activation: 'tanh', inputShape: [3] }),
      layers.activation({ activation: 'softplus' }),
    ],
    'layers of activation': [
      layers.dense({ units: 4, inputShape: [3] }),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.dense({ units: 4 }),
      layers.reLU(),
      layers.dense({ units: 4 }),
      layers.reLU({ maxValue: 6 }),
      layers.elu(),
      layers.softmax(),
    ],
    noise: [
      layers.gaussianNoise({ stddev: 1, inputShape: [3] }),
      layers.dense({ units: 2, activation: 'gelu' as 'relu' }),
      layers.gaussianDropout({ rate: 0.2 }),
      layers.alphaDropout({ rate: 0.2 }),
    ],
  };
  for (const [name, stack] of Object.entries(accepted))
    it(`may hold ${name}`, () => {
      const model = shuffled(tf.sequential({ layers: [...stack] }), 3);
      const x = points(5, 3);
      assertAgreement(model, x);
      x.dispose();
      model.dispose();
    });

  it('may be functional models, and models in models', () => {
    const inner = tf.sequential({ layers: [layers.dense({ units: 4, activation: 'tanh', inputShape: [3] })] });
    const input = tf.input({ shape: [3] });
    const output = layers.dense({ units: 2 }).apply(inner.apply(input)) as tf.SymbolicTensor;
    const model = shuffled(tf.model({ inputs: input, outputs: output }), 4);
    const x = points(5, 3);
    assertAgreement(model, x);
    x.dispose();
    model.dispose();
  });

  it('may be one of several outputs of a model in a model', () => {
    const inside = tf.input({ shape: [3] });
    const outputs = [1, 2].map((units) =>
      layers.dense({ units, activation: 'tanh' }).apply(inside),
    ) as tf.SymbolicTensor[];
    const input = tf.input({ shape: [3] });
    const second = (tf.model({ inputs: inside, outputs }).apply(input) as tf.SymbolicTensor[])[1]!;
    const model = shuffled(tf.model({ inputs: input, outputs: second }), 5);
    const x = points(5, 3);
    assertAgreement(model, x);
    x.dispose();
    model.dispose();
  });

  it('are read at every call: new weights have new derivatives', () => {
    const model = tf.sequential({ layers: [layers.dense({ units: 1, useBias: false, inputShape: [2] })] });
    const x = points(1, 2);
    for (const slopes of [
      [1, 2],
      [-3, 5],
    ]) {
      const kernel = tf.tensor2d(slopes, [2, 1]);
      model.setWeights([kernel]);
      const g = gradient(model, x);
      assert.deepEqual([...g.dataSync()], slopes);
      tf.dispose([kernel, g]);
    }
    x.dispose();
    model.dispose();
  });

  it('have Jacobians exact to double precision before they become tensors: the product of the weights', () => {
    const model = shuffled(
      tf.sequential({ layers: [layers.dense({ units: 5, inputShape: [3] }), layers.dense({ units: 2 })] }),
      6,
    );
    const x = points(1, 3);
    const j = jacobian(model, x);
    const [w1, , w2] = model.getWeights() as [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D];
    const [a, b] = [w1.arraySync(), w2.arraySync()];
    const wanted = [0, 1].map((k) =>
      a.map((row) => Math.fround(row.reduce((sum, value, h) => sum + value * b[h]![k]!, 0))),
    );
    assert.deepEqual(j.arraySync(), [wanted]);
    tf.dispose([x, j]);
    model.dispose();
  });

  class Scaled extends layers.Layer {
    static className = 'Scaled';
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return tf.mul(Array.isArray(inputs) ? inputs[0]! : inputs, 2);
    }
  }

  it('name the layer that stands in the way of the method dense; auto then takes the tape', () => {
    const first = layers.dense({ units: 4, inputShape: [4], name: 'first' });
    const refused: readonly (readonly [readonly Layer[], string])[] = [
      [[first, layers.prelu({ name: 'p' })], "layer 'p' (PReLU)"],
      [[first, layers.reLU({ maxValue: 2, name: 'e' })], "layer 'e' (ReLU)"],
      [[first, layers.layerNormalization({ name: 'n' })], "layer 'n' (LayerNormalization)"],
      [[first, layers.dense({ units: 2, activation: 'gelu_new' as 'relu', name: 'g' })], "layer 'g' (Dense)"],
      [[first, layers.softmax({ name: 's' }), layers.dense({ units: 1, name: 'd' })], "layer 'd' (Dense)"],
      [[first, new Scaled({ name: 'own' })], "layer 'own' (Scaled)"],
      [[first, layers.reshape({ targetShape: [2, 2], name: 'r' }), layers.flatten()], "layer 'r' (Reshape)"],
    ];
    for (const [stack, obstacle] of refused) {
      const model = tf.sequential({ layers: [...stack] });
      assert.deepEqual(denseModel(model), { obstacle });
    }
    const x = points(2, 4);
    const scaled = tf.sequential({
      layers: [layers.dense({ units: 1, inputShape: [4] }), new Scaled({ name: 'own' })],
    });
    assert.throws(() => gradient(scaled, x, { method: 'dense' }), {
      name: 'RangeError',
      message: "gradient needs a model of dense layers for the method 'dense', got layer 'own' (Scaled)",
    });
    const g = gradient(scaled, x);
    const kernel = scaled.getWeights()[0]!.dataSync();
    assert.deepEqual(
      [...g.dataSync()],
      [...kernel, ...kernel].map((value) => 2 * value),
    );
    assert.throws(() => hessian((at: tf.Tensor2D) => tf.sum(at, 1), x, { method: 'dense' }), {
      name: 'RangeError',
      message: "hessian needs a model of dense layers for the method 'dense', got a function",
    });
    tf.dispose([x, g]);
    scaled.dispose();
  });

  it('are not taken for what they are called: a layer whose call was replaced goes by the tape', () => {
    const layer = layers.dense({ units: 1, inputShape: [2] });
    const model = tf.sequential({ layers: [layer] });
    const call = layer.call.bind(layer);
    layer.call = (inputs, kwargs) => tf.mul(call(inputs, kwargs) as tf.Tensor, 3);
    const x = points(1, 2);
    const g = gradient(model, x);
    const kernel = layer.getWeights()[0]!.dataSync();
    assert.deepEqual(
      [...g.dataSync()],
      Array.from(kernel, (value) => Math.fround(3 * value)),
    );
    tf.dispose([x, g]);
    model.dispose();
  });
});
