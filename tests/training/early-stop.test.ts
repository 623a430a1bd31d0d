import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { createMlp } from '../../lib/model.js';
import { numpyRandom } from '../../lib/random.js';
import { train } from '../../lib/train.js';
import type { TrainOptions } from '../../lib/training/options.js';

/** Few noisy rows, which a network soon learns by heart, and others of the same kind. */
function noisy(): { x: tf.Tensor2D; y: tf.Tensor2D; validation: { x: tf.Tensor2D; y: tf.Tensor2D } } {
  const random = numpyRandom(8);
  const rows = (count: number) => {
    const x = tf.tensor2d(Float32Array.from(random.normal(0, 1, 2 * count)), [count, 2]);
    const noise = tf.tensor2d(Float32Array.from(random.normal(0, 1, count)), [count, 1]);
    return { x, y: tf.tidy(() => tf.add<tf.Tensor2D>(tf.sum(x, 1, true), noise)) };
  };
  return { ...rows(30), validation: rows(200) };
}

const sizes = { inputs: 2, hidden: [20], outputs: 1, activation: 'tanh', outputActivation: 'linear', seed: 1 } as const;

/** The dense engine trains a stack, TensorFlow.js any other model. */
const models: Readonly<Record<string, () => tf.LayersModel>> = {
  'the dense engine': () => createMlp(sizes),
  'TensorFlow.js': () => {
    const stack = createMlp(sizes);
    return tf.model({ inputs: stack.inputs, outputs: stack.outputs });
  },
};
const options: TrainOptions = { epochs: 60, batchSize: 10, learningRate: 0.02, loss: 'meanSquaredError', seed: 3 };
const weightsOf = (model: tf.LayersModel): number[] => model.getWeights().flatMap((w) => [...w.dataSync()]);

/** Where Keras stops, and the best epoch: patience is what it waits since then. */
function kerasStop(losses: readonly number[], patience: number, minDelta = 0): { epochs: number; best: number } {
  let [best, lowest, wait] = [0, Number.POSITIVE_INFINITY, 0];
  for (const [i, loss] of losses.entries()) {
    wait += 1;
    if (loss < lowest - minDelta) [best, lowest, wait] = [i + 1, loss, 0];
    if (wait >= patience) return { epochs: i + 1, best };
  }
  return { epochs: losses.length, best };
}

for (const [engine, create] of Object.entries(models))
  describe(`train with earlyStop, computing with ${engine}`, () => {
    before(() => useBackend('wasm'));

    const run = async (change: Partial<TrainOptions>) => {
      const { x, y, validation } = noisy();
      const model = create();
      const seen: number[][] = [];
      const tensors = tf.memory().numTensors;
      const onProgress = () => void seen.push(weightsOf(model));
      const running = train(model, x, y, { ...options, validation, onProgress, ...change });
      const history = await running.catch((error: unknown) => ({ error }));
      assert.equal(tf.memory().numTensors, tensors, 'no tensor is left behind');
      const weights = weightsOf(model);
      tf.dispose([x, y, validation.x, validation.y]);
      model.dispose();
      assert.ok(!('error' in history), 'it ends without an error');
      return { history, weights, seen };
    };

    it('stops and goes back to the best epoch as Keras does, and learns as without it until then', async () => {
      const { history: whole, seen } = await run({});
      assert.equal(whole.bestEpoch, undefined);
      for (const [patience, minDelta] of [[1], [3], [10], [5, 0.05]] as const) {
        const wanted = kerasStop(whole.validationLoss, patience, minDelta);
        assert.ok(wanted.epochs < 60 && wanted.best < wanted.epochs);
        const { history, weights } = await run({ earlyStop: { patience, minDelta: minDelta ?? 0 } });
        const got = { epochs: history.epochs, best: history.bestEpoch };
        assert.deepEqual({ ...got, stopped: history.stopped }, { ...wanted, stopped: true });
        assert.deepEqual(history.validationLoss, whole.validationLoss.slice(0, wanted.epochs));
        assert.deepEqual(weights, seen[wanted.best - 1]);
      }
    });

    it('watches the loss of what it learns from where nothing is held out', async () => {
      const quiet = { earlyStop: { patience: 4, minDelta: 0.02 } };
      const { x, y, validation } = noisy();
      const model = create();
      const history = await train(model, x, y, { ...options, epochs: 300, ...quiet });
      assert.deepEqual(kerasStop(history.loss, 4, 0.02), { epochs: history.epochs, best: history.bestEpoch });
      assert.ok(history.epochs < 300);
      tf.dispose([x, y, validation.x, validation.y]);
      model.dispose();
    });

    it('has the best weights too when all epochs are done, or a signal stops it', async () => {
      const { history: whole, seen } = await run({});
      const best = kerasStop(whole.validationLoss, 1000).best;
      const { history, weights } = await run({ earlyStop: { patience: 1000 } });
      assert.deepEqual([history.epochs, history.stopped, history.bestEpoch], [60, false, best]);
      assert.deepEqual(weights, seen[best - 1]);
      const stop = new AbortController();
      const onProgress = ({ epoch }: { epoch: number }) => (epoch === best + 2 ? stop.abort() : undefined);
      const stopped = await run({ earlyStop: { patience: 1000 }, signal: stop.signal, onProgress });
      assert.deepEqual([stopped.history.epochs, stopped.history.bestEpoch], [best + 2, best]);
      assert.deepEqual(stopped.weights, seen[best - 1]);
    });

    it('says of the last report that it is', async () => {
      const last: boolean[] = [];
      await run({ earlyStop: { patience: 2 }, onProgress: ({ isLast }) => void last.push(isLast) });
      assert.ok(last.length < 60);
      assert.deepEqual(last, [...new Array(last.length - 1).fill(false), true]);
    });
  });

