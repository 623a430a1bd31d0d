import { need } from '../need.js';
import { claims } from './claims.js';
import { type ModelFile, needKind } from './model-file.js';
import { type Hdf5File, type Hdf5Module, type Hdf5Type, loadPackage } from './packages.js';
import { count, type FloatType, floats, shapeText, type Weights } from './weights.js';

const FLOAT = 1;
const FLOAT_TYPES: ReadonlyMap<number, FloatType> = new Map([
  [2, 'float16'],
  [4, 'float32'],
  [8, 'float64'],
]);
const IN_MEMORY = '/model.h5';

/** What is read of an HDF5 file. */
export interface Hdf5 {
  /** The value of an attribute of a group; undefined if there is no such group or attribute. */
  readonly attribute: (group: string, name: string) => unknown;
  /** Whether there is such a group or dataset. */
  readonly has: (path: string) => boolean;
  /** The numbers of a dataset; throws Error if there is none or it holds no floats. */
  readonly weights: (dataset: string) => Weights;
}

/**
 * Reads an HDF5 file in memory, never on disk.
 *
 * @param use - what to do with it; the file is closed afterwards.
 * @throws Error if it is no HDF5 file, is truncated or damaged.
 */
export async function readHdf5<Result>(file: ModelFile, use: (hdf5: Hdf5) => Result): Promise<Result> {
  needKind(file, 'an HDF5 file');
  const { ready, File } = await loadPackage('h5wasm', file.path);
  const module = await ready;
  return withDiagnostics(module, file.path, () => {
    module.FS.writeFile(IN_MEMORY, file.bytes);
    try {
      const opened = new File(IN_MEMORY, 'r');
      if (opened.file_id < 0n) throw new Error('it cannot be opened');
      try {
        return use(reader(file, opened, module));
      } finally {
        opened.close();
      }
    } finally {
      module.FS.unlink(IN_MEMORY);
    }
  });
}

// HDF5 tells on its standard error what is wrong with a file: that belongs into the error, not on the screen.
function withDiagnostics<Result>(module: Hdf5Module, path: string, use: () => Result): Result {
  let text = '';
  const stream = module.FS.getStream(2);
  const before = stream.stream_ops;
  stream.stream_ops = {
    ...before,
    write: (_: unknown, heap: Int8Array, start: number, length: number) => {
      text += Buffer.from(heap.subarray(start, start + length)).toString();
      return length;
    },
  };
  try {
    return use();
  } catch (cause) {
    const { message } = cause as Error;
    if (message.startsWith('loadModel')) throw cause;
    const reason = [...text.matchAll(/in \w+\(\): (.*)/g)].at(-1)?.[1] ?? message;
    throw new Error(`loadModel needs a whole HDF5 file, got ${path} (${reason})`, { cause });
  } finally {
    stream.stream_ops = before;
  }
}

function reader(file: ModelFile, opened: Hdf5File, module: Hdf5Module): Hdf5 {
  const claim = claims(file);
  const entity = (path: string) => (path === '/' ? opened : opened.get!(path));
  return {
    has: (path) => entity(path) !== null,
    attribute: (group, name) => {
      const attributes = entity(group)?.attrs;
      if (attributes === undefined || !Object.hasOwn(attributes, name)) return undefined;
      const attribute = attributes[name]!;
      claim(`the attribute ${name}`, sizeOf(attribute.metadata));
      return attribute.value;
    },
    weights: (dataset) => {
      const found = entity(dataset);
      const place = `${dataset} of ${file.path}`;
      need(
        found?.metadata !== undefined,
        `loadModel needs a dataset ${place}`,
        { words: found?.type ?? 'none' },
        Error,
      );
      const { metadata } = found;
      const type = metadata.type === FLOAT ? FLOAT_TYPES.get(metadata.size) : undefined;
      need(type !== undefined, `loadModel needs float16, float32 or float64 in ${place}`, { words: 'others' }, Error);
      return { shape: metadata.shape ?? [], values: floats(bytes(dataset, metadata), type) };
    },
  };

  function bytes(dataset: string, type: Hdf5Type): Uint8Array {
    const size = sizeOf(type);
    claim(`the dataset ${dataset} of shape ${shapeText(type.shape ?? [])}`, size);
    const pointer = module._malloc(size);
    if (pointer === 0) throw new Error(`no memory for the ${size} bytes of ${dataset}`);
    try {
      const status = module.get_dataset_data(opened.file_id, dataset, null, null, null, BigInt(pointer));
      if (status < 0) throw new Error(`${dataset} cannot be read`);
      return module.HEAPU8.slice(pointer, pointer + size);
    } finally {
      module._free(pointer);
    }
  }
}

function sizeOf({ shape, size }: Hdf5Type): number {
  return size * count(shape ?? []);
}
