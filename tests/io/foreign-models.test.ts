import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { jacobian } from '../../lib/derivatives/jacobian.js';
import { loadModel } from '../../lib/io/load-model.js';
import { saveModel } from '../../lib/io/save-model.js';
import type { LoadModelOptions } from '../../lib/io/state-dict-options.js';
import { createMlp } from '../../lib/model.js';
import { train } from '../../lib/train.js';

interface Computed {
  readonly x: number[][];
  readonly y: number[][];
  readonly layers?: readonly Computed[];
  /** Of shape [rows, outputs, inputs]. */
  readonly jacobian?: number[][][];
}

const folder = join(import.meta.dirname, 'models');
// What Keras and PyTorch themselves computed (make.py).
const outputs: Readonly<Record<string, Computed>> = JSON.parse(readFileSync(join(folder, 'outputs.json'), 'utf8'));

const named: LoadModelOptions = {
  activation: 'tanh',
  outputActivation: 'linear',
  layers: ['first', 'middle', 'last'],
};
const relu: LoadModelOptions = { activation: 'relu', outputActivation: 'linear' };
const options: Readonly<Record<string, LoadModelOptions>> = {
  'single.pt': { outputActivation: 'tanh' },
  'named.pth': named,
  'named.safetensors': named,
  'parameters.pth': named,
  'deep.safetensors': { activation: 'softplus', outputActivation: 'linear' },
  'views.pth': { activation: 'tanh', outputActivation: 'linear' },
};

function optionsOf(name: string): LoadModelOptions {
  return options[name] ?? (/\.(pth|safetensors)$/.test(name) ? relu : {});
}

function apply(model: tf.LayersModel | tf.layers.Layer, x: number[][]): number[] {
  return tf.tidy(() => [...(model.apply(tf.tensor(x)) as tf.Tensor).dataSync()]);
}

function assertClose(actual: readonly number[], expected: readonly number[][]): void {
  const wanted = expected.flat();
  assert.equal(actual.length, wanted.length);
  for (const [i, value] of actual.entries())
    assert.ok(
      Math.abs(value - wanted[i]!) <= 1e-6 * Math.max(1, Math.abs(wanted[i]!)),
      `output ${i}: ${value}, ${wanted[i]}`,
    );
}

/** A model of somebody else, saved as ours and loaded again. */
async function savedAndLoaded(file: string): Promise<tf.LayersModel> {
  const place = mkdtempSync(join(tmpdir(), 'netlens-foreign-'));
  const model = await loadModel(join(folder, file));
  await saveModel(model, place);
  model.dispose();
  const again = await loadModel(place);
  rmSync(place, { recursive: true });
  return again;
}

