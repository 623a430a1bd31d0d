import { need } from '../need.js';
import { type Claims, claims } from './claims.js';
import { isObject, type JsonObject } from './json-object.js';
import { kindOf, type ModelFile } from './model-file.js';
import { bytesOf, count, type FloatType, floats, type Weights } from './weights.js';

const TYPES: ReadonlyMap<unknown, FloatType> = new Map([
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['F32', 'float32'],
  ['F64', 'float64'],
]);
const LENGTH_BYTES = 8;

/**
 * Reads a safetensors file: the tensors by name, in the order of the file (by type and alphabet, not by layers).
 *
 * @throws Error if the file is not of that kind, the bytes of a tensor are not those of its shape, or tensors share bytes and
 * claim to hold far more than the file.
 */
export function readSafetensors({ path, bytes }: ModelFile): ReadonlyMap<string, Weights> {
  const { header, data } = opened({ path, bytes });
  const claim = claims({ path, bytes });
  const tensors = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return new Map(tensors.map(([name, entry]) => [name, tensor(name, entry, { path, data, claim })]));
}

// Eight bytes with the length of the header, the header in JSON, the data.
function opened({ path, bytes }: ModelFile): { header: JsonObject; data: Uint8Array } {
  const requirement = `loadModel needs a safetensors file in ${path}`;
  need(bytes.length > LENGTH_BYTES, requirement, { words: kindOf(bytes) }, Error);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const opens = bytes[LENGTH_BYTES] === '{'.charCodeAt(0);
  need(opens, requirement, { words: kindOf(bytes) }, Error);
  const end = LENGTH_BYTES + length;
  need(end <= bytes.length, `${requirement}, with a header of ${length} bytes`, { words: 'a truncated one' }, Error);
  const header = parsed(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, end)), path);
  need(isObject(header), requirement, header, Error);
  return { header, data: bytes.subarray(end) };
}

interface Source {
  readonly path: string;
  readonly data: Uint8Array;
  /** Several tensors may hold the same bytes. */
  readonly claim: Claims;
}

function tensor(name: string, entry: unknown, { path, data, claim }: Source): Weights {
  const place = `${name} of ${path}`;
  const requirement = `loadModel needs dtype, shape and data_offsets for ${place}`;
  need(isObject(entry), requirement, entry, Error);
  const { dtype, shape, data_offsets: offsets } = entry;
  need(isWholeNumbers(shape) && isWholeNumbers(offsets), requirement, { words: 'others' }, Error);
  const type = TYPES.get(dtype);
  need(type !== undefined, `loadModel needs F16, BF16, F32 or F64 for ${place}`, dtype, Error);
  const [begin = 0, end = 0] = offsets;
  const wanted = bytesOf(type) * count(shape);
  need(end - begin === wanted, `loadModel needs ${wanted} bytes for ${place}`, end - begin, Error);
  need(end <= data.length, `loadModel needs ${end} bytes of data for ${place}`, data.length, Error);
  claim(name, wanted);
  return { shape, values: floats(data.subarray(begin, end), type) };
}

function isWholeNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((number) => Number.isSafeInteger(number) && number >= 0);
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`loadModel needs a safetensors file, got ${path} (${(cause as Error).message})`, { cause });
  }
}
