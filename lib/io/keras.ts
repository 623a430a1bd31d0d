import { need } from '../need.js';
import { openArchive } from './archive.js';
import { readHdf5 } from './hdf5.js';
import { isObject } from './json-object.js';
import { kerasBlueprint } from './keras-blueprint.js';
import { kerasNetwork } from './keras-network.js';
import { namedWeights, numberedWeights } from './keras-weights.js';
import { kindOf, type ModelFile } from './model-file.js';
import type { Blueprint } from './sequential.js';

/**
 * Reads a model in Keras' older format, one HDF5 file with configuration and weights.
 *
 * @throws Error if the file is not of that kind, holds weights only, or layers other than a stack of dense ones has.
 */
export async function readKerasHdf5(file: ModelFile): Promise<Blueprint> {
  const { path } = file;
  const hdf5 = await readHdf5(file);
  const configuration = hdf5.attribute('/', 'model_config');
  const weightsOnly =
    hdf5.has('layers') || hdf5.has('_layer_checkpoint_dependencies') || hdf5.has('top_level_model_weights');
  const found = weightsOnly ? 'weights without architecture (save the whole model: model.save)' : 'another HDF5 file';
  need(typeof configuration === 'string', `loadModel needs a Keras model in ${path}`, { words: found }, Error);
  const version = majorVersion(hdf5.attribute('/', 'keras_version'), path);
  const network = kerasNetwork(parsed(configuration, path), path);
  return kerasBlueprint(network, { version, read: namedWeights(hdf5, path) }, path);
}

/**
 * Reads a model in Keras 3's format, a zip archive with configuration and weights; or in the older one by that name.
 *
 * @throws Error if the file is not of that kind, or layers are other than a stack of dense ones has.
 */
export async function readKerasArchive(file: ModelFile): Promise<Blueprint> {
  const { path } = file;
  if (kindOf(file.bytes) === 'an HDF5 file') return readKerasHdf5(file);
  const archive = await openArchive(file);
  const json = (name: string): unknown => parsed(new TextDecoder().decode(archive.read(name)), `${name} of ${path}`);
  const metadata = json('metadata.json');
  const version = majorVersion(isObject(metadata) ? metadata['keras_version'] : undefined, path);
  const network = kerasNetwork(json('config.json'), path);
  const inside = { path: `${path}/model.weights.h5`, bytes: archive.read('model.weights.h5') };
  const hdf5 = await readHdf5(inside);
  return kerasBlueprint(network, { version, read: numberedWeights(hdf5, network.layers) }, path);
}

function majorVersion(text: unknown, path: string): number {
  const version = typeof text === 'string' ? Number.parseInt(text, 10) : Number.NaN;
  need(version === 2 || version === 3, `loadModel needs a model of Keras 2 or 3 in ${path}`, text, Error);
  return version;
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`loadModel needs JSON in the configuration of ${place}, got ${(cause as Error).message}`, {
      cause,
    });
  }
}