describe('loadModel, of files that Keras and PyTorch wrote,', () => {
  before(() => useBackend('cpu'));

  for (const [name, { x, y, layers }] of Object.entries(outputs))
    it(`computes with ${name} what its framework does, and keeps no tensor but the weights`, async () => {
      const before = tf.memory().numTensors;
      const model = await loadModel(join(folder, name), optionsOf(name));
      assertClose(apply(model, x), y);
      for (const [i, layer] of (layers ?? []).entries()) assertClose(apply(model.layers[i]!, layer.x), layer.y);
      assert.equal(tf.memory().numTensors, before + model.weights.length);
      model.dispose();
      assert.equal(tf.memory().numTensors, before);
    });

  for (const [name, { x, jacobian: wanted }] of Object.entries(outputs).filter(([, { jacobian }]) => jacobian))
    it(`has with ${name} the derivatives that its framework has, on the dense engine and on the tape`, async () => {
      const model = await loadModel(join(folder, name));
      const inputs = tf.tensor2d(x);
      for (const method of ['dense', 'tape'] as const) {
        const derivatives = jacobian(model, inputs, { method });
        const values = derivatives.dataSync();
        // Keras' own are in single precision, and lose digits where tanh is nearly flat.
        for (const [i, value] of wanted!.flat(2).entries())
          assert.ok(
            Math.abs(values[i]! - value) <= 5e-5 * Math.abs(value) + 1e-7,
            `${method} ${i}: ${values[i]}, ${value}`,
          );
        derivatives.dispose();
      }
      inputs.dispose();
      model.dispose();
    });

  it('gives the layers of Keras by their names, without the input', async () => {
    const model = await loadModel(join(folder, 'keras2-sequential.h5'));
    assert.ok(model instanceof tf.Sequential);
    const layers = model.layers.map((layer) => `${layer.getClassName()} ${layer.name.replace(/_\d+$/, '')}`);
    const batchNormalization = 'BatchNormalization batch_normalization';
    assert.deepEqual(layers, ['Dense dense', batchNormalization, 'Dropout dropout', 'Dense inner', 'Dense dense']);
    assert.equal(model.layers[3]!.getConfig()['useBias'], false);
    assert.equal(model.layers[2]!.getConfig()['rate'], 0.5);
    model.dispose();
  });

  it('gives what does nothing but in training as it was set', async () => {
    for (const name of ['noise.keras', 'keras2-noise.h5']) {
      const model = await loadModel(join(folder, name));
      const settings = model.layers.map((layer) => {
        const { rate, stddev = rate } = layer.getConfig();
        return stddev === undefined ? [] : [layer.getClassName(), stddev];
      });
      assert.deepEqual(settings.flat(), [
        ...['SpatialDropout1D', 0.1, 'GaussianNoise', 0.2],
        ...['GaussianDropout', 0.3, 'AlphaDropout', 0.4],
      ]);
      model.dispose();
    }
  });

  it('gives layers whose names TensorFlow.js does not take names of their own', async () => {
    const model = await loadModel(join(folder, 'alphabets.h5'));
    assert.deepEqual(
      model.layers.slice(1).map(({ name }) => name),
      ['layer_', 'layer__2'],
    );
    model.dispose();
  });

  it('gives Dense layers by the names of the Linear ones, from the first to the last', async () => {
    const model = await loadModel(join(folder, 'deep.safetensors'), optionsOf('deep.safetensors'));
    assert.deepEqual(
      model.layers.map(({ name }) => name),
      ['0', '2', '4', '6', '8', '10'],
    );
    assert.deepEqual(
      model.layers.map((layer) => layer.getConfig()['activation']),
      ['softplus', 'softplus', 'softplus', 'softplus', 'softplus', 'linear'],
    );
    model.dispose();
  });

  it('gives a model that can be saved, loaded again and trained on', async () => {
    const { x, y } = outputs['sequential.keras']!;
    const again = await savedAndLoaded('sequential.keras');
    assertClose(apply(again, x), y);
    again.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' });
    const [inputs, targets] = [tf.tensor(x), tf.tensor(y)];
    const { history } = await again.fit(inputs, targets, { epochs: 1, verbose: 0 });
    assert.ok(Number.isFinite(history['loss']![0]));
    tf.dispose([inputs, targets]);
    again.dispose();
  });

  it('gives normalisations that saving keeps and training leaves as they are', async () => {
    const { x, y } = outputs['normalised.keras']!;
    const model = await loadModel(join(folder, 'normalised.keras'));
    const again = await savedAndLoaded('normalised.keras');
    assert.deepEqual(apply(again, x), apply(model, x));
    const settings = (): unknown[] =>
      again.layers.filter((layer) => layer.getClassName() === 'Rescaling').map((layer) => layer.getConfig());
    const [before, weights] = [settings(), again.getWeights().map((weight) => [...weight.dataSync()])];
    assert.equal(before.length, 3);
    const [inputs, targets] = [tf.tensor(x), tf.tensor(y).add(1)];
    await train(again, inputs, targets, { epochs: 1, loss: 'meanSquaredError', seed: 1 });
    assert.deepEqual(settings(), before);
    for (const [i, weight] of again.getWeights().entries()) assert.notDeepEqual([...weight.dataSync()], weights[i]);
    tf.dispose([inputs, targets]);
    model.dispose();
    again.dispose();
  });

  it('reads by URL, by endings in capitals, and folders whatever they are called', async () => {
    const place = mkdtempSync(join(tmpdir(), 'netlens-foreign-'));
    const { x, y } = outputs['float64.pth']!;
    copyFileSync(join(folder, 'float64.pth'), join(place, 'NET.PTH'));
    const capitals = await loadModel(pathToFileURL(join(place, 'NET.PTH')), relu);
    assertClose(apply(capitals, x), y);
    copyFileSync(join(folder, 'sequential.h5'), join(place, 'older.keras'));
    const older = await loadModel(join(place, 'older.keras'));
    assertClose(apply(older, outputs['sequential.h5']!.x), outputs['sequential.h5']!.y);
    const own = createMlp({
      inputs: 2,
      hidden: [],
      outputs: 1,
      activation: 'relu',
      outputActivation: 'linear',
      seed: 1,
    });
    await saveModel(own, join(place, 'own.h5'));
    const loaded = await loadModel(join(place, 'own.h5'));
    assert.equal(loaded.countParams(), 3);
    for (const model of [capitals, older, own, loaded]) model.dispose();
    rmSync(place, { recursive: true });
  });
});
