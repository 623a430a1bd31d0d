import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../lib/backend.js';
import { createTrainingEngine } from '../lib/dense/training/engine.js';
import { writeRecords } from '../lib/dense/training/network.js';
import { createTrainer } from '../lib/dense/training/trainer.js';
import { createMlp, type MlpOptions } from '../lib/model.js';
import { numpyRandom } from '../lib/random.js';
import { train } from '../lib/train.js';
import type { Progress } from '../lib/training/history.js';
import type { TrainOptions } from '../lib/training/options.js';
import { stackOf } from '../lib/training/stack.js';

const ROWS = 40;
const mlp: MlpOptions = {
  inputs: 2,
  hidden: [3],
  outputs: 1,
  activation: 'tanh',
  outputActivation: 'sigmoid',
  seed: 5,
};
const options: TrainOptions = { epochs: 3, batchSize: 7, learningRate: 0.01, loss: 'binaryCrossentropy', seed: 9 };

/** Two inputs per row, and whether their product is positive. */
function data(rows = ROWS): { x: tf.Tensor2D; y: tf.Tensor2D; values: number[][]; labels: number[] } {
  const flat = numpyRandom(3).normal(0, 1, 2 * rows);
  const values = Array.from({ length: rows }, (_, i) => [Math.fround(flat[2 * i]!), Math.fround(flat[2 * i + 1]!)]);
  const labels = values.map(([a, b]) => (a! * b! > 0 ? 1 : 0));
  return { x: tf.tensor2d(values), y: tf.tensor2d(labels, [rows, 1]), values, labels };
}

const weightsOf = (model: tf.LayersModel): number[] => model.getWeights().flatMap((w) => [...w.dataSync()]);

/** Images 6×6 of two channels, a convolution, and the largest and the mean value of windows. */
function pooling(): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotNormal({ seed: 4 });
  const { conv2d, maxPooling2d, averagePooling2d, flatten, dense } = tf.layers;
  return tf.sequential({
    layers: [
      conv2d({ filters: 3, kernelSize: 2, activation: 'tanh', inputShape: [6, 6, 2], kernelInitializer }),
      maxPooling2d({ poolSize: 2, strides: 1 }),
      averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      flatten(),
      dense({ units: 1, kernelInitializer }),
    ],
  });
}

/** The slopes of a loss along each weight of a model, by central differences. */
function slopesOf(model: tf.LayersModel, loss: () => tf.Tensor): number[] {
  const step = 0.01;
  return model.trainableWeights.flatMap((weight) => {
    const values = Float32Array.from(weight.read().dataSync());
    const lossAt = (i: number, value: number): number => {
      const moved = values.map((old, j) => (i === j ? value : old));
      return tf.tidy(() => {
        weight.write(tf.tensor(moved, weight.shape as number[]));
        return loss().dataSync()[0]!;
      });
    };
    const slopes = Array.from(values, (value, i) => (lossAt(i, value + step) - lossAt(i, value - step)) / (2 * step));
    lossAt(0, values[0]!);
    return slopes;
  });
}

