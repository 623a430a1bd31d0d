import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { useBackend } from '../../lib/backend.js';
import { loadModel } from '../../lib/io/load-model.js';
import type { LoadModelOptions } from '../../lib/io/state-dict-options.js';

const folder = join(import.meta.dirname, 'models');
const relu: LoadModelOptions = { activation: 'relu', outputActivation: 'linear' };
const optionsFor = (name: string): LoadModelOptions => (/\.(pth|pt|safetensors)$/.test(name) ? relu : {});

describe('loadModel refuses, by name and reason,', () => {
  let place: string;
  let printed: unknown[];
  const { log, warn, error } = console;

  before(() => useBackend('cpu'));
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'netlens-refused-'));
    printed = [];
    console.log = console.warn = console.error = (...words: unknown[]) => void printed.push(words);
  });
  afterEach(() => {
    Object.assign(console, { log, warn, error });
    rmSync(place, { recursive: true });
  });

  // One error that names the file; nothing printed, no tensor and no file left.
  async function refuses(path: string, reason: RegExp, options = optionsFor(path)): Promise<void> {
    const tensors = tf.memory().numTensors;
    const files = readdirSync(place);
    await assert.rejects(loadModel(path, options), (refusal: Error) => {
      assert.match(refusal.message, /^loadModel needs .*, got /s);
      assert.match(refusal.message, reason);
      assert.ok(refusal.message.includes(path), refusal.message);
      return true;
    });
    assert.equal(tf.memory().numTensors, tensors, path);
    assert.deepEqual(readdirSync(place), files);
    assert.deepEqual(printed, []);
  }

  function file(name: string, content: string | Uint8Array): string {
    writeFileSync(join(place, name), content);
    return join(place, name);
  }

  describe('files that a framework wrote, but that are no stack of dense layers:', () => {
    const files: Readonly<Record<string, RegExp>> = {
      'conv.keras': /needs a layer of Dense, BatchNormalization, .* in the layer conv2d of .*, got 'Conv2D'$/,
      'lstm.h5': /in the layer lstm of .*, got 'LSTM'$/,
      'lambda.h5': /in the layer lambda of .*, got 'Lambda'$/,
      'nested.keras': /in the layer sequential_\d+ of .*, got 'Sequential'$/,
      'own-layer.keras': /needs layers of Keras in .*, got mine>Dense \(the layer dense_\d+\)$/,
      'branch.keras': /needs layers in a row in .*, got the layer add of input_layer_\d+ and dense_\d+$/,
      'adapter.h5':
        /needs only kernel and bias in the layer dense\S* of .*, got bias, lora_kernel_a, lora_kernel_b, kernel$/,
      'two-outputs.keras': /needs layers in a row in .*, got outputs of dense_\d+ and dense_\d+$/,
      'training.keras': /got the layer dropout_\d+ of a call with settings of its own$/,
      'hard-sigmoid.keras': /needs an activation of linear, relu, .* in the layer dense_\d+ of .*, got 'hard_sigmoid'$/,
      'sequential.weights.h5': /got weights without architecture \(save the whole model: model\.save\)$/,
      'keras2-weights-only.h5': /got weights without architecture \(save the whole model: model\.save\)$/,
      'other.h5': /needs a Keras model in .*, got another HDF5 file$/,
      'conv.pth': /needs the weights and biases of Linear layers in .*, got weight of shape \[1, 1, 2, 2\]$/,
      'lstm.pth': /got weight_ih_l0 of shape \[4, 1\]$/,
      'batchnorm.pth': /got 1\.weight of shape \[2\]$/,
      'integers.pth': /needs float16, bfloat16, float32 or float64 in weight of .*, got 'LongStorage'$/,
      'integers.safetensors': /needs F16, BF16, F32 or F64 for weight of .*, got 'I64'$/,
      'whole.pth':
        /got one that names torch\.nn\.modules\.container\.Sequential \(nothing was run; save it with torch\.save/,
      'checkpoint.pth':
        /got other objects \(opcode 0x62; nothing was run; save it with torch\.save\(model\.state_dict\(\), path\)\)$/,
      'legacy.pth':
        /got the format before PyTorch 1\.6 \(in Python: torch\.save\(torch\.load\('.*legacy\.pth', weights_only=True\), 'new\.pth'\)\)$/,
      'named.safetensors':
        /needs the order of the layers of .* in the option layers, got none for \[first, last, middle\]$/,
    };
    for (const [name, reason] of Object.entries(files)) it(name, () => refuses(join(folder, name), reason));
  });

  describe('files that claim more than they hold:', () => {
    it('two gigabytes in a few kilobytes, of HDF5, PyTorch and safetensors', async () => {
      await refuses(join(folder, 'two-gigabytes.h5'), /got 2147483664 with the dataset .* of shape \[16384, 32768\]$/);
      await refuses(join(folder, 'two-gigabytes.pth'), /got 2147483648 with weight of shape \[32768, 16384\]$/);
      const entry = { dtype: 'F32', shape: [2 ** 14, 2 ** 15], data_offsets: [0, 2 ** 31] };
      const path = file('two.safetensors', safetensors({ weight: entry }, 16));
      await refuses(path, /needs 2147483648 bytes of data for weight of .*, got 16$/);
    });

    it('weights that were compressed from zeros', () =>
      refuses(
        join(folder, 'compressed.h5'),
        /needs at most \d+ bytes in the \d+ of .*, got 12000016 with the dataset/,
      ));

    it('tensors that all hold the same bytes', async () => {
      const entry = { dtype: 'F32', shape: [64, 64], data_offsets: [0, 2 ** 14] };
      const entries = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.weight`, entry]));
      await refuses(
        file('same.safetensors', safetensors(entries, 2 ** 14)),
        /needs at most \d+ bytes in the \d+ of .*, got \d+ with 2\d\d\.weight$/,
      );
    });

    it('a zip bomb, whatever entry it is in', async () => {
      const bomb = { 'x/data.pkl': new Uint8Array(2e6), 'config.json': strToU8('{}') };
      await refuses(file('bomb.pth', zipSync(bomb)), /got 2000000 with the entry x\/data\.pkl$/);
      await refuses(file('bomb.keras', zipSync({ other: new Uint8Array(2e6) })), /got 2000000 with the entry other$/);
    });

    it('an entry that is larger or smaller than it says', async () => {
      const archive = zipSync({ 'x/data.pkl': strToU8('a'.repeat(3000)), 'x/data/0': new Uint8Array(8) });
      setCentral(archive, 'x/data.pkl', 24, 5000);
      await refuses(file('lies.pth', archive), /needs 5000 bytes of x\/data\.pkl in .*, got 3000$/);
    });

    it('entries without number', async () => {
      const entries = Array.from({ length: 1001 }, (_, i) => [`${i}`, new Uint8Array(0)]);
      await refuses(
        file('many.keras', zipSync(Object.fromEntries(entries))),
        /needs at most 1000 entries in .*, got more$/,
      );
    });
  });

  describe('archives whose names', () => {
    it('lead outside, though nothing is written', async () => {
      for (const name of ['../weights', 'a/../../b', '/etc/passwd', 'a\\..\\..\\b', 'C:/x']) {
        const path = file('traversal.keras', zipSync({ [name]: new Uint8Array(1) }));
        await refuses(path, /needs names inside the archive in .*, got '/);
      }
    });

    it('come twice', async () => {
      const archive = zipSync({ 'x/data.pkl': new Uint8Array(1), 'y/data.pkl': new Uint8Array(1) });
      archive[archive.lastIndexOf('y'.charCodeAt(0))] = 'x'.charCodeAt(0);
      await refuses(file('twice.pth', archive), /needs each entry once in .*, got two of 'x\/data\.pkl'$/);
    });
  });

  describe('pickles that', () => {
    const pth = (...parts: (string | number[])[]): string => {
      const bytes = parts.flatMap((part) => (typeof part === 'string' ? [...strToU8(part, true)] : part));
      return file('hostile.pth', zipSync({ 'x/data.pkl': Uint8Array.from([0x80, 2, ...bytes]) }, { level: 0 }));
    };

    it('name anything to be run', async () => {
      const reason = /got one that names posix\.system \(nothing was run; save it with/;
      await refuses(pth('cposix\nsystem\nX', [4, 0, 0, 0], 'true\x85R.'), reason);
      await refuses(pth('\x8c\x05posix\x8c\x06system\x93X', [4, 0, 0, 0], 'true\x85R.'), reason);
      await refuses(pth('(iposix\nsystem\n.'), /got other objects \(opcode 0x69;/);
      await refuses(pth('c__builtin__\neval\n)R.'), /got one that names __builtin__\.eval /);
    });

    it('would make the unpickler work for ever', async () => {
      const length = [0xff, 0xff, 0xff, 0xff];
      await refuses(
        pth(']}X', [6, 0, 0, 0], 'lengthG', [0x41, 0xef, 0xff, 0xff, 0xff, 0xe0, 0, 0], 'sb\x85R.'),
        /opcode 0x62/,
      );
      await refuses(pth('\x8b', length, '1.'), /opcode 0x8b/);
      await refuses(pth('X', length, '.'), /got a truncated one$/);
    });

    it('hold something else, or end too early', async () => {
      await refuses(pth('].'), /needs a state dict of tensors in .*, got something else/);
      await refuses(pth('}K\x01K\x02s.'), /got an entry without name/);
      await refuses(pth('}X', [1, 0, 0, 0], 'aK\x02s.'), /got another entry a /);
      await refuses(pth('ccollections\nOrderedDict\n)R'), /got a truncated one$/);
      await refuses(pth('R.'), /needs a whole pickle in .*, got a damaged one/);
      await refuses(pth('ctorch\nFloatStorage\n)R.'), /got a damaged one/);
    });

    it('put a tensor outside its storage', async () => {
      const entries = unzipSync(readFileSync(join(folder, 'single.pt')));
      const storage = Object.keys(entries).find((name) => name.endsWith('data/0'))!;
      entries[storage] = entries[storage]!.subarray(0, 20);
      const path = file('short.pth', zipSync(entries, { level: 0 }));
      await refuses(path, /needs a tensor within its 5 numbers in weight of .*, got number 5$/);
      delete entries[storage];
      await refuses(file('none.pth', zipSync(entries, { level: 0 })), /needs an entry .*data\/0 in .*, got none$/);
    });
  });

  describe('configurations of Keras in which', () => {
    const entries = unzipSync(readFileSync(join(folder, 'sequential.keras')));
    type Layer = { class_name: string; config: Record<string, unknown> };
    const keras = (change: (layers: Layer[]) => void, others: Zippable = {}): string => {
      const config = JSON.parse(strFromU8(entries['config.json']!));
      change(config.config.layers);
      const text = strToU8(JSON.stringify(config));
      return file('changed.keras', zipSync({ ...entries, 'config.json': text, ...others }, { level: 0 }));
    };

    it('layers do not fit each other or their weights', async () => {
      const set = (index: number, settings: Record<string, unknown>): string =>
        keras((layers) => Object.assign(layers[index]!.config, settings));
      const fit =
        /needs a layer for inputs \[4\] in the layer dense\S* of .*, got weights of shape \[3, 5\] and \[5\]$/;
      await refuses(set(0, { batch_shape: [null, 4] }), fit);
      await refuses(set(4, { name: 'dropout' }), /needs another name for each layer in .*, got two called dropout$/);
      const bias = /needs a dataset layers\/dense_1\/vars\/1 of .*model\.weights\.h5, got none$/;
      await refuses(set(4, { use_bias: true }), bias);
      const functional = unzipSync(readFileSync(join(folder, 'functional.keras')));
      const text = strFromU8(functional['config.json']!).replace('"class_name": "Flatten"', '"class_name": "Softmax"');
      const rows = file('rows.keras', zipSync({ ...functional, 'config.json': strToU8(text) }, { level: 0 }));
      await refuses(
        rows,
        /needs a layer for inputs \[2, 3\] in the layer flatten\S* of .*, got one for rows of numbers$/,
      );
      const more = keras((layers) => layers.push(...layers.slice(4)));
      await refuses(more, /needs a dataset layers\/dense_3\/vars\/0 of .*, got none$/);
    });

    it('a setting is missing or means what TensorFlow.js cannot', async () => {
      const changes: readonly [number, Record<string, unknown>, RegExp, string?][] = [
        [0, { batch_shape: [null, null] }, /needs an input of known shape in .*, got \[null, null\]$/],
        [1, { activation: 'nonsense' }, /needs an activation of .*, got 'nonsense'$/],
        // A function of one's own, though called as one of Keras': 'swish', but perhaps x σ(3x).
        [
          1,
          { activation: { class_name: 'function', module: 'builtins', config: 'swish' } },
          /needs an activation of .*, got a function swish that is not in the file$/,
        ],
        [
          1,
          { activation: { class_name: 'PReLU', module: 'keras.layers', config: {} } },
          /needs an activation of .* in the layer dense\S* of .*, got an object PReLU$/,
        ],
        [
          1,
          { activation: { class_name: 'ELU', module: 'keras.layers', config: { name: 'e', alpha: 2 } } },
          /needs an alpha of 1, .* in the activation e of the layer dense\S* of .*, got 2$/,
        ],
        [
          1,
          { activation: { class_name: 'ReLU', module: 'mine', registered_name: 'mine>ReLU', config: { name: 'r' } } },
          /needs layers of Keras in the layer dense\S* of .*, got mine>ReLU \(the layer r\)$/,
        ],
        [1, { activation: { value: ['4wEA', null, null] } }, /got a lambda$/],
        [3, { alpha: 0.5 }, /needs an alpha of 1, the only one of TensorFlow\.js, in .*, got 0\.5$/, 'ELU'],
        [1, { name: 3 }, /needs a name for the layer Dense in .*, got 3$/],
        [2, { axis: [1, 2] }, /needs the last axis in the layer batch_normalization\S* of .*, got \[1, 2\]$/],
        [2, { epsilon: 'small' }, /needs a number for epsilon in .*, got 'small'$/],
        [3, { rate: null }, /needs a number for rate in the layer dropout\S* of .*, got null$/],
        [3, { stddev: '1' }, /needs a number for stddev in .*, got '1'$/, 'GaussianNoise'],
        [3, {}, /a layer for inputs \[5\] in .*, got one for rows of numbers$/, 'SpatialDropout1D'],
        [3, { negative_slope: 0.1 }, /needs no slope and no threshold in .*, got \[0\.1, 0\]$/, 'ReLU'],
        [3, { axis: 0 }, /needs the last axis in .*, got 0$/, 'Softmax'],
        [3, { axis: [0], mean: 1, variance: 1 }, /needs the last axis in .*, got \[0\]$/, 'Normalization'],
        [3, { axis: [1, 2] }, /needs the last axis in .*, got \[1, 2\]$/, 'Normalization'],
        [
          3,
          { mean: [1, 2], variance: 1 },
          /needs a mean and a variance of .*, got shapes \[2\] and \[\]$/,
          'Normalization',
        ],
        [
          3,
          { mean: 1, variance: [-1] },
          /needs a mean and a variance of .*, got shapes \[\] and \[1\]$/,
          'Normalization',
        ],
        [3, { mean: 1, variance: -0.1 }, /needs a variance of at least 0 in .*, got -0\.1/, 'Normalization'],
        [
          3,
          { mean: [[1]], variance: 1 },
          /needs a number or a list of numbers for mean in .*, got \[\[1\]\]$/,
          'Normalization',
        ],
        [
          3,
          { mean: 'x', variance: 1 },
          /needs a number or a list of numbers for mean in .*, got 'x'$/,
          'Normalization',
        ],
        [
          3,
          { mean: 1e39, variance: 1 },
          /needs finite numbers that float32 can hold in .*, got 1e\+39$/,
          'Normalization',
        ],
        [
          3,
          { mean: [1, 2], variance: [1, 2] },
          /a layer for inputs \[5\] in .*, got one for 2 numbers$/,
          'Normalization',
        ],
        [
          3,
          { axis: 2, mean: 1, variance: 1 },
          /a layer for inputs \[5\] in .*, got one for rows of numbers$/,
          'Normalization',
        ],
        [3, { scale: [], offset: 0 }, /needs a number or a list of numbers for scale in .*, got \[\]$/, 'Rescaling'],
        [3, { scale: 1, offset: [1, 2, 3] }, /a layer for inputs \[5\] in .*, got one for 3 numbers$/, 'Rescaling'],
        [3, { scale: 1 }, /needs a number or a list of numbers for offset in .*, got undefined$/, 'Rescaling'],
      ];
      for (const [index, settings, reason, kind] of changes) {
        const path = keras((layers) => {
          Object.assign(layers[index]!.config, settings);
          layers[index]!.class_name = kind ?? layers[index]!.class_name;
        });
        await refuses(path, reason);
      }
    });

    it('there are several inputs', async () => {
      const functional = unzipSync(readFileSync(join(folder, 'functional.keras')));
      const config = JSON.parse(strFromU8(functional['config.json']!));
      const { layers } = config.config;
      layers.splice(1, 0, { ...layers[0], config: { ...layers[0].config, name: 'other' } });
      const text = strToU8(JSON.stringify(config));
      const path = file('inputs.keras', zipSync({ ...functional, 'config.json': text }, { level: 0 }));
      await refuses(path, /needs layers in a row in .*, got inputs input_layer\S* and other$/);
    });

    it('there is something else', async () => {
      const texts: readonly [string, RegExp][] = [
        ['{"class_name": "Sequential"', /needs JSON in the configuration of config\.json of .*, got .*JSON/],
        ['[]', /needs the configuration of a Keras model in .*, got \[\]$/],
        ['{"class_name": "Unet"}', /needs a Sequential or functional model in .*, got 'Unet'$/],
        ['{"class_name": "Sequential", "config": {"layers": []}}', /needs a list of layers in .*, got \[\]$/],
        [
          '{"class_name": "Functional", "config": {"layers": [{}]}}',
          /needs layers of Keras in .*, got \[object Object\]$/,
        ],
      ];
      const unchanged = (): void => undefined;
      for (const [text, reason] of texts) await refuses(keras(unchanged, { 'config.json': strToU8(text) }), reason);
      const old = { 'metadata.json': strToU8('{"keras_version": "1.2.2"}') };
      await refuses(keras(unchanged, old), /needs a model of Keras 2 or 3 in .*, got '1\.2\.2'$/);
      const picture = { 'model.weights.h5': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4) };
      await refuses(keras(unchanged, picture), /needs an HDF5 file in .*model\.weights\.h5, got a PNG picture$/);
    });
  });

  describe('safetensors files in which', () => {
    it('the header does not end, or is no JSON', async () => {
      const bytes = safetensors({}, 0);
      new DataView(bytes.buffer).setBigUint64(0, 2n ** 60n, true);
      await refuses(file('a.safetensors', bytes), /with a header of 1152921504606847000 bytes, got a truncated one$/);
      await refuses(
        file(
          'b.safetensors',
          bytes.map((byte, i) => (i < 8 ? Number(i === 0) : byte)),
        ),
        /JSON/,
      );
    });

    it('a tensor has not the bytes of its shape, or is none', async () => {
      const weight = { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] };
      const changes: readonly [object, RegExp][] = [
        [{ data_offsets: [0, 4] }, /needs 8 bytes for weight of .*, got 4$/],
        [{ data_offsets: [8, 16] }, /needs 16 bytes of data for weight of .*, got 8$/],
        [{ data_offsets: [8, 0] }, /needs 8 bytes for weight of .*, got -8$/],
        [{ shape: [-1, 2] }, /needs dtype, shape and data_offsets for weight of .*, got others$/],
        [{ shape: [1, 2, 1] }, /got weight of shape \[1, 2, 1\]$/],
        [{ dtype: 'F8_E4M3' }, /needs F16, BF16, F32 or F64 for weight of .*, got 'F8_E4M3'$/],
      ];
      for (const [change, reason] of changes)
        await refuses(file('c.safetensors', safetensors({ weight: { ...weight, ...change } }, 8)), reason);
      await refuses(file('d.safetensors', safetensors({ weight: 3 }, 8)), /for weight of .*, got 3$/);
      await refuses(file('e.safetensors', safetensors({}, 0)), /needs Linear layers in .*, got no tensor$/);
    });

    it('a weight is too large for float32', async () => {
      const bytes = safetensors({ weight: { dtype: 'F64', shape: [1, 1], data_offsets: [0, 8] } }, 8);
      new DataView(bytes.buffer).setFloat64(bytes.length - 8, 1e300, true);
      const reason = /needs weights that float32 can hold in the layer linear of .*, got 1e\+300$/;
      await refuses(file('large.safetensors', bytes), reason, { outputActivation: 'linear' });
    });
  });

  describe('files that are', () => {
    it('cut off anywhere', async () => {
      for (const name of ['sequential.h5', 'sequential.keras', 'float32.pth', 'float32.safetensors']) {
        const bytes = readFileSync(join(folder, name));
        for (const part of [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
          const path = file(`cut-${name}`, bytes.subarray(0, Math.floor(part * bytes.length)));
          await refuses(path, /whole|truncated|bytes of data|an HDF5 file|a zip archive|a safetensors file/);
        }
        await refuses(file(`cut-${name}`, bytes.subarray(0, -1)), /whole|bytes of data/);
      }
    });

    it('damaged so that HDF5 would read for ever', async () => {
      const bytes = readFileSync(join(folder, 'keras2-sequential.h5'));
      bytes[bytes.indexOf('GCOL') + 9] = 0x3c; // the size of the heap that holds the texts
      await refuses(file('endless.h5', bytes), /got .*endless\.h5 \(HDF5 does not come to an end\)$/);
      (await loadModel(join(folder, 'keras2-sequential.h5'))).dispose();
    });

    it('of another kind than their ending says', async () => {
      const kinds: readonly [Uint8Array, string][] = [
        [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0), 'a PNG picture'],
        [strToU8('%PDF-1.7 and so on'), 'a PDF document'],
        [strToU8('epoch,loss\n1,0.5\n'), 'something else'],
        [new Uint8Array(0), 'an empty file'],
      ];
      for (const [bytes, kind] of kinds)
        for (const ending of ['h5', 'hdf5', 'keras', 'pth', 'pt', 'safetensors'])
          await refuses(file(`net.${ending}`, bytes), new RegExp(`got ${kind}$`));
      const archive = zipSync({ 'word/document.xml': strToU8('<x/>') });
      await refuses(file('a.keras', archive), /needs an entry metadata\.json in .*, got none$/);
      await refuses(file('a.pth', archive), /needs a PyTorch state dict in .*, got another zip archive$/);
      await refuses(file('a.h5', archive), /needs an HDF5 file in .*, got a zip archive$/);
      await refuses(file('b.pth', readFileSync(join(folder, 'built.keras'))), /got a Keras model$/);
    });

    it('missing, or neither a folder nor of a known ending', async () => {
      await refuses(join(place, 'none.h5'), /needs a readable file, got .*none\.h5 \(ENOENT/);
      mkdirSync(join(place, 'saved'));
      writeFileSync(join(place, 'saved/saved_model.pb'), '');
      await refuses(
        join(place, 'saved'),
        /needs a folder with model\.json in .*, got a SavedModel of TensorFlow \(in /,
      );
      const endings = /needs a folder with model\.json or a file of \.h5, .*, \.safetensors, got '.*net\.bin'$/;
      await refuses(file('net.bin', 'x'), endings);
    });
  });

  describe('options that', () => {
    const refusesOptions = (
      name: string,
      options: unknown,
      expected: { name: string; message: RegExp },
    ): Promise<void> => assert.rejects(loadModel(join(folder, name), options as LoadModelOptions), expected);

    it('are missing or not known for a file that holds weights only', async () => {
      const activation = /^loadModel needs an activation of linear, relu, .* for .*float32\.pth, which holds none, got/;
      await refusesOptions('float32.pth', { outputActivation: 'linear' }, { name: 'RangeError', message: activation });
      const wrong = { ...relu, activation: 'leaky' };
      await refusesOptions('float32.pth', wrong, { name: 'RangeError', message: activation });
      const other = { ...relu, activation: 'hardSigmoid' }; // PyTorch's is another function.
      await refusesOptions('float32.pth', other, { name: 'RangeError', message: activation });
      const output =
        /^loadModel needs an outputActivation of linear, relu, .* for .*single\.pt, which holds none, got undef/;
      await refusesOptions('single.pt', {}, { name: 'RangeError', message: output });
      const list = /^loadModel needs a list of names in the option layers, got 'first'$/;
      await refusesOptions('named.pth', { ...relu, layers: 'first' }, { name: 'TypeError', message: list });
      const each = /needs layers that name each of \[last, first, middle\] of .* once, got \['first', 'last'\]$/;
      await refusesOptions('named.pth', { ...relu, layers: ['first', 'last'] }, { name: 'Error', message: each });
    });

    it('are given for a file or a folder that says everything itself', async () => {
      const none = /^loadModel needs no options for .*, which says them itself, got activation$/;
      for (const name of ['sequential.h5', 'sequential.keras', 'folder'])
        await refusesOptions(name, relu, { name: 'RangeError', message: none });
    });
  });

  it('to read without the package that reads, and says which line installs it', async () => {
    const hook = `export const resolve = (name, context, next) => {
      if (!['h5wasm', 'fflate', 'pickleparser'].includes(name)) return next(name, context);
      throw Object.assign(new Error('absent'), { code: 'ERR_MODULE_NOT_FOUND' });
    };`;
    const program = `
      import { register } from 'node:module';
      register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));
      const { loadPackage } = await import('./lib/io/packages.ts');
      const say = ({ message }) => console.log(message);
      await loadPackage('h5wasm', 'net.h5').catch(say);
      await loadPackage('fflate', 'net.keras').catch(say);
      await loadPackage('pickleparser', 'net.pth').catch(say);
    `;
    const node = ['--import', 'tsx', '--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, node, { cwd: join(import.meta.dirname, '../..') });
    assert.deepEqual(stdout.trim().split('\n'), [
      'loadModel needs the package h5wasm to read net.h5, got none (npm install h5wasm)',
      'loadModel needs the package fflate to read net.keras, got none (npm install fflate)',
      'loadModel needs the package pickleparser to read net.pth, got none (npm install pickleparser)',
    ]);
  });
});

// Eight bytes with the length of the header, the header, the data.
function safetensors(header: object, dataBytes: number): Uint8Array {
  const text = strToU8(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

// Changes 4 bytes of an entry's record in the central directory of a zip archive.
function setCentral(archive: Uint8Array, name: string, offset: number, value: number): void {
  const view = new DataView(archive.buffer, archive.byteOffset);
  for (let at = 0; at < archive.length - 46; at++)
    if (view.getUint32(at, true) === 0x02014b50 && strFromU8(archive.subarray(at + 46, at + 46 + name.length)) === name)
      view.setUint32(at + offset, value, true);
}
