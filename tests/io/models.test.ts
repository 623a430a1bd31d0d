import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { loadModel } from '../../lib/io/load-model.js';
import { saveModel } from '../../lib/io/save-model.js';
import { createMlp, type MlpOptions } from '../../lib/model.js';

const shape: MlpOptions = {
  inputs: 3,
  hidden: [7, 5],
  outputs: 2,
  activation: 'tanh',
  outputActivation: 'softmax',
  seed: 8,
};
const bitsOf = (model: tf.LayersModel): Buffer[] =>
  model.getWeights().map((w) => Buffer.from(w.dataSync().slice().buffer));

describe('saveModel and loadModel', () => {
  let root: string;
  let folder: string;

  before(() => useBackend('cpu'));
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'netlens-models-'));
    folder = join(root, 'deep', 'model');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const saved = async (): Promise<void> => {
    const model = createMlp(shape);
    await saveModel(model, folder);
    model.dispose();
  };

  it('give back the same model, bit for bit, and keep no other tensor', async () => {
    const before = tf.memory().numTensors;
    const model = createMlp(shape);
    await saveModel(model, folder);
    const loaded = await loadModel(folder);
    assert.deepEqual(bitsOf(loaded), bitsOf(model));
    tf.tidy(() => {
      const x = tf.randomNormal([9, 3], 0, 1, 'float32', 1);
      assert.deepEqual((loaded.apply(x) as tf.Tensor).dataSync(), (model.apply(x) as tf.Tensor).dataSync());
    });
    model.dispose();
    loaded.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('write model.json and weights.bin, and nothing else', async () => {
    await saved();
    assert.deepEqual(readdirSync(folder).sort(), ['model.json', 'weights.bin']);
    assert.equal(statSync(join(folder, 'weights.bin')).size, 4 * (3 * 7 + 7 + 7 * 5 + 5 + 5 * 2 + 2));
  });

  it("write what TensorFlow.js' own reader reads", async () => {
    const model = createMlp(shape);
    await saveModel(model, folder);
    const server = createServer((request, response) => response.end(readFileSync(join(folder, request.url!))));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.json`;
    const read = await tf.loadLayersModel(address);
    assert.deepEqual(bitsOf(read), bitsOf(model));
    server.closeAllConnections();
    server.close();
    model.dispose();
    read.dispose();
  });

  it('take the place of the model before, and leave other files alone', async () => {
    await saved();
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const other = createMlp({ ...shape, hidden: [2] });
    await saveModel(other, pathToFileURL(`${folder}/`));
    const loaded = await loadModel(pathToFileURL(folder));
    assert.deepEqual(bitsOf(loaded), bitsOf(other));
    assert.deepEqual(readdirSync(folder).sort(), ['model.json', 'notes.txt', 'weights.bin']);
    other.dispose();
    loaded.dispose();
  });

  it('keep models with other layers, and what their owner noted on them', async () => {
    const input = tf.input({ shape: [4] });
    const hidden = tf.layers.dense({ units: 4, activation: 'relu' }).apply(input) as tf.SymbolicTensor;
    const output = tf.layers.batchNormalization().apply(tf.layers.add().apply([input, hidden])) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: output });
    model.setUserDefinedMetadata({ note: 'residual' });
    await saveModel(model, folder);
    const loaded = await loadModel(folder);
    assert.deepEqual(bitsOf(loaded), bitsOf(model));
    assert.equal((loaded.getUserDefinedMetadata() as { note?: string }).note, 'residual');
    model.dispose();
    loaded.dispose();
  });

  it('read weights in several files', async () => {
    await saved();
    const json = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
    const weights = readFileSync(join(folder, 'weights.bin'));
    json.weightsManifest[0].paths = ['part1.bin', 'part2.bin'];
    writeFileSync(join(folder, 'part1.bin'), weights.subarray(0, 50));
    writeFileSync(join(folder, 'part2.bin'), weights.subarray(50));
    writeFileSync(join(folder, 'model.json'), JSON.stringify(json));
    (await loadModel(folder)).dispose();
  });

  it('refuse what is no path on this computer', async () => {
    const model = createMlp(shape);
    for (const place of [undefined, '', 3, 'https://example.org/model.json', new URL('https://example.org/')]) {
      const wanted = { name: 'TypeError', message: / needs a path on this computer, got / };
      await assert.rejects(loadModel(place as string), wanted);
      await assert.rejects(saveModel(model, place as string), wanted);
    }
    model.dispose();
  });

  describe('refuse, by name and reason,', () => {
    const refuses = (reason: RegExp): Promise<void> =>
      assert.rejects(loadModel(folder), (error: Error) => {
        assert.equal(error.name, 'Error');
        assert.match(error.message, reason);
        return true;
      });
    const json = (change: (content: Record<string, unknown>) => unknown): void => {
      const path = join(folder, 'model.json');
      writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
    };

    it('a folder or a file that is not there', async () => {
      await refuses(/^loadModel needs a readable model\.json, got .*model\/model\.json \(ENOENT/);
      await saved();
      rmSync(join(folder, 'weights.bin'));
      await refuses(/^loadModel needs a readable file, got .*weights\.bin \(ENOENT/);
    });

    it('a truncated or an overlong file', async () => {
      await saved();
      const path = join(folder, 'weights.bin');
      const weights = readFileSync(path);
      writeFileSync(path, weights.subarray(0, 100));
      await refuses(/^loadModel needs 320 bytes of weights in .*, got 100$/);
      writeFileSync(path, Buffer.concat([weights, Buffer.alloc(4)]));
      await refuses(/^loadModel needs 320 bytes of weights in .*, got 324$/);
      const modelJson = readFileSync(join(folder, 'model.json'));
      writeFileSync(join(folder, 'model.json'), modelJson.subarray(0, 500));
      await refuses(/^loadModel needs a readable model\.json, got .*JSON/);
    });

    it('weights of another model, and damaged weights', async () => {
      await saved();
      const weights = readFileSync(join(folder, 'weights.bin'));
      weights[17]! ^= 1;
      writeFileSync(join(folder, 'weights.bin'), weights);
      await refuses(/^loadModel needs the weights that were saved with .*, got others \(another SHA-256\)$/);
    });

    it('a file of another kind', async () => {
      mkdirSync(folder, { recursive: true });
      const foreign: [string, RegExp][] = [
        ['[1, 2]', /^loadModel needs a tfjs layers model in .*, got/],
        ['"text"', /^loadModel needs a tfjs layers model in .*, got 'text'$/],
        ['{}', /^loadModel needs a tfjs layers model in .*, with a modelTopology, got undefined$/],
        ['{"format": "graph-model"}', /^loadModel needs a tfjs layers model in .*, got 'graph-model'$/],
        ['{"modelTopology": {}}', /with a weightsManifest of paths and weights, got undefined$/],
        ['{"modelTopology": {}, "weightsManifest": [{"paths": [3], "weights": []}]}', /with a weightsManifest/],
        ['{"modelTopology": {}, "weightsManifest": []}', /^loadModel needs a model that TensorFlow\.js can build, got/],
      ];
      for (const [text, reason] of foreign) {
        writeFileSync(join(folder, 'model.json'), text);
        await refuses(reason);
      }
    });

    it('weight files outside the folder, and shapes larger than the file', async () => {
      await saved();
      for (const outside of ['../weights.bin', 'a/../../weights.bin', '/etc/hostname']) {
        json((content) => ({ ...content, weightsManifest: [{ paths: [outside], weights: [] }] }));
        await refuses(/^loadModel needs weight files beside .*model\.json, got '/);
      }
      const weights = [{ name: 'w', shape: [1e9, 1e6], dtype: 'float32' }];
      json((content) => ({ ...content, weightsManifest: [{ paths: ['weights.bin'], weights }] }));
      await refuses(/^loadModel needs 4000000000000000 bytes of weights/);
      const text = [{ name: 'w', shape: [1], dtype: 'string' }];
      json((content) => ({ ...content, weightsManifest: [{ paths: ['weights.bin'], weights: text }] }));
      await refuses(/^loadModel needs numbers in the weight w, got 'string'$/);
    });

    it('a weight file that is named over and over, or is none', async () => {
      await saved();
      const paths = ['weights.bin', './a/../weights.bin'];
      json((content) => ({ ...content, weightsManifest: [{ paths, weights: [] }] }));
      await refuses(/^loadModel needs each weight file once in .*model\.json, got one twice$/);
      json((content) => ({ ...content, weightsManifest: [{ paths: ['.'], weights: [] }] }));
      await refuses(/^loadModel needs a file in .*, got a folder$/);
    });

    it('to save what is no model, or where a file is in the way', async () => {
      await assert.rejects(saveModel({} as tf.LayersModel, folder), { name: 'TypeError' });
      const model = createMlp(shape);
      writeFileSync(join(root, 'deep'), '');
      await assert.rejects(
        saveModel(model, folder),
        /^Error: saveModel needs a folder it can write to, got .*deep\/model \(/,
      );
      model.dispose();
    });
  });
});
