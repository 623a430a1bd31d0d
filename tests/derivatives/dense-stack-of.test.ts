import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { createMlp, denseStackOf, numpyRandom } from 'netlens';
import { jacobian, predict } from 'netlens/dense';

const { layers } = tf;
const mlp = (): tf.Sequential =>
  createMlp({ inputs: 3, hidden: [7, 5], outputs: 2, activation: 'swish', outputActivation: 'softmax', seed: 3 });

describe('denseStackOf', () => {
  it('gives a stack that predicts as the model does, in double precision', () => {
    const model = mlp();
    const x = Float32Array.from(numpyRandom(1).normal(0, 1, 12));
    const wanted = (model.predict(tf.tensor2d(x, [4, 3])) as tf.Tensor).dataSync();
    const got = predict(denseStackOf(model), x);
    got.forEach((value, i) => {
      assert.ok(Math.abs(value - wanted[i]!) < 1e-6, `${value} is not ${wanted[i]}`);
    });
    const [kernel] = model.getWeights();
    assert.equal(denseStackOf(model).layers[0]!.weights[1], kernel!.dataSync()[7]); // input 1 of unit 0
  });

  it('takes the weights of now', () => {
    const model = mlp();
    const x = [1, 2, 3];
    const early = denseStackOf(model);
    const before = jacobian(early, x);
    model.setWeights(model.getWeights().map((weights) => tf.mul(weights, 2)));
    assert.deepEqual(jacobian(early, x), before);
    assert.notDeepEqual(jacobian(denseStackOf(model), x), before);
  });

  it('refuses what is no stack of dense layers, and names what stands in the way', () => {
    const scan = layers.reshape({ name: 'scan', targetShape: [1, 3], inputShape: [3] });
    const scanning = tf.sequential({ layers: [scan, layers.flatten()] });
    const broken = mlp();
    broken.setWeights(broken.getWeights().map((weights) => tf.fill(weights.shape, Number.NaN)));
    const disposed = mlp();
    disposed.dispose();
    const refusals = [
      [scanning, 'RangeError', /^denseStackOf needs a model of dense layers, got layer 'scan' \(Reshape\)$/],
      [broken, 'RangeError', /^denseStackOf needs finite weights in layer 0, got NaN$/],
      [disposed, 'Error', /^denseStackOf needs a model that still exists, got a disposed one$/],
      ['model.json', 'TypeError', /^denseStackOf needs a tf\.LayersModel, got 'model\.json'$/],
    ] as const;
    for (const [model, name, message] of refusals)
      assert.throws(() => denseStackOf(model as tf.LayersModel), { name, message });
  });
});