/** Trains with loops in double precision what `train` should train: weights, loss and validation loss per epoch. */
function slowTwin(
  start: number[],
  { values, labels }: { values: number[][]; labels: number[] },
  validationSplit: number,
) {
  const w = [...start]; // kernel [2, 3], bias [3], kernel [3, 1], bias [1]
  const [m, v] = [w.map(() => 0), w.map(() => 0)];
  const forward = (x: number[]): { h: number[]; p: number } => {
    const h = [0, 1, 2].map((j) => Math.tanh(x[0]! * w[j]! + x[1]! * w[3 + j]! + w[6 + j]!));
    return { h, p: 1 / (1 + Math.exp(-h.reduce((sum, a, j) => sum + a * w[9 + j]!, w[12]!))) };
  };
  const lossOf = (row: number): number =>
    -Math.log(labels[row] ? forward(values[row]!).p : 1 - forward(values[row]!).p);
  const random = numpyRandom(options.seed);
  const order = random.permutation(values.length);
  const held = Math.floor(values.length * validationSplit);
  const rows = order.slice(held);
  const [loss, validationLoss]: [number[], number[]] = [[], []];
  let t = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    random.shuffle(rows);
    let sum = 0;
    for (let first = 0; first < rows.length; first += 7) {
      const batch = rows.slice(first, first + 7);
      const g = w.map(() => 0);
      for (const row of batch) {
        sum += lossOf(row);
        const x = values[row]!;
        const { h, p } = forward(x);
        const d = (p - labels[row]!) / batch.length;
        g[12]! += d;
        h.forEach((a, j) => {
          g[9 + j]! += d * a;
          const dz = d * w[9 + j]! * (1 - a * a);
          g[j]! += dz * x[0]!;
          g[3 + j]! += dz * x[1]!;
          g[6 + j]! += dz;
        });
      }
      t++;
      const rate = (0.01 * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
      g.forEach((gi, i) => {
        m[i] = 0.9 * m[i]! + 0.1 * gi;
        v[i] = 0.999 * v[i]! + 0.001 * gi * gi;
        w[i]! -= (rate * m[i]!) / (Math.sqrt(v[i]!) + 1e-7);
      });
    }
    loss.push(sum / rows.length);
    validationLoss.push(order.slice(0, held).reduce((total, row) => total + lossOf(row), 0) / held);
  }
  return { w, loss, validationLoss };
}

function assertClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  assert.equal(actual.length, wanted.length);
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - wanted[i]!) < tolerance, `${value}, not ${wanted[i]}, at ${i}`),
  );
}

