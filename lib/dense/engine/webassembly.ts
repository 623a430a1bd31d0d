import { need } from '../../need.js';
import { instantiate, type LinearMemory } from '../../webassembly.js';
import { float32 } from '../binary/float32.js';
import { float64 } from '../binary/float64.js';
import type { Engine, Kernels } from './kernels.js';
import { type Memory, memoryOver, type Precision } from './memory.js';
import { logarithmTable, tanhTable } from './tables.js';

/** Where things stand in the memory of compiled kernels. */
interface Places {
  freeMemory(): number;
  tanhTable(): number;
  logarithmTable(): number;
}

const PAGE = 65536;

/** The compiled kernels in a memory of their own, not shared with any other. Needs vectors in WebAssembly. */
export function compiledEngine(precision: Precision): Engine {
  const binary = precision === 'float64' ? float64 : float32;
  return Object.freeze({ precision, ...compiledKernels<Kernels>(binary, precision) });
}

/** @throws RangeError if there is no more: WebAssembly gives 4 GB at most, and a machine may have less. */
function grow(linear: LinearMemory, bytes: number): void {
  try {
    linear.grow(bytes / PAGE);
  } catch {
    const wanted = linear.buffer.byteLength + bytes;
    need(false, 'netlens/dense needs weights and results that fit in 4 GB of memory', { words: `${wanted} bytes` });
  }
}

/** Kernels from their binary, and a new memory for them. */
export function compiledKernels<K extends object>(
  binary: string,
  precision: Precision,
): { kernels: K; memory: Memory } {
  const { exports, memory: linear } = instantiate<K & Places>(binary);
  const store = { buffer: () => linear.buffer, grow: (bytes: number) => grow(linear, bytes) };
  const memory = memoryOver(store, precision, exports.freeMemory());
  memory.view(exports.tanhTable(), 641).set(tanhTable());
  memory.view(exports.logarithmTable(), 65).set(logarithmTable());
  return { kernels: exports, memory };
}