describe('earlyStop', () => {
  before(() => useBackend('wasm'));

  it('brings back what batch normalisation has learnt, too', async () => {
    const { x, y, validation } = noisy();
    const model = tf.sequential({
      layers: [
        tf.layers.batchNormalization({ inputShape: [2], momentum: 0.5 }),
        tf.layers.dense({ units: 1, kernelInitializer: 'ones' }),
      ],
    });
    const seen: number[][] = [];
    const history = await train(model, x, y, {
      ...options,
      validation,
      earlyStop: { patience: 3 },
      onProgress: () => void seen.push(weightsOf(model)),
    });
    assert.ok(history.bestEpoch! < history.epochs);
    assert.deepEqual(weightsOf(model), seen[history.bestEpoch! - 1]);
    tf.dispose([x, y, validation.x, validation.y]);
    model.dispose();
  });

  it('leaves the best weights where a later loss is not finite', async () => {
    const [x, y] = [tf.tensor2d([[1], [2]]), tf.tensor2d([[1], [2]])];
    const model = createMlp({ ...sizes, inputs: 1, hidden: [], seed: 1 });
    const seen: number[][] = [];
    const running = train(model, x, y, {
      ...options,
      epochs: 5,
      learningRate: 1e25,
      earlyStop: { patience: 5 },
      onProgress: () => void seen.push(weightsOf(model)),
    });
    await assert.rejects(running, /^Error: train needs a finite loss, in epoch 2, got Infinity$/);
    assert.deepEqual(weightsOf(model), seen[0]);
    tf.dispose([x, y]);
    model.dispose();
  });

  it('is refused without meaning, by name and value', async () => {
    const [x, y] = [tf.ones([4, 2]), tf.ones([4, 1])];
    const model = createMlp(sizes);
    const refused: [unknown, RegExp][] = [
      [{ patience: 0 }, /^RangeError: train needs a whole patience of earlyStop of at least 1, got 0$/],
      [{ patience: 1.5 }, /at least 1, got 1.5$/],
      [{}, /^RangeError: train needs a whole patience of earlyStop of at least 1, got undefined$/],
      [{ patience: 1, minDelta: -1 }, /^RangeError: train needs a minDelta of earlyStop of at least 0, got -1$/],
      [{ patience: 1, minDelta: Number.NaN }, /minDelta of earlyStop of at least 0, got NaN$/],
      [5, /^TypeError: train needs an earlyStop \{ patience, minDelta \}, got 5$/],
      [null, /^TypeError: train needs an earlyStop \{ patience, minDelta \}, got null$/],
    ];
    for (const [earlyStop, message] of refused)
      await assert.rejects(train(model, x, y, { ...options, earlyStop: earlyStop as never }), message);
    tf.dispose([x, y]);
    model.dispose();
  });
});
