import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { kindOfPath, readModelFile } from './model-file.js';
import { type LayersModelJson, readModelJson } from './model-json.js';

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 };

/**
 * Loads a model that `saveModel` or another tfjs tool saved: a folder with `model.json` and the weights it names.
 *
 * @throws Error if a file is missing or cannot be read, `model.json` is not that of a layers model, the weights are too
 * short, too long or not those that were saved with it, or TensorFlow.js cannot build the model.
 */
export async function readTfjsFolder(path: string): Promise<tf.LayersModel> {
  const savedModel = await kindOfPath(join(path, 'saved_model.pb'));
  const words = "a SavedModel of TensorFlow (in Python: model.save('model.keras'))";
  need(savedModel === undefined, `loadModel needs a folder with model.json in ${path}`, { words }, Error);
  const json = await readModelJson(join(path, 'model.json'));
  const weightData = await readWeights(path, json);
  const { modelTopology, weights, metadata: userDefinedMetadata = {} } = json;
  const artifacts = { modelTopology, weightSpecs: [...weights], weightData, userDefinedMetadata };
  try {
    return await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new Error(`loadModel needs a model that TensorFlow.js can build, got ${path} (${reason})`, { cause });
  }
}

async function readWeights(folder: string, { paths, weights, metadata }: LayersModelJson): Promise<ArrayBuffer> {
  const files: Uint8Array[] = [];
  for (const path of paths) files.push((await readModelFile(join(folder, path))).bytes);
  const bytes = Buffer.concat(files);
  const wanted = weights.reduce((sum, entry) => sum + size(entry), 0);
  need(bytes.length === wanted, `loadModel needs ${wanted} bytes of weights in ${folder}`, bytes.length, Error);
  const saved = metadata?.weightsSha256;
  const found = createHash('sha256').update(bytes).digest('hex');
  const belong = saved === undefined || saved === found;
  need(
    belong,
    `loadModel needs the weights that were saved with ${folder}/model.json`,
    { words: 'others (another SHA-256)' },
    Error,
  );
  return Uint8Array.from(bytes).buffer;
}

function size({ name, shape, dtype, quantization }: tf.io.WeightsManifestEntry): number {
  const bytes = BYTES[quantization?.dtype ?? dtype];
  need(bytes !== undefined, `loadModel needs numbers in the weight ${name}`, dtype, Error);
  return bytes * shape.reduce((product, length) => product * length, 1);
}
