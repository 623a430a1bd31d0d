import { float32 } from '../binary/float32.js';
import { float64 } from '../binary/float64.js';
import type { Kernels } from './kernels.js';
import { type Memory, memoryOver, type Precision } from './memory.js';

/** What is used of WebAssembly: TypeScript knows it only together with the whole of a browser. */
interface WebAssemblyHost {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: CompiledKernels };
  readonly Memory: new (pages: { initial: number }) => LinearMemory;
}

interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface CompiledKernels extends Kernels {
  freeMemory(): number;
  tanhTable(): number;
  logarithmTable(): number;
}

/** Kernels and the memory that they work in. */
export interface Engine {
  readonly precision: Precision;
  readonly kernels: Kernels;
  readonly memory: Memory;
}

/** (module (func (param v128))): valid where there are vectors. */
const VECTORS = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 123, 0, 3, 2, 1, 0, 10, 4, 1, 2, 0, 11);
const PAGE = 65536;
const modules = new Map<Precision, object>();

function webAssembly(): WebAssemblyHost | undefined {
  return (globalThis as { readonly WebAssembly?: WebAssemblyHost }).WebAssembly;
}

/** Whether this machine runs compiled kernels. */
export function hasVectors(): boolean {
  return webAssembly()?.validate(VECTORS) ?? false;
}

/** The compiled kernels in a memory of their own, not shared with any other. Needs {@link hasVectors}. */
export function compiledEngine(precision: Precision): Engine {
  const host = webAssembly();
  if (!host) throw new Error('compiledEngine needs WebAssembly, got a machine without it');
  const module = modules.get(precision) ?? new host.Module(bytesOf(precision === 'float64' ? float64 : float32));
  modules.set(precision, module);
  const linear = new host.Memory({ initial: 16 });
  const { exports } = new host.Instance(module, { env: { memory: linear } });
  const store = { buffer: () => linear.buffer, grow: (bytes: number) => void linear.grow(bytes / PAGE) };
  const memory = memoryOver(store, precision, exports.freeMemory());
  memory.view(exports.tanhTable(), 641).set(tanhTable());
  memory.view(exports.logarithmTable(), 65).set(logarithmTable());
  return Object.freeze({ precision, kernels: exports, memory });
}

/** tanh(i / 32), i = 0 … 640. */
export function tanhTable(): Float64Array {
  return Float64Array.from({ length: 641 }, (_, i) => Math.tanh(i / 32));
}

/** log(1 + i / 64), i = 0 … 64. */
export function logarithmTable(): Float64Array {
  return Float64Array.from({ length: 65 }, (_, i) => Math.log1p(i / 64));
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
