import { claims } from './claims.js';
import type { ModelFile } from './model-file.js';
import type { Hdf5Entity, Hdf5File, Hdf5Module, Hdf5Type } from './packages.js';
import { count, type FloatType, floats, shapeText, type Weights } from './weights.js';

/** A group or a dataset of an HDF5 file, or a link that leads nowhere. */
interface Hdf5Object {
  readonly kind: string;
  /** What is noted on a group in words, by name: a text or a list of texts. */
  readonly texts: ReadonlyMap<string, unknown>;
  /** The numbers of a dataset, if they are floats. */
  readonly weights: Weights | undefined;
}

/** The objects of an HDF5 file by their paths; that of the file itself is '/'. */
export type Hdf5Objects = ReadonlyMap<string, Hdf5Object>;

/** What the thread that reads answers. */
export interface Hdf5Answer {
  readonly objects?: Hdf5Objects;
  readonly error?: string;
}

const FLOAT = 1;
const TEXT = 3;
const FLOAT_TYPES: ReadonlyMap<number, FloatType> = new Map([
  [2, 'float16'],
  [4, 'float32'],
  [8, 'float64'],
]);
const TEXTS = ['model_config', 'keras_version', 'weight_names'];
const UNUSED = ['optimizer_weights', 'optimizer'];
const MOST = 10_000;

/** An open file and the module that holds it. */
export interface OpenHdf5 {
  readonly file: ModelFile;
  readonly opened: Hdf5File;
  readonly module: Hdf5Module;
}

/**
 * The objects of an HDF5 file, but for those that only training needs.
 *
 * @throws Error if they cannot be read, are more than ten thousand, or claim to hold far more than the file.
 */
export function hdf5Objects({ file, opened, module }: OpenHdf5): Hdf5Objects {
  const claim = claims(file);
  const objects = new Map<string, Hdf5Object>();
  visit('/', opened);
  return objects;

  function visit(path: string, entity: Hdf5Entity | null): void {
    if (objects.size === MOST) throw new Error(`more than ${MOST} groups and datasets`);
    if (entity === null) return;
    objects.set(path, { kind: entity.type, texts: texts(entity), weights: weights(path, entity.metadata) });
    for (const key of entity.keys?.() ?? []) {
      const inner = path === '/' ? key : `${path}/${key}`;
      if (!UNUSED.includes(inner)) visit(inner, opened.get(inner));
    }
  }

  function texts(entity: Hdf5Entity): ReadonlyMap<string, unknown> {
    if (entity.keys === undefined) return new Map();
    const { attrs } = entity;
    const names = TEXTS.filter((name) => Object.hasOwn(attrs, name) && attrs[name]!.metadata.type === TEXT);
    for (const name of names) claim(`the attribute ${name}`, sizeOf(attrs[name]!.metadata));
    return new Map(names.map((name) => [name, attrs[name]!.value]));
  }

  function weights(path: string, type: Hdf5Type | undefined): Weights | undefined {
    const float = type?.type === FLOAT ? FLOAT_TYPES.get(type.size) : undefined;
    if (type === undefined || float === undefined) return undefined;
    claim(`the dataset ${path} of shape ${shapeText(type.shape ?? [])}`, sizeOf(type));
    return { shape: type.shape ?? [], values: floats(bytes(path, sizeOf(type)), float) };
  }

  function bytes(path: string, size: number): Uint8Array {
    const pointer = module._malloc(size);
    if (pointer === 0) throw new Error(`no memory for the ${size} bytes of ${path}`);
    try {
      const status = module.get_dataset_data(opened.file_id, path, null, null, null, BigInt(pointer));
      if (status < 0) throw new Error(`${path} cannot be read`);
      return module.HEAPU8.slice(pointer, pointer + size);
    } finally {
      module._free(pointer);
    }
  }
}

function sizeOf({ shape, size }: Hdf5Type): number {
  return size * count(shape ?? []);
}
