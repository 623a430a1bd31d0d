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
const NOTEBOOK = /\.ipynb(\.json|\.txt)?$/i; // browsers add the second ending
const NOTHING: Collection = { handedIn: [], refused: [] };

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
    .filter(({ name }) => !isIgnored(name))
    .map(async (entry): Promise<Collection[]> => {
      const inside = [...names, entry.name];
      const path = inside.join('/');
      if (entry.isSymbolicLink()) return [refusal(inside, 'it is a link')];
      if (entry.isDirectory()) return inside.length < DEEPEST ? fromFolder(top, inside) : [];
      if (entry.name.endsWith('.zip')) return [await fromArchive(join(top, path), `${path}/`)];
      return NOTEBOOK.test(entry.name) ? [await fromFile(top, inside)] : [];
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
    const entries = readArchive(await readFile(path));
    return joined(entries.map((entry) => fromEntry(entry, label)));
  } catch (error) {
    return refusal(own, `it cannot be unpacked: ${(error as Error).message}`);
  }
}

function fromEntry({ name, size, read }: ReturnType<typeof readArchive>[number], label: string): Collection {
  const names = name.split(/[/\\]/); // some programs on Windows write the latter
  const refuse = (reason: string) => refusal(names, reason, `${label}${name}`);
  if (names.some(isIgnored)) return NOTHING;
  if (name.endsWith('.zip')) return refuse('it is a zip in a zip: unpack it');
  if (!NOTEBOOK.test(name)) return NOTHING;
  const isOutside = /^[a-z]:|\0/i.test(name) || names.some((part) => part === '..' || part === '');
  if (isOutside) return refuse('its path leads out of the archive');
  if (size > MOST_BYTES) return refuse(tooLarge(size));
  const handedIn = { student: studentOf(names), file: `${label}${name}`, read: async () => read() };
  return { handedIn: [handedIn], refused: [] };
}

function refusal(names: readonly string[], reason: string, file = names.join('/')): Collection {
  return { handedIn: [], refused: [{ student: studentOf(names), file, reason }] };
}

/** What systems and editors leave beside the files of people; macOS begins its names with `._`. */
function isIgnored(name: string): boolean {
  return IGNORED.has(name) || name.startsWith('._');
}

function tooLarge(size: number): string {
  return `it has ${Math.ceil(size / 2 ** 20)} MB, more than ${MOST_BYTES / 2 ** 20}`;
}

/** Whose it is: the first part of the path, without what Moodle adds to the name. */
function studentOf(names: readonly string[]): string {
  const [first = ''] = names;
  const name = first
    .replace(/_\d+_assignsubmission_.*$/, '')
    .replace(NOTEBOOK, '')
    .replace(/\.zip$/, '');
  return name.normalize('NFC') || '(no name)';
}
