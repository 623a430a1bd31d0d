import { extname } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import { need, needOptions } from '../need.js';
import { folderPath } from './folder-path.js';
import { readKerasArchive, readKerasHdf5 } from './keras.js';
import { linearStack, type NamedTensors } from './linear-stack.js';
import { kindOfPath, type ModelFile, readModelFile } from './model-file.js';
import { readSafetensors } from './safetensors.js';
import { type Blueprint, sequential } from './sequential.js';
import { type LoadModelOptions, needNoOptions, stateDictOptions } from './state-dict-options.js';
import { readTfjsFolder } from './tfjs-folder.js';
import { readTorch } from './torch.js';

/** How to read a file, by the end of its name. */
const READERS: ReadonlyMap<string, (file: ModelFile, options: LoadModelOptions) => Promise<Blueprint>> = new Map([
  ['.h5', whole(readKerasHdf5)],
  ['.hdf5', whole(readKerasHdf5)],
  ['.keras', whole(readKerasArchive)],
  ['.pth', weightsOnly(async (file) => ({ tensors: await readTorch(file), inOrder: true }))],
  ['.pt', weightsOnly(async (file) => ({ tensors: await readTorch(file), inOrder: true }))],
  ['.safetensors', weightsOnly(async (file) => ({ tensors: readSafetensors(file), inOrder: false }))],
]);

/**
 * Loads a model that was trained here or elsewhere.
 *
 * | path           | written by                               | holds                                   |
 * | -------------- | ---------------------------------------- | --------------------------------------- |
 * | a folder       | `saveModel` or another tfjs tool         | `model.json` and the weights it names   |
 * | `.keras`       | Keras 3                                  | the model                               |
 * | `.h5`          | Keras 2 or 3, `model.save`               | the model                               |
 * | `.pth`, `.pt`  | PyTorch, `torch.save(model.state_dict())`| the weights; you say the activations    |
 * | `.safetensors` | `safetensors.torch.save_file`            | the weights; you say the activations    |
 *
 * A folder may hold any layers model. Of the others, stacks of dense layers are read: from Keras Dense, Activation, ReLU,
 * LeakyReLU, ELU, Softmax, Flatten, BatchNormalization, Normalization, Rescaling, and what does nothing but in training (Dropout,
 * SpatialDropout1D, GaussianDropout, GaussianNoise, AlphaDropout), in a row; from PyTorch Linear layers. A layer that is the
 * activation of another one becomes a layer behind it. Weights become float32, in which TensorFlow.js computes; in the name of a
 * layer, `_` stands for what TensorFlow.js does not take.
 *
 * A Normalization becomes two Rescaling layers, which no training changes. The inputs of such a model are those of the table, and
 * derivatives and attributions are those of them.
 *
 * Nothing that a file holds is run. The packages that read it are loaded when they are needed: h5wasm for `.h5` and `.keras`,
 * fflate for `.keras` and `.pth`, pickleparser for `.pth`.
 *
 * @param path - where, relative to the working directory (for a notebook: its folder).
 * @param options - what a file with weights only does not say.
 * @returns the model; from a folder, its weights bit for bit as saved. The caller disposes it.
 * @throws Error if a file is missing, damaged, of another kind or larger than a gibibyte, claims to hold far more than it can,
 * names anything that would have to be run, or has layers that cannot be read; or a package is missing that reads it.
 * RangeError if an activation is missing, not known or not asked for; TypeError if `layers` is no list of names, the path none on
 * this computer, or options no object.
 * @example
 * (await loadModel('tests/io/models/sequential.keras')).layers.length // => 5
 * const options = { activation: 'relu', outputActivation: 'linear' } as const;
 * (await loadModel('tests/io/models/float32.pth', options)).outputs[0]!.shape // => [null, 2]
 */
export async function loadModel(path: string | URL, options: LoadModelOptions = {}): Promise<tf.LayersModel> {
  needOptions('loadModel', options);
  const place = folderPath('loadModel', path);
  const kind = await kindOfPath(place);
  const reader = READERS.get(extname(place).toLowerCase());
  if (reader !== undefined && kind !== 'folder')
    return sequential(await reader(await readModelFile(place), options), place);
  const endings = [...READERS.keys()].join(', ');
  need(kind !== 'file', `loadModel needs a folder with model.json or a file of ${endings}`, place, Error);
  needNoOptions(options, place);
  return readTfjsFolder(place);
}

function whole(read: (file: ModelFile) => Promise<Blueprint>) {
  return (file: ModelFile, options: LoadModelOptions): Promise<Blueprint> => {
    needNoOptions(options, file.path);
    return read(file);
  };
}

function weightsOnly(read: (file: ModelFile) => Promise<NamedTensors>) {
  return async (file: ModelFile, options: LoadModelOptions): Promise<Blueprint> => {
    const named = await read(file);
    return linearStack(named, stateDictOptions(options, named.tensors, file.path), file.path);
  };
}
