import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  byFile,
  type Collection,
  DEEPEST,
  type Found,
  isIgnored,
  joined,
  MOST_BYTES,
  NOTEBOOK,
  NOTHING,
  other,
  type Refusal,
  refusal,
  studentOf,
  tooLarge,
  ZIP,
} from './found.js';
import { fromArchive } from './from-archive.js';

/**
 * Finds the notebooks in a folder, or in the zip of a learning platform: `<student>.ipynb`, `<student>/<notebook>.ipynb`, and
 * zips of these; a zip in the folder of a student is that student's, whatever it holds. Links are not followed.
 *
 * @throws Error if there is no such folder or zip, or nothing in it.
 */
export async function collect(path: string): Promise<Collection> {
  const stats = await stat(path).catch(() => undefined); // the teacher's own link is followed
  const isZip = stats?.isFile() && ZIP.test(path);
  if (!isZip && !stats?.isDirectory()) throw new Error(`grade needs a folder or a zip of submissions, got ${path}`);
  const { handedIn, refused, others } = joined(isZip ? [await fromArchive(path, [])] : await fromFolder(path, []));
  const known = new Set([...handedIn, ...refused].map(({ student }) => student));
  const without = new Map(others.filter(({ student }) => !known.has(student)).map((each) => [each.student, each]));
  const empty = [...without.values()].map((each): Refusal => ({ ...each, reason: 'there is no notebook' }));
  if (handedIn.length + refused.length + empty.length === 0)
    throw new Error(`grade needs submissions, got none in ${path}`);
  return { handedIn, refused: [...refused, ...empty].toSorted(byFile) };
}

async function fromFolder(top: string, names: readonly string[]): Promise<Found[]> {
  const entries = await readdir(join(top, ...names), { withFileTypes: true });
  const found = entries
    .filter(({ name }) => !isIgnored(name))
    .map(async (entry): Promise<Found[]> => {
      const inside = [...names, entry.name];
      if (entry.name.includes('\ufffd')) return [refusal(inside, 'its name is not UTF-8: rename it')];
      if (entry.isSymbolicLink()) return [refusal(inside, 'it is a link')];
      if (entry.isDirectory() && inside.length < DEEPEST)
        return fromFolder(top, inside).catch((error: Error) => [refusal(inside, error.message)]);
      if (entry.isDirectory()) return [other(inside)];
      if (!entry.isFile()) return [refusal(inside, 'it is no file')]; // reading a pipe would wait for ever
      if (ZIP.test(entry.name)) return [await fromArchive(join(top, ...inside), inside)];
      return [NOTEBOOK.test(entry.name) ? await fromFile(top, inside) : other(inside)];
    });
  const isEmpty = found.length === 0 && names.length > 0;
  return isEmpty ? [other(names)] : (await Promise.all(found)).flat();
}

async function fromFile(top: string, names: readonly string[]): Promise<Found> {
  const path = join(top, ...names);
  const { size } = await lstat(path);
  if (size > MOST_BYTES) return refusal(names, tooLarge(size));
  const handedIn = { student: studentOf(names), file: names.join('/'), read: () => readFile(path) };
  return { ...NOTHING, handedIn: [handedIn] };
}
