import { readFile } from 'node:fs/promises';
import { isAbsolute, normalize, sep } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { isObject } from './json-object.js';

/** What `loadModel` needs of a `model.json`. */
export interface LayersModelJson {
  readonly modelTopology: object;
  /** Names of the weight files, in order. */
  readonly paths: readonly string[];
  /** What the weight files hold, one after the other. */
  readonly weights: readonly tf.io.WeightsManifestEntry[];
  readonly metadata: { readonly weightsSha256?: unknown } | undefined;
}

/**
 * Reads and checks a `model.json`.
 *
 * @throws Error if it cannot be read, is no JSON, or not that of a layers model.
 */
export async function readModelJson(path: string): Promise<LayersModelJson> {
  const json = await parsed(path);
  const requirement = `loadModel needs a tfjs layers model in ${path}`;
  need(isObject(json), requirement, json, Error);
  const { format = 'layers-model', modelTopology, weightsManifest, userDefinedMetadata } = json;
  need(format === 'layers-model', requirement, format, Error);
  need(isObject(modelTopology), `${requirement}, with a modelTopology`, modelTopology, Error);
  need(
    isManifest(weightsManifest),
    `${requirement}, with a weightsManifest of paths and weights`,
    weightsManifest,
    Error,
  );
  const paths = weightsManifest.flatMap((group) => group.paths);
  const outside = paths.find((file) => isAbsolute(file) || normalize(file).split(sep)[0] === '..');
  need(outside === undefined, `loadModel needs weight files beside ${path}`, outside, Error);
  const isOnce = new Set(paths.map(normalize)).size === paths.length;
  need(isOnce, `loadModel needs each weight file once in ${path}`, { words: 'one twice' }, Error);
  const metadata = isObject(userDefinedMetadata) ? userDefinedMetadata : undefined;
  return { modelTopology, paths, weights: weightsManifest.flatMap((group) => group.weights), metadata };
}

async function parsed(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new Error(`loadModel needs a readable model.json, got ${path} (${(cause as Error).message})`, { cause });
  }
}

function isManifest(value: unknown): value is readonly tf.io.WeightsManifestConfig[number][] {
  return Array.isArray(value) && value.every(isGroup);
}

function isGroup(group: unknown): boolean {
  if (!isObject(group)) return false;
  const { paths, weights } = group;
  const named = Array.isArray(paths) && paths.every((path) => typeof path === 'string');
  return named && Array.isArray(weights) && weights.every(isEntry);
}

function isEntry(entry: unknown): boolean {
  if (!isObject(entry)) return false;
  const { name, shape, dtype } = entry;
  const sized = Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  return typeof name === 'string' && typeof dtype === 'string' && sized;
}
