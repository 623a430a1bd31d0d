import { float32 } from '../binary/float32.js';
import { float64 } from '../binary/float64.js';
import type { Engine, Kernels } from './kernels.js';
import { type Memory, memoryOver, type Precision } from './memory.js';
import { logarithmTable, tanhTable } from './tables.js';

/** What is used of WebAssembly: TypeScript knows it only together with the whole of a browser. */
interface WebAssemblyHost {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new <K extends object>(module: object, imports: object) => { readonly exports: K & Places };
  readonly Memory: new (pages: { initial: number }) => LinearMemory;
}

interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Where things stand in the memory of compiled kernels. */
interface Places {
  freeMemory(): number;
  tanhTable(): number;
  logarithmTable(): number;
}

/** (module (func (param v128))): valid where there are vectors. */
const VECTORS = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 123, 0, 3, 2, 1, 0, 10, 4, 1, 2, 0, 11);
const PAGE = 65536;
const modules = new Map<string, object>();

function webAssembly(): WebAssemblyHost | undefined {
  return (globalThis as { readonly WebAssembly?: WebAssemblyHost }).WebAssembly;
}

/** Whether this machine runs compiled kernels. */
export function hasVectors(): boolean {
  return webAssembly()?.validate(VECTORS) ?? false;
}

/** The compiled kernels in a memory of their own, not shared with any other. Needs {@link hasVectors}. */
export function compiledEngine(precision: Precision): Engine {
  return Object.freeze({ precision, ...instantiate<Kernels>(precision === 'float64' ? float64 : float32, precision) });
}

/** Kernels from their binary, compiled once in a thread, and a new memory for them. */
export function instantiate<K extends object>(binary: string, precision: Precision): { kernels: K; memory: Memory } {
  const host = webAssembly();
  if (!host) throw new Error('instantiate needs WebAssembly, got a machine without it');
  const module = modules.get(binary) ?? new host.Module(bytesOf(binary));
  modules.set(binary, module);
  const linear = new host.Memory({ initial: 16 });
  const { exports } = new host.Instance<K>(module, { env: { memory: linear } });
  const store = { buffer: () => linear.buffer, grow: (bytes: number) => void linear.grow(bytes / PAGE) };
  const memory = memoryOver(store, precision, exports.freeMemory());
  memory.view(exports.tanhTable(), 641).set(tanhTable());
  memory.view(exports.logarithmTable(), 65).set(logarithmTable());
  return { kernels: exports, memory };
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
