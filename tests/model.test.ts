import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../lib/backend.js';
import { createMlp, type MlpOptions } from '../lib/model.js';
import { numpyRandom } from '../lib/random.js';

const shape: MlpOptions = {
  inputs: 3,
  hidden: [5, 4],
  outputs: 2,
  activation: 'tanh',
  outputActivation: 'sigmoid',
  seed: 1,
};
const weightsOf = (model: tf.LayersModel): number[][] => model.getWeights().map((w) => [...w.dataSync()]);

describe('createMlp', () => {
  before(() => useBackend('cpu'));

  it('stacks dense layers of the sizes and activations asked for', () => {
    const model = createMlp(shape);
    assert.deepEqual(
      model.getWeights().map((w) => w.shape),
      [[3, 5], [5], [5, 4], [4], [4, 2], [2]],
    );
    assert.deepEqual(
      model.layers.map((layer) => layer.getConfig()['activation']),
      ['tanh', 'tanh', 'sigmoid'],
    );
    model.dispose();
  });

  it('computes what the formula says', () => {
    const model = createMlp({ ...shape, hidden: [2], outputs: 1 });
    const [w1, , w2] = weightsOf(model);
    const [x1, x2, x3] = [0.3, -1.2, 0.7];
    const h = [0, 1].map((j) => Math.tanh(x1 * w1![j]! + x2 * w1![2 + j]! + x3 * w1![4 + j]!));
    const wanted = 1 / (1 + Math.exp(-(h[0]! * w2![0]! + h[1]! * w2![1]!)));
    const [y] = tf.tidy(() => (model.apply(tf.tensor2d([[x1, x2, x3]])) as tf.Tensor).dataSync());
    assert.ok(Math.abs(y! - wanted) < 1e-6);
    model.dispose();
  });

  it('draws Glorot kernels from the seed, layer after layer, and starts with zero biases', () => {
    const model = createMlp(shape);
    const random = numpyRandom(1);
    const kernel = (inputs: number, units: number): number[] => {
      const limit = Math.sqrt(6 / (inputs + units));
      return [...Float32Array.from(random.uniform(-limit, limit, inputs * units))];
    };
    const zeros = (n: number): number[] => Array(n).fill(0);
    assert.deepEqual(weightsOf(model), [kernel(3, 5), zeros(5), kernel(5, 4), zeros(4), kernel(4, 2), zeros(2)]);
    model.dispose();
  });

  it('gives the same bits for the same seed, others for another, and leaks nothing', () => {
    const before = tf.memory().numTensors;
    const [a, b, c] = [createMlp(shape), createMlp(shape), createMlp({ ...shape, seed: 2 })];
    assert.deepEqual(weightsOf(a), weightsOf(b));
    assert.notDeepEqual(weightsOf(a), weightsOf(c));
    for (const model of [a, b, c]) model.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('does without hidden layers, and knows every activation it lists', () => {
    const linear = createMlp({ ...shape, hidden: [] });
    assert.equal(linear.countParams(), 8);
    linear.dispose();
    const names = ['linear', 'relu', 'relu6', 'elu', 'selu', 'tanh', 'sigmoid', 'hardSigmoid', 'softmax'] as const;
    for (const activation of [...names, 'softplus', 'softsign', 'swish', 'mish', 'gelu'] as const) {
      const model = createMlp({ ...shape, activation, outputActivation: activation });
      tf.tidy(() => assert.ok((model.apply(tf.ones([1, 3])) as tf.Tensor).dataSync().every(Number.isFinite)));
      model.dispose();
    }
  });

  it('refuses sizes, activations and seeds without meaning', () => {
    const refused: [Partial<MlpOptions>, RegExp][] = [
      [{ inputs: 0 }, /^createMlp needs a whole number of inputs of at least 1, got 0$/],
      [{ inputs: 2.5 }, /^createMlp needs a whole number of inputs of at least 1, got 2.5$/],
      [{ hidden: [4, 0] }, /^createMlp needs whole hidden sizes of at least 1, got \[4, 0\]$/],
      [{ outputs: Number.NaN }, /^createMlp needs a whole number of outputs of at least 1, got NaN$/],
      [{ activation: 'cosine' as 'tanh' }, /^createMlp needs an activation of linear, relu, .*, got 'cosine'$/],
      [{ outputActivation: '' as 'tanh' }, /^createMlp needs an outputActivation of linear, .*, got ''$/],
      [{ outputs: 1, outputActivation: 'softmax' }, /^createMlp needs at least 2 outputs for softmax, got 1$/],
      [{ seed: -1 }, /^createMlp needs a whole seed, 0 to 4294967295, got -1$/],
    ];
    for (const [change, message] of refused)
      assert.throws(() => createMlp({ ...shape, ...change }), { name: 'RangeError', message });
    assert.throws(() => createMlp({ ...shape, hidden: 5 as unknown as number[] }), { name: 'TypeError' });
  });
});
