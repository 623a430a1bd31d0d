import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { finiteDifferences, jacobian, numpyRandom } from 'netlens';
import { assertClose } from '../close.js';
import { networkWithBiases } from '../network-with-biases.js';

const x = tf.tensor2d(Float32Array.from(numpyRandom(3).normal(0, 1, 800)), [200, 4]);

describe('finiteDifferences', () => {
  it('are exact for ReLU wherever no kink is crossed, and nowhere else worse', () => {
    const model = networkWithBiases('relu');
    const { values, crossed, crossings, steps } = finiteDifferences(model, x, { step: 0.05 });
    assert.ok(steps.every((step) => Number.isInteger(Math.log2(step))));
    const [found, exact] = [values.dataSync(), jacobian(model, x).dataSync()];
    let wrong = 0;
    for (const [i, value] of found.entries()) {
      if (Math.abs(value - exact[i]!) < 1e-5) continue;
      wrong++;
      assert.equal(crossed![Math.floor(i / 12) * 4 + (i % 4)], 1);
    }
    assert.ok(wrong > 0);
    assert.equal(
      crossings,
      crossed!.reduce((sum, one) => sum + one, 0),
    );
    assert.ok(crossings < 800);
  });

  it('cross the same kinks however many rows there are', () => {
    const model = networkWithBiases('relu');
    const all = tf.concat(Array.from({ length: 11 }, () => x)); // more than are looked at in one go
    const { crossed } = finiteDifferences(model, x, { step: 0.05 });
    const many = finiteDifferences(model, all, { step: 0.05 });
    assert.deepEqual([...many.crossed!], Array.from({ length: 11 }, () => [...crossed!]).flat());
    all.dispose();
  });

  it('cross fewer kinks with the automatic step', () => {
    const model = networkWithBiases('relu');
    const [coarse, fine] = [finiteDifferences(model, x, { step: 0.05 }), finiteDifferences(model, x)];
    assert.ok(fine.crossings! <= coarse.crossings! / 100);
  });

  it('know of no kinks in tanh, nor in functions', () => {
    const model = networkWithBiases('tanh');
    const { values, crossings } = finiteDifferences(model, x);
    assert.equal(crossings, 0);
    assertClose([...values.dataSync()], [...jacobian(model, x).dataSync()], 1e-5);
    assert.equal(finiteDifferences((x) => tf.relu(x), x).crossed, undefined);
  });

  it('refuse a step that is none', () => {
    for (const step of [0, -1, Number.NaN])
      assert.throws(() => finiteDifferences(networkWithBiases('tanh'), x, { step }), /finite step above 0/);
  });
});
