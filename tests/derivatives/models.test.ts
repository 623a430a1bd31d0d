import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { gradient } from '../../lib/derivatives/gradient.js';
import { hessian } from '../../lib/derivatives/hessian.js';
import { jacobian } from '../../lib/derivatives/jacobian.js';
import { numpyRandom } from '../../lib/random.js';

type Layer = tf.layers.Layer;
const { layers } = tf;
const INPUTS = 12;
const ROWS = 6;

type Initializer = ReturnType<typeof tf.initializers.glorotNormal>;
const seeded = (seed: number): { kernelInitializer: Initializer } => ({
  kernelInitializer: tf.initializers.glorotNormal({ seed }),
});

/** A model that takes each row as a picture of 3 by 4 points. */
const ofImages = (...inner: Layer[]): tf.Sequential =>
  tf.sequential({ layers: [layers.reshape({ inputShape: [INPUTS], targetShape: [3, 4, 1] }), ...inner] });

const models: Readonly<Record<string, () => tf.LayersModel>> = {
  'a residual connection': () => {
    const input = tf.input({ shape: [INPUTS] });
    const inner = layers.dense({ units: INPUTS, activation: 'tanh', ...seeded(1) }).apply(input);
    const sum = layers.add().apply([input, inner as tf.SymbolicTensor]);
    const output = layers.dense({ units: 2, activation: 'sigmoid', ...seeded(2) }).apply(sum);
    return tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
  },
  'two branches': () => {
    const input = tf.input({ shape: [INPUTS] });
    const [a, b] = [3, 4].map((seed) =>
      layers.dense({ units: 3, activation: 'softplus', ...seeded(seed) }).apply(input),
    );
    const both = layers
      .concatenate()
      .apply([layers.multiply().apply([a, b] as tf.SymbolicTensor[]), a] as tf.SymbolicTensor[]);
    const output = layers.dense({ units: 2, ...seeded(5) }).apply(both);
    return tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
  },
  'convolutions, dropout and batch normalisation': () =>
    ofImages(
      layers.conv2d({ filters: 3, kernelSize: 2, padding: 'same', ...seeded(6) }),
      layers.batchNormalization(),
      layers.activation({ activation: 'tanh' }),
      layers.dropout({ rate: 0.5 }),
      layers.conv2d({ filters: 2, kernelSize: 2, strides: 2, activation: 'softplus', ...seeded(7) }),
      layers.flatten(),
      layers.dense({ units: 2, activation: 'softmax', ...seeded(8) }),
    ),
  'pools of overlapping windows': () =>
    ofImages(
      layers.conv2d({ filters: 3, kernelSize: 2, padding: 'same', activation: 'tanh', ...seeded(9) }),
      layers.maxPooling2d({ poolSize: 2, strides: 1 }),
      layers.averagePooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
      layers.flatten(),
      layers.dense({ units: 2, activation: 'tanh', ...seeded(10) }),
    ),
  'separable and transposed convolutions': () =>
    ofImages(
      layers.separableConv2d({ filters: 3, kernelSize: 2, activation: 'tanh', depthwiseInitializer: 'ones' }),
      layers.conv2dTranspose({ filters: 2, kernelSize: 2, strides: 2, activation: 'tanh', ...seeded(11) }),
      layers.upSampling2d({ size: [2, 2] }),
      layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }),
      layers.dense({ units: 2, ...seeded(12) }),
    ),
  'memory: an LSTM': () =>
    tf.sequential({
      layers: [
        layers.reshape({ inputShape: [INPUTS], targetShape: [4, 3] }),
        layers.lstm({ units: 3, ...seeded(13) }),
        layers.dense({ units: 2, ...seeded(14) }),
      ],
    }),
};

const points = (): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from(numpyRandom(5).normal(0, 1, ROWS * INPUTS)), [ROWS, INPUTS]);

for (const backend of ['wasm', 'cpu'] as const)
  describe(`derivatives of models on the tape, computing with ${backend}`, () => {
    before(() => useBackend(backend));

    for (const [name, make] of Object.entries(models))
      it(`are right through ${name}`, () => {
        const model = make();
        const x = points();
        const count = tf.memory().numTensors;
        const before = model.getWeights().map((tensor) => [...tensor.dataSync()]);
        const h = 4e-3;
        const weights = Float32Array.from({ length: ROWS * INPUTS }, (_, i) => Math.cos(i % INPUTS));
        tf.tidy(() => {
          const direction = tf.tensor2d(weights, [ROWS, INPUTS]);
          const at = (step: number): tf.Tensor2D => tf.add(x, tf.mul(direction, step));
          const values = (step: number): tf.Tensor => tf.slice(model.apply(at(step)) as tf.Tensor2D, [0, 1], [-1, 1]);
          const slopes = tf.div(tf.sub(values(h), values(-h)), 2 * h);
          const g = gradient(model, x, { output: 1 });
          assertRows(tf.sum(tf.mul(g, direction), 1, true), slopes);
          const bends = tf.div(
            tf.sub(gradient(model, at(h), { output: 1 }), gradient(model, at(-h), { output: 1 })),
            2 * h,
          );
          const curvature = tf.sum(tf.mul(hessian(model, x, { output: 1 }), tf.expandDims(direction, 1)), 2);
          assertRows(curvature as tf.Tensor2D, bends as tf.Tensor2D);
          assert.deepEqual(tf.slice(jacobian(model, x), [0, 1], [-1, 1]).dataSync(), g.dataSync());
        });
        assert.deepEqual(
          model.getWeights().map((tensor) => [...tensor.dataSync()]),
          before,
        );
        assert.equal(tf.memory().numTensors, count);
        x.dispose();
        model.dispose();
      });
  });

/** Asserts that all rows but one, in which a pool may change its mind between the points, agree. */
function assertRows(exact: tf.Tensor, difference: tf.Tensor): void {
  const [a, b] = [exact, difference].map((tensor) => tensor.arraySync() as number[][]) as [number[][], number[][]];
  const size = Math.max(...a.flat().map(Math.abs));
  const right = a.filter((row, i) => row.every((value, j) => Math.abs(value - b[i]![j]!) < 1e-2 * size));
  assert.ok(size > 1e-3 && right.length >= ROWS - 1, `${right.length} of ${ROWS} rows agree`);
}
