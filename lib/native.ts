import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';

const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];
const ADDON = `lib/napi-v${Math.min(8, Number(process.versions['napi']))}/tfjs_binding.node`;

/** Where native TensorFlow comes from. */
export interface Native {
  /** The package that brought the backend `tensorflow`. */
  readonly package: string;
  /** The packages that were tried before it, each with its reason. */
  readonly passedOver: readonly string[];
}

/**
 * Loads native TensorFlow, if one of its packages is installed together with its compiled part.
 *
 * @throws Error that says for each package why it cannot be used.
 */
export async function loadNative(): Promise<Native> {
  const passedOver: string[] = [];
  for (const name of PACKAGES) {
    const reason = await load(name).catch((error: Error) => `does not load (${error.message.split('\n', 1)[0]})`);
    if (reason === undefined) return { package: name, passedOver };
    passedOver.push(`${name} ${reason}`);
  }
  throw new Error(passedOver.join(', '));
}

async function load(name: string): Promise<string | undefined> {
  const folder = folderOf(name);
  if (folder === undefined) return 'is not installed';
  // Without its compiled part the package registers half of itself before it throws: look first.
  if (!existsSync(join(folder, ADDON))) return 'has no compiled part';
  restoreRemovedFunctions();
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  // Else the first process takes all memory of the GPU, and other notebooks find none.
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
  await import(name);
  return tf.engine().registryFactory['tensorflow'] === undefined ? 'registers no backend' : undefined;
}

function folderOf(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

// tfjs-node 4.22 calls two functions that Node 23 removed.
function restoreRemovedFunctions(): void {
  const isNullOrUndefined = (value: unknown): boolean => value === null || value === undefined;
  Object.assign(util, { isNullOrUndefined, isArray: Array.isArray });
}
