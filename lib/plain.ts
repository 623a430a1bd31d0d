import type { Plain } from './compare.js';
import { shapeOf } from './compare.js';

/**
 * A value as plain data that can be compared: tensors and typed arrays become (nested) lists.
 *
 * @throws TypeError if it is, or holds, anything else than numbers, booleans, text and lists.
 */
export function plainOf(value: unknown): Plain {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plainOf);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Uint8Array);
  if (isTensor(value)) return plainOf(value.arraySync());
  if (value === undefined || value === null) throw new TypeError(`${value} instead of a value`);
  throw new TypeError(`${kindOf(value)} instead of numbers`);
}

/** Plain data as short text: five digits that count, long lists cut, with their shape. */
export function shown(value: Plain): string {
  if (!Array.isArray(value)) return typeof value === 'number' ? number(value) : JSON.stringify(value);
  const text = list(value as readonly Plain[], 6);
  return text.includes('…') ? `${text} (shape [${shapeOf(value).join(', ')}])` : text;
}

function list(value: readonly Plain[], most: number): string {
  const parts = value.slice(0, most).map((entry) => (Array.isArray(entry) ? list(entry, most) : shown(entry)));
  return `[${[...parts, ...(value.length > most ? ['…'] : [])].join(', ')}]`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(5)));
}

function isTensor(value: unknown): value is { arraySync(): unknown } {
  return typeof value === 'object' && value !== null && 'arraySync' in value && typeof value.arraySync === 'function';
}

function kindOf(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (value instanceof Promise) return 'a promise (is an await missing?)';
  return value instanceof Object ? `an object of kind ${value.constructor.name}` : `a ${typeof value}`;
}
