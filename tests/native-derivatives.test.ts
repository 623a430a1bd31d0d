import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../lib/backend.js';
import { gradient } from '../lib/derivatives/gradient.js';
import { hessian } from '../lib/derivatives/hessian.js';
import { createMlp } from '../lib/model.js';
import { train } from '../lib/train.js';
import { assertClose } from './close.js';

const INPUTS = 16;

function points(): tf.Tensor2D {
  const values = Float32Array.from({ length: 40 * INPUTS }, (_, i) => Math.sin(7 * i) + Math.cos(i * i));
  return tf.tensor2d(values, [40, INPUTS]);
}

const images = (x: tf.Tensor2D): tf.Tensor4D => tf.reshape(x, [-1, 4, 4, 1]);
const perRow = (y: tf.Tensor): tf.Tensor1D => tf.sum(tf.reshape(tf.exp(y), [y.shape[0]!, -1]), 1);
const filter = (): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from({ length: 18 }, (_, i) => Math.sin(i)),
    [3, 3, 1, 2],
  );

const functions: Readonly<Record<string, (x: tf.Tensor2D) => tf.Tensor1D>> = {
  'a product of tanh and sine': (x) => tf.sum(tf.mul(tf.tanh(x), tf.sin(tf.reverse(x, 1))), 1),
  'a convolution': (x) => perRow(tf.tanh(tf.conv2d(images(x), filter(), 1, 'same'))),
  'averages over windows that reach over the edge': (x) => perRow(tf.avgPool(images(x), 3, 1, 'same')),
  'averages over windows that leave places out': (x) => perRow(tf.avgPool(images(x), 2, 3, 'same')),
  'maxima over overlapping windows': (x) => perRow(tf.maxPool(images(x), 2, 1, 'same')),
};

/** What it computes with a backend. */
async function withBackend<T>(backend: 'native' | 'cpu', compute: () => T): Promise<T> {
  await useBackend(backend);
  return compute();
}

/** Asserts that no number is off by more than this part of the largest one. */
function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>, part: number): void {
  const wanted = Array.from(expected);
  const size = Math.max(...wanted.map(Math.abs));
  assert.ok(size > 0);
  assertClose(Array.from(actual), wanted, part * size);
}

describe('native TensorFlow (skipped unless npm run native has built it)', () => {
  before(async function () {
    const isThere = await useBackend('native').then(
      () => true,
      () => false,
    );
    if (!isThere) this.skip(); // 500 MB from PyPI and a C++ compiler, which npm test must not ask for
  });

  after(() => useBackend('wasm'));

  for (const [name, f] of Object.entries(functions))
    it(`has the derivatives of plain JavaScript: ${name}`, async () => {
      const derivatives = (): readonly Float32Array[] =>
        tf.tidy(() => [gradient(f, points()), hessian(f, points())].map((d) => d.dataSync<'float32'>().slice()));
      const [here, there] = [await withBackend('native', derivatives), await withBackend('cpu', derivatives)];
      assertNear(here[0]!, there[0]!, 1e-5);
      assertNear(here[1]!, there[1]!, 1e-5);
    });

  it('differentiates a network on the tape as the dense engine does', async () => {
    await useBackend('native');
    const model = createMlp({
      inputs: INPUTS,
      hidden: [20],
      outputs: 2,
      activation: 'tanh',
      outputActivation: 'linear',
      seed: 1,
    });
    const x = points();
    for (const derivative of [gradient, hessian]) {
      const [tape, dense] = (['tape', 'dense'] as const).map((method) => derivative(model, x, { output: 1, method }));
      assertNear(tape!.dataSync(), dense!.dataSync(), 1e-5);
      tf.dispose([tape!, dense!]);
    }
    x.dispose();
    model.dispose();
  });

  it('trains a layer that the dense engine does not know to the same loss, on tensors of another backend', async () => {
    await useBackend('cpu');
    const x = points();
    const y = tf.tidy(() => tf.sum(tf.sin(x), 1, true)) as tf.Tensor2D;
    const losses: number[] = [];
    for (const backend of ['cpu', 'native'] as const) {
      await useBackend(backend);
      const model = tf.sequential({ layers: [tf.layers.reshape({ inputShape: [INPUTS], targetShape: [4, 4, 1] })] });
      model.add(
        tf.layers.conv2d({ filters: 2, kernelSize: 3, kernelInitializer: tf.initializers.glorotNormal({ seed: 3 }) }),
      );
      model.add(tf.layers.flatten());
      model.add(tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed: 4 }) }));
      await train(model, x, y, { epochs: 20, batchSize: 8, loss: 'meanSquaredError', seed: 2 });
      losses.push(tf.tidy(() => tf.losses.meanSquaredError(y, model.predict(x) as tf.Tensor).dataSync()[0] ?? NaN));
      model.dispose();
    }
    assertNear([losses[1]!], [losses[0]!], 1e-4);
    tf.dispose([x, y]);
  });
});
