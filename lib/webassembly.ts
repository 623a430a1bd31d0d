/** What is used of WebAssembly: TypeScript knows it only together with the whole of a browser. */
interface WebAssemblyHost {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new <E extends object>(module: object, imports: object) => { readonly exports: E };
  readonly Memory: new (pages: { initial: number }) => LinearMemory;
}

/** A memory, not shared with any other instance; its buffer is another one after it grew. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** (module (func (param v128))): valid where there are vectors. */
const VECTORS = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 123, 0, 3, 2, 1, 0, 10, 4, 1, 2, 0, 11);
const modules = new Map<string, object>();

function host(): WebAssemblyHost | undefined {
  return (globalThis as { readonly WebAssembly?: WebAssemblyHost }).WebAssembly;
}

/** Whether this machine runs WebAssembly with vectors of 16 bytes. */
export function hasVectors(): boolean {
  return host()?.validate(VECTORS) ?? false;
}

/** A new instance of a binary (base64, compiled once in a thread) with a memory of one page. Needs {@link hasVectors}. */
export function instantiate<E extends object>(binary: string): { exports: E; memory: LinearMemory } {
  const { Module, Instance, Memory } = host()!;
  const module = modules.get(binary) ?? new Module(bytesOf(binary));
  modules.set(binary, module);
  const memory = new Memory({ initial: 1 });
  return { exports: new Instance<E>(module, { env: { memory } }).exports, memory };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