for (const backend of ['wasm', 'cpu'] as const)
  describe(`train, computing with ${backend}`, () => {
    before(() => useBackend(backend));

    it('does what loops in double precision do: same rows, same order, same steps', async () => {
      const { x, y, ...plain } = data();
      const model = createMlp(mlp);
      const twin = slowTwin(weightsOf(model), plain, 0.25);
      const history = await train(model, x, y, { ...options, validationSplit: 0.25 });
      assertClose(weightsOf(model), twin.w, 2e-5);
      assertClose(history.loss, twin.loss, 1e-5);
      assertClose(history.validationLoss, twin.validationLoss, 1e-5);
      assert.equal(history.accuracy.length, 3);
      assert.equal(history.validationAccuracy.length, 3);
      tf.dispose([x, y]);
      model.dispose();
    });

    it('trains a functional model as it trains a stack', async () => {
      const { x, y } = data();
      const stack = createMlp(mlp);
      const input = tf.input({ shape: [2] });
      const output = stack.layers.reduce((tensor, layer) => {
        const copy = tf.layers.dense({ ...layer.getConfig(), name: `${layer.name}-copy` } as never);
        const result = copy.apply(tensor) as tf.SymbolicTensor;
        copy.setWeights(layer.getWeights());
        return result;
      }, input);
      const functional = tf.model({ inputs: input, outputs: output });
      const one = await train(stack, x, y, { ...options, validationSplit: 0.25 });
      const other = await train(functional, x, y, { ...options, validationSplit: 0.25 });
      assertClose(weightsOf(functional), weightsOf(stack), 2e-5);
      assertClose(other.loss, one.loss, 1e-5);
      assert.deepEqual(other.accuracy, one.accuracy);
      tf.dispose([x, y]);
      stack.dispose();
      functional.dispose();
    });

    it('steps against the gradient where several images are pooled, which TensorFlow.js has wrong on WebAssembly', async () => {
      const x = tf.tensor4d(Float32Array.from(numpyRandom(2).normal(0, 1, 3 * 36 * 2)), [3, 6, 6, 2]);
      const y = tf.tensor2d([[1], [-1], [0.5]]);
      const model = pooling();
      const start = weightsOf(model);
      const slopes = slopesOf(model, () => tf.losses.meanSquaredError(y, model.predict(x) as tf.Tensor));
      const rest = { batchSize: 3, learningRate: 0.001, loss: 'meanSquaredError', seed: 1 } as const;
      await train(model, x, y, { epochs: 1, ...rest });
      // The first step of Adam is the learning rate, whatever the size of the slope.
      const moved = weightsOf(model).map((weight, i) => (weight - start[i]!) / 0.001);
      slopes.forEach((slope, i) => {
        if (Math.abs(slope) > 0.01) assertClose([moved[i]!], [-Math.sign(slope)], 1e-2);
      });
      assert.ok(slopes.filter((slope) => Math.abs(slope) > 0.01).length > 30);
      tf.dispose([x, y]);
      model.dispose();
    });

    if (backend === 'wasm')
      it('refuses what cannot be differentiated there, and leaves no tensor behind', async () => {
        const { conv3d, maxPooling3d, flatten, dense } = tf.layers;
        const first = conv3d({ filters: 1, kernelSize: 1, inputShape: [2, 2, 2, 1] });
        const model = tf.sequential({ layers: [first, maxPooling3d({}), flatten(), dense({ units: 1 })] });
        const [x, y] = [tf.ones([2, 2, 2, 2, 1]), tf.ones([2, 1])];
        const rest = { epochs: 1, batchSize: 2, loss: 'meanSquaredError', seed: 1 } as const;
        const count = tf.memory().numTensors;
        const message = /^train needs operations .*, got \w+3D\w*$/;
        await assert.rejects(train(model, x, y, rest), { name: 'Error', message });
        assert.equal(tf.memory().numTensors, count);
        tf.dispose([x, y]);
        model.dispose();
      });

    it('gives the same bits for the same seed, others for another', async () => {
      const { x, y } = data();
      const trained = async (seed: number): Promise<number[]> => {
        const model = createMlp(mlp);
        await train(model, x, y, { ...options, seed });
        const weights = weightsOf(model);
        model.dispose();
        return weights;
      };
      assert.deepEqual(await trained(9), await trained(9));
      assert.notDeepEqual(await trained(9), await trained(10));
      tf.dispose([x, y]);
    });

    it('leaves no tensor behind, and the tensors of the caller alone', async () => {
      const { x, y, values } = data();
      const model = createMlp(mlp);
      const before = tf.memory().numTensors;
      await train(model, x, y, { ...options, validationSplit: 0.5 });
      await assert.rejects(
        train(model, x, y, { ...options, onProgress: () => Promise.reject(new Error('enough')) }),
        /enough/,
      );
      assert.equal(tf.memory().numTensors, before);
      assert.deepEqual(x.arraySync(), values);
      tf.dispose([x, y]);
      model.dispose();
    });
  });

