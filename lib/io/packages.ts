import type * as fflate from 'fflate';
import type * as pickleparser from 'pickleparser';

// The packages that read other people's files are optional for users of the library. The typings of h5wasm would bring
// Emscripten's globals into every file, so what is used of it is written down here.

/** What is used of h5wasm, the HDF5 library in WebAssembly. */
interface Hdf5Package {
  readonly ready: Promise<Hdf5Module>;
  readonly File: new (path: string, mode: 'r') => Hdf5File;
}

/** The module that holds HDF5's functions, its memory and its own file system in memory. */
export interface Hdf5Module {
  readonly FS: FileSystem;
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  get_attribute_metadata(file: bigint, path: string, name: string): Hdf5Type;
  /** 0 if the data was read. */
  get_dataset_data(file: bigint, path: string, count: null, offset: null, strides: null, pointer: bigint): number;
}

interface FileSystem {
  writeFile(path: string, bytes: Uint8Array): void;
  unlink(path: string): void;
  getStream(descriptor: number): { stream_ops: object };
}

/** A group or a dataset; a group has keys, a dataset has metadata. */
export interface Hdf5Entity {
  readonly type: string;
  readonly attrs: Readonly<Record<string, { readonly metadata: Hdf5Type; readonly value: unknown }>>;
  keys?(): readonly string[];
  readonly metadata?: Hdf5Type;
}

/** An open HDF5 file; its identifier is negative if it could not be opened. */
export interface Hdf5File extends Hdf5Entity {
  readonly file_id: bigint;
  get(path: string): Hdf5Entity | null;
  close(): number;
}

/** What a dataset or an attribute holds: `type` 1 is a float, 3 a text (`cset` 1 in UTF-8); `size` the bytes of one. */
export interface Hdf5Type {
  readonly type: number;
  readonly size: number;
  readonly shape: readonly number[] | null;
  readonly cset?: number;
}

interface Packages {
  readonly h5wasm: Hdf5Package;
  readonly fflate: typeof fflate;
  readonly pickleparser: typeof pickleparser;
}

/**
 * Loads a package that is optional for users of the library.
 *
 * @throws Error if it is not installed, with the line that installs it.
 */
export async function loadPackage<Name extends keyof Packages>(name: Name, path: string): Promise<Packages[Name]> {
  try {
    return (await import(name)) as Packages[Name];
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Error(`loadModel needs the package ${name} to read ${path}, got none (npm install ${name})`, { cause });
  }
}
