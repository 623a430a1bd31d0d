import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readArchive } from './archive.js';

/** A notebook that was handed in, not read yet. */
export interface HandedIn {
  readonly student: string;
  /** Its path below the folder; of a notebook in an archive `archive.zip/path`. */
  readonly file: string;
  readonly read: () => Promise<Uint8Array>;
}

/** Something that was handed in and is not even looked into, and why. */
export interface Refusal {
  readonly student: string;
  readonly file: string;
  readonly reason: string;
}

/** What a folder of submissions holds. */
export interface Collection {
  readonly handedIn: readonly HandedIn[];
  readonly refused: readonly Refusal[];
}

/** The largest notebook that is read, in bytes. */
const MOST_BYTES = 20 * 2 ** 20;
const MOST_ARCHIVE_BYTES = 2 ** 30;
const DEEPEST = 5;
const IGNORED = new Set(['.ipynb_checkpoints', '__MACOSX', '.DS_Store']);

/**
 * Finds the notebooks in a folder, or in the zip of a learning platform: `<student>.ipynb`, `<student>/<notebook>.ipynb`, and
 * zips of these. Links are not followed.
 *
 * @throws Error if there is no such folder or zip.
 */
export async function collect(path: string): Promise<Collection> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats?.isFile() && path.endsWith('.zip')) return joined([await fromArchive(path, '')]);
  if (!stats?.isDirectory()) throw new Error(`grade needs a folder or a zip of submissions, got ${path}`);
  return joined(await fromFolder(path, []));
}

function joined(parts: readonly Collection[]): Collection {
  const byFile = (a: { readonly file: string }, b: { readonly file: string }): number => (a.file < b.file ? -1 : 1);
  return {
    handedIn: parts.flatMap(({ handedIn }) => handedIn).toSorted(byFile),
    refused: parts.flatMap(({ refused }) => refused).toSorted(byFile),
  };
}

async function fromFolder(top: string, names: readonly string[]): Promise<Collection[]> {
  const entries = await readdir(join(top, ...names), { withFileTypes: true });
  const found = entries
    .filter(({ name }) => !IGNORED.has(name))
    .map(async (entry): Promise<Collection[]> => {
      const inside = [...names, entry.name];
      const path = inside.join('/');
      if (entry.isSymbolicLink()) return [refusal(inside, 'it is a link')];
      if (entry.isDirectory()) return inside.length < DEEPEST ? fromFolder(top, inside) : [];
      if (entry.name.endsWith('.zip')) return [await fromArchive(join(top, path), `${path}/`)];
      return entry.name.endsWith('.ipynb') ? [await fromFile(top, inside)] : [];
    });
  return (await Promise.all(found)).flat();
}

async function fromFile(top: string, names: readonly string[]): Promise<Collection> {
  const path = join(top, ...names);
  const { size } = await lstat(path);
  if (size > MOST_BYTES) return refusal(names, tooLarge(size));
  const handedIn = { student: studentOf(names), file: names.join('/'), read: () => readFile(path) };
  return { handedIn: [handedIn], refused: [] };
}

async function fromArchive(path: string, label: string): Promise<Collection> {
  const own = [label.replace(/\/$/, '') || path.split('/').at(-1)!];
  const { size } = await lstat(path);
  if (size > MOST_ARCHIVE_BYTES) return refusal(own, tooLarge(size));
  try {
    const entries = readArchive(await readFile(path), MOST_BYTES);
    return joined(entries.map((entry) => fromEntry(entry, label)));
  } catch (error) {
    return refusal(own, `it cannot be unpacked: ${(error as Error).message}`);
  }
}

function fromEntry({ name, size, bytes }: ReturnType<typeof readArchive>[number], label: string): Collection {
  const names = name.split('/');
  const file = `${label}${name}`;
  if (names.some((part) => IGNORED.has(part)) || !name.endsWith('.ipynb')) return { handedIn: [], refused: [] };
  const isOutside = /^([a-z]:|\/)|\\|\0/i.test(name) || names.some((part) => part === '..' || part === '');
  const reason = isOutside ? 'its path leads out of the archive' : bytes ? undefined : tooLarge(size);
  if (reason !== undefined || !bytes)
    return { handedIn: [], refused: [{ student: studentOf(names), file, reason: reason ?? '' }] };
  return { handedIn: [{ student: studentOf(names), file, read: () => Promise.resolve(bytes) }], refused: [] };
}

function refusal(names: readonly string[], reason: string): Collection {
  return { handedIn: [], refused: [{ student: studentOf(names), file: names.join('/'), reason }] };
}

function tooLarge(size: number): string {
  return `it has ${Math.ceil(size / 2 ** 20)} MB, more than ${MOST_BYTES / 2 ** 20}`;
}

/** Whose it is: the first part of the path, without what Moodle adds to the name. */
function studentOf(names: readonly string[]): string {
  const [first = ''] = names;
  const name = first.replace(/_\d+_assignsubmission_.*$/, '').replace(/\.(ipynb|zip)$/, '');
  return name.normalize('NFC') || '(no name)';
}
