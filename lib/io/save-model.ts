import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { needModel } from '../tape/model.js';
import { folderPath } from './folder-path.js';

/**
 * Saves a model in TensorFlow.js' own format: `model.json` and `weights.bin` in a folder, which is made if needed.
 *
 * Every tool that reads tfjs layers models reads it. Each file is written beside the old one and then takes its place, so that
 * an interruption leaves no half-written file; `loadModel` notices if the two do not belong together.
 *
 * @param model - the model; optimiser state is not saved.
 * @param folder - where, relative to the working directory (for a notebook: its folder).
 * @throws TypeError if the model is none, or the path none on this computer; Error if it is disposed, or the folder
 * cannot be written.
 * @example
 * const model = createMlp({ inputs: 1, hidden: [], outputs: 1, activation: 'relu', outputActivation: 'linear', seed: 1 });
 * await saveModel(model, 'build/example-model');
 * (await loadModel('build/example-model')).countParams() // => 2
 */
export async function saveModel(model: tf.LayersModel, folder: string | URL): Promise<void> {
  needModel('saveModel', model);
  const path = folderPath('saveModel', folder);
  const { weights, json } = await serialised(model);
  try {
    await mkdir(path, { recursive: true });
    await replaceFile(join(path, 'weights.bin'), weights);
    await replaceFile(join(path, 'model.json'), json);
  } catch (cause) {
    throw new Error(`saveModel needs a folder it can write to, got ${path} (${(cause as Error).message})`, { cause });
  }
}

async function serialised(model: tf.LayersModel): Promise<{ weights: Uint8Array; json: string }> {
  const { weightData, weightSpecs, userDefinedMetadata, ...rest } = await artifactsOf(model);
  const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  const weightsSha256 = createHash('sha256').update(weights).digest('hex');
  return {
    weights,
    json: JSON.stringify({ ...rest, weightsManifest, userDefinedMetadata: { ...userDefinedMetadata, weightsSha256 } }),
  };
}

async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  const keep = (given: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> => {
    artifacts = given;
    return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } });
  };
  await model.save(tf.io.withSaveHandler(keep));
  return artifacts!;
}

async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(beside, content, { flush: true });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
