import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { need } from '../need.js';
import { workerEntry } from '../worker-entry.js';
import type { Hdf5Answer, Hdf5Objects } from './hdf5-objects.js';
import { type ModelFile, needKind } from './model-file.js';
import type { Weights } from './weights.js';

/** What is read of an HDF5 file. */
export interface Hdf5 {
  /** A text or texts that are noted on a group; undefined if there is no such group or text. */
  readonly attribute: (group: string, name: string) => unknown;
  /** Whether there is such a group or dataset. */
  readonly has: (path: string) => boolean;
  /** The numbers of a dataset; throws Error if there is none or it holds no floats. */
  readonly weights: (dataset: string) => Weights;
}

// HDF5 goes round in circles in some damaged files: so it reads on a thread of its own, which can be ended.
let thread: Promise<Worker> | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Reads an HDF5 file in memory, never on disk.
 *
 * @throws Error if it is no HDF5 file, is truncated or damaged, or the package that reads it is missing.
 */
export async function readHdf5(file: ModelFile): Promise<Hdf5> {
  needKind(file, 'an HDF5 file');
  const answer = last.then(() => ask(file));
  last = answer.catch(() => undefined);
  const { objects, error } = await answer;
  if (objects === undefined) throw new Error(error);
  return {
    has: (path) => objects.has(path),
    attribute: (group, name) => objects.get(group)?.texts.get(name),
    weights: (dataset) => weightsOf(objects, dataset, file.path),
  };
}

async function ask(file: ModelFile): Promise<Hdf5Answer> {
  thread ??= start();
  const worker = await thread;
  const patience = new AbortController();
  // A message that came while this thread was busy goes first.
  const timer = setTimeout(() => setImmediate(() => patience.abort()), longest(file));
  worker.ref();
  worker.postMessage(file);
  try {
    const [answer]: Hdf5Answer[] = await once(worker, 'message', { signal: patience.signal });
    return answer!;
  } catch (cause) {
    thread = undefined;
    await worker.terminate();
    const reason = patience.signal.aborted ? 'HDF5 does not come to an end' : (cause as Error).message;
    throw new Error(`loadModel needs a whole HDF5 file, got ${file.path} (${reason})`, { cause });
  } finally {
    clearTimeout(timer);
    worker.unref();
  }
}

async function start(): Promise<Worker> {
  const worker = new Worker(workerEntry(import.meta.url, 'hdf5-worker'), { eval: true, execArgv: [] });
  worker.on('error', () => {
    thread = undefined;
  });
  await once(worker, 'message');
  return worker;
}

// Milliseconds, a hundred times those that it usually takes.
function longest({ bytes }: ModelFile): number {
  return 5000 + bytes.length / 1e4;
}

function weightsOf(objects: Hdf5Objects, dataset: string, path: string): Weights {
  const place = `${dataset} of ${path}`;
  const found = objects.get(dataset);
  const words = found?.kind ?? 'none';
  need(found?.kind === 'Dataset', `loadModel needs a dataset ${place}`, { words }, Error);
  const { weights } = found;
  need(weights !== undefined, `loadModel needs float16, float32 or float64 in ${place}`, { words: 'others' }, Error);
  return weights;
}
