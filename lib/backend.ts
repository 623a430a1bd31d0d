import * as tf from '@tensorflow/tfjs';
import { loadNative } from './native.js';
import { need } from './need.js';
import { type Displayable, jupyterDisplay } from './plot/display.js';

/** Where TensorFlow.js computes: native TensorFlow, WebAssembly, or plain JavaScript. */
export type Backend = 'native' | 'wasm' | 'cpu';

/** Which backend computes and why; shows itself in a notebook as one line. */
export interface BackendReport extends Displayable {
  /** The backend in use. */
  readonly backend: Backend;
  /** The npm package it comes from. */
  readonly package: string;
  /** One line: the backend, and why no faster one is used. */
  readonly text: string;
}

interface Started {
  readonly from: string;
  readonly how: string;
  /** Packages that would have come first, each with its reason. */
  readonly passedOver?: readonly string[];
}

const STARTERS: Readonly<Record<Backend, () => Promise<Started>>> = {
  native: startNative,
  wasm: startWasm,
  cpu: startCpu,
};
const BY_SPEED: readonly Backend[] = ['native', 'wasm', 'cpu'];

/**
 * Chooses where TensorFlow.js computes: the fastest backend that is there, or the one that is asked for.
 *
 * Without a preference: native TensorFlow if `@tensorflow/tfjs-node-gpu` or `@tensorflow/tfjs-node` is installed with its
 * compiled part, else WebAssembly if `@tensorflow/tfjs-backend-wasm` is installed, else plain JavaScript. Prints nothing and
 * downloads nothing. May be called again; tensors stay valid. Until it is called, TensorFlow.js computes in plain JavaScript.
 *
 * @param preference - the backend to use; the fastest one by default.
 * @returns what is used now and why.
 * @throws RangeError if the preference is not a backend; Error if the preferred backend is not there.
 * @example
 * (await useBackend('wasm')).backend // => 'wasm'
 */
export async function useBackend(preference?: Backend): Promise<BackendReport> {
  const known = preference === undefined || BY_SPEED.includes(preference);
  need(known, "useBackend needs 'native', 'wasm' or 'cpu'", preference);
  const missing: string[] = [];
  for (const backend of preference === undefined ? BY_SPEED : [preference]) {
    try {
      const started = await STARTERS[backend]();
      return report(backend, started, missing);
    } catch (error) {
      missing.push(`${backend}: ${(error as Error).message}`);
    }
  }
  throw new Error(`useBackend needs a backend that is there, got ${missing.join('; ')}`);
}

function report(backend: Backend, { from, how, passedOver = [] }: Started, missing: readonly string[]): BackendReport {
  const reasons = [...missing.map((reason) => `not ${reason}`), ...passedOver];
  const why = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  const text = `TensorFlow.js ${tf.version_core} computes ${how}${why}`;
  return Object.freeze({ backend, package: from, text, [jupyterDisplay]: () => ({ 'text/plain': text }) });
}

async function startNative(): Promise<Started> {
  const { package: from, passedOver } = await loadNative();
  await activate('tensorflow');
  const onGpu = (tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
  return { from, how: `in native TensorFlow on the ${onGpu ? 'GPU' : 'CPU'}`, passedOver };
}

async function startWasm(): Promise<Started> {
  const from = '@tensorflow/tfjs-backend-wasm';
  await import('@tensorflow/tfjs-backend-wasm').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${from} ${error.code === 'ERR_MODULE_NOT_FOUND' ? 'is not installed' : error.message}`);
  });
  await keepingProcessListeners(() => activate('wasm'));
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return { from, how: `in WebAssembly, ${simd ? 'with' : 'without'} SIMD, in one thread` };
}

async function startCpu(): Promise<Started> {
  await activate('cpu');
  withoutBanner(() => tf.scalar(0).dispose());
  return { from: '@tensorflow/tfjs', how: 'in plain JavaScript' };
}

async function activate(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error('does not start');
}

// The first tensor of the cpu backend advertises native TensorFlow, unless in production mode; warnings stay on after it.
function withoutBanner(firstUse: () => void): void {
  const production = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  firstUse();
  tf.env().set('PROD', production);
}

// The loader of the WebAssembly file makes every unhandled error of the process fatal, which is not its business.
async function keepingProcessListeners(work: () => Promise<void>): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = events.map((event) => process.listeners(event as NodeJS.Signals));
  await work();
  for (const [i, event] of events.entries())
    for (const listener of process.listeners(event as NodeJS.Signals))
      if (!before[i]!.includes(listener)) process.removeListener(event, listener);
}