describe('train', () => {
  before(() => useBackend('wasm'));

  it('learns a plane exactly, by the mean squared error', async () => {
    const { x } = data(200);
    const y = tf.tidy(() =>
      tf.add(
        tf.matMul(
          x,
          tf.tensor2d([
            [2, -1],
            [-3, 0.5],
          ]),
        ),
        tf.tensor1d([1, 4]),
      ),
    );
    const model = createMlp({ ...mlp, hidden: [], outputs: 2, outputActivation: 'linear' });
    const history = await train(model, x, y, {
      epochs: 100,
      batchSize: 20,
      learningRate: 0.05,
      loss: 'meanSquaredError',
      seed: 1,
    });
    assertClose(weightsOf(model), [2, -1, -3, 0.5, 1, 4], 1e-3);
    assert.ok(history.loss.at(-1)! < 1e-5);
    assert.deepEqual([history.accuracy, history.validationLoss], [[], []]);
    tf.dispose([x, y]);
    model.dispose();
  });

  it('learns three classes by the categorical cross-entropy', async () => {
    const { x, values } = data(300);
    const classes = values.map(([a, b]) => (a! > 0.5 ? 0 : b! > 0 ? 1 : 2));
    const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(classes, 'int32'), 3), 'float32') as tf.Tensor2D);
    const model = createMlp({ ...mlp, hidden: [8], outputs: 3, outputActivation: 'softmax' });
    const history = await train(model, x, y, {
      epochs: 60,
      learningRate: 0.03,
      loss: 'categoricalCrossentropy',
      validationSplit: 0.2,
      seed: 2,
    });
    assert.ok(history.accuracy.at(-1)! > 0.95, `accuracy ${history.accuracy.at(-1)}`);
    assert.ok(history.validationAccuracy.at(-1)! > 0.85, `validation accuracy ${history.validationAccuracy.at(-1)}`);
    tf.dispose([x, y]);
    model.dispose();
  });

  it('leaves single weights as they are that do not learn', async () => {
    const { x, y } = data();
    for (const still of [0, 1]) {
      const layer = tf.layers.dense({ units: 1, inputShape: [2], activation: 'sigmoid', biasInitializer: 'ones' });
      const model = tf.sequential({ layers: [layer] });
      const variables = layer.weights;
      variables[still]!.trainable = false;
      const before = variables.map((variable) => [...variable.read().dataSync()]);
      await train(model, x, y, options);
      const after = variables.map((variable) => [...variable.read().dataSync()]);
      assert.deepEqual(after[still], before[still]);
      assert.notDeepEqual(after[1 - still], before[1 - still]);
      model.dispose();
    }
    tf.dispose([x, y]);
  });

  it('takes a layer as what it computes, not as what its class says', async () => {
    const x = tf.tensor2d([[1], [2]]);
    const layer = tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'ones' });
    layer.call = () => tf.mul(layer.getWeights()[0]!, [[3], [6]]);
    const model = tf.sequential({ layers: [layer] });
    const { loss } = await train(model, x, x, { epochs: 1, loss: 'meanSquaredError', seed: 1 });
    assert.deepEqual(loss, [10]); // ((3 − 1)² + (6 − 2)²) / 2
    x.dispose();
    model.dispose();
  });

  it('counts penalties on weights, learns with batch normalisation, and passes layers that do not learn', async () => {
    const { x, y } = data();
    const kernelRegularizer = tf.regularizers.l2({ l2: 10 });
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, inputShape: [2], activation: 'relu', kernelRegularizer }),
        tf.layers.batchNormalization(),
        tf.layers.dense({ units: 1, activation: 'sigmoid', trainable: false }),
      ],
    });
    const [frozen] = model.layers[2]!.getWeights().map((w) => w.arraySync());
    const history = await train(model, x, y, { ...options, epochs: 20, learningRate: 0.05, validationSplit: 0.25 });
    assert.ok(history.loss[0]! > 3 && history.loss.at(-1)! < history.loss[0]! / 2);
    assert.deepEqual(model.layers[2]!.getWeights()[0]!.arraySync(), frozen);
    assert.ok(
      model.layers[1]!.getWeights()[2]!
        .dataSync()
        .some((mean) => mean !== 0),
      'the moving mean has moved',
    );
    tf.dispose([x, y]);
    model.dispose();
  });

  it('learns with dense layers over several steps in time, and keeps weights within their constraints', async () => {
    const kernelConstraint = tf.constraints.nonNeg();
    const first = tf.layers.dense({ units: 4, inputShape: [5, 2], activation: 'tanh', kernelConstraint });
    const last = tf.layers.dense({ units: 1, activation: 'sigmoid' });
    const model = tf.sequential({ layers: [first, last] });
    const x = tf.randomNormal([60, 5, 2], 0, 1, 'float32', 1);
    const y = tf.tidy(() => tf.cast(tf.less(tf.slice(x, [0, 0, 0], [60, 5, 1]), 0), 'float32'));
    const history = await train(model, x, y, { ...options, epochs: 30, learningRate: 0.05 });
    assert.ok(history.accuracy.at(-1)! > 0.9, `accuracy ${history.accuracy.at(-1)}`);
    assert.ok(
      first
        .getWeights()[0]!
        .dataSync()
        .every((weight) => weight >= 0),
    );
    tf.dispose([x, y]);
    model.dispose();
  });

  it('reports every epoch as it ends, and waits for the report', async () => {
    const { x, y } = data();
    const model = createMlp(mlp);
    const reports: Progress[] = [];
    let waiting = false;
    const history = await train(model, x, y, {
      ...options,
      validationSplit: 0.25,
      onProgress: async (progress) => {
        assert.ok(!waiting);
        waiting = true;
        await new Promise((resolve) => setTimeout(resolve, 5));
        waiting = false;
        reports.push(progress);
      },
    });
    assert.deepEqual(
      reports.map(({ epoch, epochs }) => [epoch, epochs]),
      [
        [1, 3],
        [2, 3],
        [3, 3],
      ],
    );
    assert.deepEqual(
      reports.map(({ loss }) => loss),
      history.loss,
    );
    assert.deepEqual(
      reports.map(({ validationAccuracy }) => validationAccuracy),
      history.validationAccuracy,
    );
    assert.ok(history.seconds >= reports[2]!.seconds && reports[2]!.seconds > reports[0]!.seconds);
    assert.equal(history.stopped, false);
    tf.dispose([x, y]);
    model.dispose();
  });

  it('stops within an epoch when asked to, with what it has', async () => {
    const { x, y } = data(20_000);
    const model = createMlp({ ...mlp, hidden: [300, 300] });
    const stop = new AbortController();
    const before = tf.memory().numTensors;
    const running = train(model, x, y, { ...options, epochs: 1e6, batchSize: 64, signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    const history = await running;
    assert.equal(history.stopped, true);
    assert.ok(history.epochs < 5 && history.loss.length === history.epochs);
    assert.equal(tf.memory().numTensors, before);
    tf.dispose([x, y]);
    model.dispose();
  });

  it('has then learnt from every batch before, and from no other', async () => {
    const { x, y } = data(500);
    const stopped = createMlp(mlp);
    let looks = 0;
    const signal = Object.defineProperty(new EventTarget(), 'aborted', { get: () => ++looks > 3 }) as AbortSignal;
    const history = await train(stopped, x, y, { ...options, batchSize: 100, signal }); // looks before the epoch and after each batch
    assert.deepEqual([history.epochs, history.stopped], [0, true]);
    const whole = createMlp(mlp);
    const stack = stackOf(whole, options.loss)!;
    const trainer = createTrainer(createTrainingEngine(), stack.network, {
      rows: 500,
      learningRate: 0.01,
      seed: options.seed,
    });
    writeRecords(stack.network, x.dataSync(), y.dataSync(), trainer.records());
    stack.read(trainer.weights());
    trainer.shuffle(0);
    trainer.shuffle(0);
    for (let from = 0; from < 300; from += 100) Array.from(trainer.learn(from, from + 100));
    stack.write(trainer.weights());
    assert.deepEqual(weightsOf(stopped), weightsOf(whole));
    tf.dispose([x, y]);
    for (const model of [stopped, whole]) model.dispose();
  });

  it('gives the same bits on every machine', async () => {
    // Written down with Node 20, 22 and 24 on x86-64; plain kernels give the same (tests/dense/training).
    const { x, y } = data(3000);
    const bits = async (model: tf.LayersModel, loss: TrainOptions['loss'], targets: tf.Tensor): Promise<string> => {
      await train(model, x, targets, { ...options, loss, batchSize: 512, epochs: 20 });
      const hash = createHash('sha256')
        .update(Float32Array.from(weightsOf(model)))
        .digest('hex');
      model.dispose();
      return hash.slice(0, 16);
    };
    const classes = tf.tidy(() => tf.concat([y, tf.sub(1, y)], 1));
    const relu: MlpOptions = { ...mlp, hidden: [16, 16], outputs: 2, activation: 'relu', outputActivation: 'linear' };
    assert.deepEqual(
      [
        await bits(createMlp({ ...mlp, hidden: [100] }), 'binaryCrossentropy', y),
        await bits(createMlp(relu), 'meanSquaredError', x),
        await bits(
          createMlp({ ...relu, activation: 'elu', outputActivation: 'softmax' }),
          'categoricalCrossentropy',
          classes,
        ),
      ],
      ['a44d8d657d94dae4', '14cea8429d5c6161', 'daba07b3198c063f'],
    );
    tf.dispose([x, y, classes]);
  });

  it('learns the same when another training goes on at the same time', async () => {
    const { x, y } = data(2000);
    const trained = async (seed: number): Promise<number[]> => {
      const model = createMlp({ ...mlp, seed });
      const onProgress = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
      await train(model, x, y, { ...options, epochs: 10, onProgress });
      const weights = weightsOf(model);
      model.dispose();
      return weights;
    };
    const alone = [await trained(1), await trained(2)];
    assert.deepEqual(await Promise.all([trained(1), trained(2)]), alone);
    tf.dispose([x, y]);
  });

  it('shows its weights in every report', async () => {
    const { x, y } = data();
    const model = createMlp(mlp);
    const seen: number[][] = [];
    await train(model, x, y, { ...options, onProgress: () => void seen.push(weightsOf(model)) });
    assert.equal(new Set(seen.map(String)).size, 3);
    assert.deepEqual(seen.at(-1), weightsOf(model));
    tf.dispose([x, y]);
    model.dispose();
  });

  it('stops after the epoch whose report asks for it, and does not start when already stopped', async () => {
    const { x, y } = data();
    const model = createMlp(mlp);
    const stop = new AbortController();
    const onProgress = ({ epoch }: Progress): void => (epoch === 2 ? stop.abort() : undefined);
    const history = await train(model, x, y, { ...options, onProgress, signal: stop.signal });
    assert.deepEqual([history.epochs, history.stopped, history.loss.length], [2, true, 2]);
    const weights = weightsOf(model);
    const none = await train(model, x, y, { ...options, signal: AbortSignal.abort() });
    assert.deepEqual([none.epochs, none.stopped, none.loss], [0, true, []]);
    assert.deepEqual(weightsOf(model), weights);
    tf.dispose([x, y]);
    model.dispose();
  });

  it('lets the rest of the process go on', async () => {
    const { x, y } = data(10_000);
    const model = createMlp({ ...mlp, hidden: [200, 200] });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const { seconds } = await train(model, x, y, { ...options, epochs: 2, batchSize: 64 });
    clearInterval(timer);
    assert.ok(ticks >= Math.floor(seconds / 0.2), `${ticks} ticks in ${seconds} s`);
    tf.dispose([x, y]);
    model.dispose();
  });

  it('stops with the epoch where the loss is no longer finite, and leaves no tensor behind', async () => {
    const { x } = data();
    const y = tf.mul<tf.Tensor2D>(x, 1e30);
    const model = createMlp({ ...mlp, activation: 'relu', outputs: 2, outputActivation: 'linear' });
    const before = tf.memory().numTensors;
    await assert.rejects(train(model, x, y, { ...options, loss: 'meanSquaredError' }), {
      name: 'Error',
      message: /^train needs a finite loss, in epoch 1, got (Infinity|NaN)$/,
    });
    assert.equal(tf.memory().numTensors, before);
    tf.dispose([x, y]);
    model.dispose();
  });

  it('stops likewise where only rows that are held out overflow', async () => {
    const [heldOut] = numpyRandom(options.seed).permutation(ROWS);
    const { values, ...rest } = data();
    const x = tf.tensor2d(values.map((row, i) => (i === heldOut ? [1e30, 1e30] : row)));
    const model = createMlp({ ...mlp, hidden: [], outputActivation: 'linear' });
    const running = train(model, x, rest.y, { ...options, loss: 'meanSquaredError', validationSplit: 1 / ROWS });
    await assert.rejects(running, /^Error: train needs a finite loss, in epoch 1, got Infinity$/);
    tf.dispose([x, rest.x, rest.y]);
    model.dispose();
  });

  it('refuses options without meaning, by name and value', async () => {
    const { x, y } = data();
    const model = createMlp(mlp);
    const refused: [Partial<TrainOptions>, RegExp][] = [
      [{ epochs: 0 }, /^train needs whole epochs of at least 1, got 0$/],
      [{ epochs: 1.5 }, /epochs of at least 1, got 1.5$/],
      [{ batchSize: 0 }, /^train needs a whole batchSize of at least 1, got 0$/],
      [{ learningRate: 0 }, /^train needs a learningRate above 0, got 0$/],
      [{ learningRate: Number.NaN }, /^train needs a learningRate above 0, got NaN$/],
      [{ loss: 'hinge' as 'meanSquaredError' }, /^train needs a loss of binaryCrossentropy, .*, got 'hinge'$/],
      [{ validationSplit: 1 }, /^train needs a validationSplit of at least 0 and below 1, got 1$/],
      [{ validationSplit: -0.1 }, /below 1, got -0.1$/],
      [{ validationSplit: 0.001 }, /^train needs a validationSplit that holds out some of 40 rows, got 0.001$/],
      [{ seed: 0.5 }, /^train needs a whole seed, 0 to 4294967295, got 0.5$/],
    ];
    for (const [change, message] of refused)
      await assert.rejects(train(model, x, y, { ...options, ...change }), { name: 'RangeError', message });
    await assert.rejects(train(model, x, y, { ...options, onProgress: 3 as never }), { name: 'TypeError' });
    tf.dispose([x, y]);
    model.dispose();
  });

  it('refuses data that do not fit, by name and value', async () => {
    const model = createMlp(mlp);
    const softmax = createMlp({ ...mlp, outputs: 2, outputActivation: 'softmax' });
    const one = tf.ones([4, 1]);
    const two = tf.ones([4, 2]);
    const refused: [tf.LayersModel, tf.Tensor, tf.Tensor, RegExp, TrainOptions['loss']?][] = [
      [model, one, one, /^train needs x of shape \[rows, 2\], got \[4, 1\]$/],
      [model, two, two, /^train needs y of shape \[rows, 1\], got \[4, 2\]$/],
      [model, two, tf.ones([3, 1]), /^train needs as many rows in y as in x, got \[4, 3\]$/],
      [model, tf.ones([0, 2]), tf.ones([0, 1]), /^train needs at least one row in x, got 0$/],
      [
        model,
        tf.tensor2d([
          [1, 2],
          [3, Number.NaN],
        ]),
        tf.ones([2, 1]),
        /^train needs finite numbers in x, got NaN in row 1$/,
      ],
      [model, two, tf.fill([4, 1], 1 / 0), /^train needs finite numbers in y, got Infinity in row 0$/],
      [model, two, tf.fill([4, 1], 2), /^train needs y between 0 and 1 for binaryCrossentropy, got 2$/],
      [
        softmax,
        two,
        two,
        /^train needs rows of y that sum to 1 for categoricalCrossentropy, got 2$/,
        'categoricalCrossentropy',
      ],
    ];
    for (const [m, x, y, message, loss = options.loss] of refused)
      await assert.rejects(train(m, x, y, { ...options, loss }), { name: 'RangeError', message });
    const noTensor = train(model, [[1, 2]] as never, one, options);
    await assert.rejects(noTensor, { name: 'TypeError', message: /^train needs a tensor x, got \[\[1, 2\]\]$/ });
    await assert.rejects(train({} as never, two, one, options), {
      name: 'TypeError',
      message: /^train needs a tf.LayersModel/,
    });
    tf.dispose([one, two, ...refused.flatMap(([, x, y]) => [x, y])]);
    const gone = /^Error: train needs a tensor x that still exists, got a disposed one$/;
    await assert.rejects(train(model, two, one, options), gone);
    for (const m of [model, softmax]) m.dispose();
    const lost = /^Error: train needs a model that still exists, got a disposed one$/;
    await assert.rejects(train(model, two, one, options), lost);
  });

  it('trains with dropout as the seed says: the same masks for the same seed, others in every step', async () => {
    const { x, y } = data();
    const trained = async (seed: number): Promise<number[]> => {
      const drop = tf.layers.dropout({ rate: 0.5, seed: 3 });
      const model = tf.sequential({
        layers: [
          tf.layers.dense({ units: 4, inputShape: [2], kernelInitializer: 'ones' }),
          drop,
          tf.layers.dense({ units: 1, kernelInitializer: 'ones', activation: 'sigmoid' }),
        ],
      });
      await train(model, x, y, { ...options, seed, epochs: 2, batchSize: ROWS });
      assert.equal(drop.getConfig()['seed'], 3);
      const weights = weightsOf(model);
      model.dispose();
      return weights;
    };
    const one = await trained(9);
    assert.deepEqual(await trained(9), one);
    assert.notDeepEqual(await trained(10), one);
    tf.dispose([x, y]);
  });

  it('ends when another training of its weights begins, also one of a model that shares them, and spoils nothing', async () => {
    const { x, y } = data();
    const model = createMlp(mlp);
    const lower = tf.model({ inputs: model.inputs, outputs: model.layers[0]!.output as tf.SymbolicTensor });
    const hidden = tf.zeros([ROWS, mlp.hidden[0]!]);
    const message = 'train needs a model for itself until it ends, got another train of it (await the first)';
    const long = { ...options, epochs: 1000, earlyStop: { patience: 1000 } };
    const first = assert.rejects(train(model, x, y, long), { name: 'Error', message });
    const second = assert.rejects(train(lower, x, hidden, { ...long, loss: 'meanSquaredError' }), { message });
    const alone = createMlp(mlp);
    alone.setWeights(model.getWeights());
    await train(model, x, y, options);
    await Promise.all([first, second]);
    await train(alone, x, y, options);
    assert.deepEqual(weightsOf(model), weightsOf(alone));
    await assert.rejects(train(model, x, tf.mul(y, Number.NaN), options));
    await train(model, x, y, options);
    tf.dispose([x, y, hidden]);
    for (const each of [model, alone]) each.dispose();
  });

  it('refuses a model it cannot train reproducibly or at all', async () => {
    const [x, y] = [tf.ones([4, 2]), tf.ones([4, 1])];
    const noise = tf.layers.gaussianNoise({ stddev: 0.5, inputShape: [2] });
    const inner = tf.sequential({ layers: [noise, tf.layers.dense({ units: 2 })] });
    const noisy = tf.sequential({ layers: [inner, tf.layers.dense({ units: 1 })] });
    const lstm = tf.layers.lstm({ units: 1, recurrentDropout: 0.5, inputShape: [2, 1] });
    const recurrent = tf.sequential({ layers: [lstm] });
    const frozen = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], trainable: false })] });
    const follow = /^RangeError: train needs layers whose random numbers follow a seed, got /;
    await assert.rejects(train(noisy, x, y, options), new RegExp(`${follow.source}'GaussianNoise'$`));
    await assert.rejects(train(recurrent, tf.ones([4, 2, 1]), y, options), new RegExp(`${follow.source}'LSTMCell'$`));
    await assert.rejects(
      train(frozen, x, y, options),
      /^RangeError: train needs a model with trainable weights, got none$/,
    );
    tf.dispose([x, y]);
    for (const model of [noisy, recurrent, frozen]) model.dispose();
  });
});
