import { need } from '../need.js';
import { isObject } from './json-object.js';
import { loadPackage } from './packages.js';
import { ADVICE, needStateDictOpcodes } from './pickle-opcodes.js';

/** Numbers that several tensors may share. */
interface TorchStorage {
  /** The name of its type in PyTorch, as `FloatStorage`. */
  readonly type: string;
  /** Its name in the file. */
  readonly key: string;
}

/** A tensor of a state dict: a view of a storage. */
export interface TorchTensor {
  readonly storage: TorchStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

const MARK = Symbol('tensor');
const STORAGE_TYPES = ['Half', 'BFloat16', 'Float', 'Double', 'Long', 'Int', 'Short', 'Char', 'Byte', 'Bool'];

// What a pickle may name, and what stands for it here. No other name means anything, and nothing is run but these.
const GLOBALS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['collections.OrderedDict', () => new Map()],
  ['torch._utils._rebuild_tensor_v2', rebuiltTensor],
  ['torch._utils._rebuild_parameter', (tensor: unknown) => tensor],
  ...STORAGE_TYPES.map((type) => [`torch.${type}Storage`, `${type}Storage`] as const),
]);

/**
 * The tensors of a pickled state dict, by name, in the order of the file.
 *
 * @throws Error if the pickle names anything but tensors and their storages, or holds anything else.
 */
export async function stateDict(pickle: Uint8Array, path: string): Promise<ReadonlyMap<string, TorchTensor>> {
  needStateDictOpcodes(pickle, { place: path, needKnown: (name) => known(name, path) });
  const { Parser } = await loadPackage('pickleparser', path);
  const parser = new Parser({
    unpicklingTypeOfDictionary: 'Map',
    nameResolver: { resolve: (module, name) => known(`${module}.${name}`, path) as () => unknown },
    persistentResolver: { resolve: (id: unknown) => storage(id) },
  });
  const dict = parsed(() => parser.parse<unknown>(pickle), path);
  const requirement = `loadModel needs a state dict of tensors in ${path}`;
  need(dict instanceof Map, requirement, { words: `something else (${ADVICE})` }, Error);
  for (const [name, tensor] of dict) {
    need(typeof name === 'string', requirement, { words: `an entry without name (${ADVICE})` }, Error);
    need(isObject(tensor) && MARK in tensor, requirement, { words: `another entry ${name} (${ADVICE})` }, Error);
  }
  return dict as ReadonlyMap<string, TorchTensor>;
}

function parsed(parse: () => unknown, path: string): unknown {
  try {
    return parse();
  } catch (cause) {
    const { message } = cause as Error;
    if (message.startsWith('loadModel')) throw cause;
    throw new Error(`loadModel needs a whole pickle in ${path}, got a damaged one (${message})`, { cause });
  }
}

function known(name: string, path: string): unknown {
  const words = `one that names ${name} (nothing was run; ${ADVICE})`;
  need(GLOBALS.has(name), `loadModel needs a state dict of tensors in ${path}`, { words }, Error);
  return GLOBALS.get(name);
}

// ('storage', type, key, device, number of elements)
function storage(id: unknown): TorchStorage {
  const [kind, type, key]: readonly unknown[] = Array.isArray(id) ? id : [];
  if (kind !== 'storage' || typeof type !== 'string' || typeof key !== 'string')
    throw new Error('an unknown reference');
  return Object.freeze({ type, key });
}

function rebuiltTensor(...[from, offset, size, stride, , , notes]: readonly unknown[]): TorchTensor {
  const shape = wholeNumbers(size);
  const strides = wholeNumbers(stride);
  const [start] = wholeNumbers([offset]);
  if (!isObject(from) || shape.length !== strides.length) throw new Error('a tensor without storage or strides');
  if (notes instanceof Map && notes.size > 0) throw new Error('a tensor that is conjugated or negated on reading');
  return Object.freeze({ [MARK]: true, storage: from as unknown as TorchStorage, offset: start!, shape, strides });
}

function wholeNumbers(list: unknown): readonly number[] {
  const whole = Array.isArray(list) && list.every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!whole) throw new Error('a size that is no whole number');
  return list as readonly number[];
}
