import { readFile, stat } from 'node:fs/promises';
import { need } from '../need.js';

const LARGEST = 2 ** 30;

/** A file of a model: its bytes, and the path by which errors name it. */
export interface ModelFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What there is at a path; undefined if there is nothing. */
export async function kindOfPath(path: string): Promise<'folder' | 'file' | undefined> {
  const status = await stat(path).catch(() => undefined);
  return status && (status.isDirectory() ? 'folder' : 'file');
}

/**
 * Reads a file into memory.
 *
 * @throws Error if it is no readable file or has more than a gibibyte.
 */
export async function readModelFile(path: string): Promise<ModelFile> {
  try {
    const status = await stat(path);
    const words = status.isDirectory() ? 'a folder' : 'a device';
    need(status.isFile(), `loadModel needs a file in ${path}`, { words }, Error);
    need(status.size <= LARGEST, `loadModel needs a file of at most ${LARGEST} bytes in ${path}`, status.size, Error);
    return { path, bytes: await readFile(path) };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause;
    throw new Error(`loadModel needs a readable file, got ${path} (${(cause as Error).message})`, { cause });
  }
}

const KINDS: readonly (readonly [string, readonly number[]])[] = [
  ['an HDF5 file', [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
  ['gzip data', [0x1f, 0x8b]],
  ['a pickle', [0x80]],
  ['a JSON text', [0x7b]],
];

/** The kind of a file in words, by its first bytes. */
export function kindOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const known = KINDS.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte));
  return known?.[0] ?? 'something else';
}

/**
 * Checks the kind of a file by its first bytes.
 *
 * @throws Error if it is of another kind.
 */
export function needKind({ path, bytes }: ModelFile, kind: 'an HDF5 file' | 'a zip archive'): void {
  const found = kindOf(bytes);
  need(found === kind, `loadModel needs ${kind} in ${path}`, { words: found }, Error);
}
