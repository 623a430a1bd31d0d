import type { UnzipFileInfo } from 'fflate';
import { need } from '../need.js';
import { claims } from './claims.js';
import { type ModelFile, needKind } from './model-file.js';
import { loadPackage } from './packages.js';

const MOST_ENTRIES = 1000;

/** A zip archive in memory. */
export interface Archive {
  readonly names: readonly string[];
  /** An entry, unpacked; throws Error if there is none of the name or it is damaged. */
  readonly read: (name: string) => Uint8Array;
}

/**
 * Opens a zip archive. Nothing is unpacked before all that its entries claim is checked, and nothing is written anywhere.
 *
 * @throws Error if it is no zip archive, is truncated, has names that lead outside or twice the same, or claims to unpack to
 * more than a hundred times its size.
 */
export async function openArchive(file: ModelFile): Promise<Archive> {
  needKind(file, 'a zip archive');
  const { unzipSync } = await loadPackage('fflate', file.path);
  const unzip = (filter: (entry: UnzipFileInfo) => boolean): Readonly<Record<string, Uint8Array>> => {
    try {
      return unzipSync(file.bytes, { filter });
    } catch (cause) {
      if ((cause as Error).message.startsWith('loadModel')) throw cause;
      throw new Error(`loadModel needs a whole zip archive, got ${file.path} (${(cause as Error).message})`, { cause });
    }
  };
  const entries = new Map<string, UnzipFileInfo>();
  const check = checker(file, entries);
  unzip((entry) => {
    check(entry);
    entries.set(entry.name, entry);
    return false;
  });
  const read = (name: string): Uint8Array => {
    const entry = entries.get(name);
    need(entry !== undefined, `loadModel needs an entry ${name} in ${file.path}`, { words: 'none' }, Error);
    const bytes = unzip((other) => other.name === name)[name]!;
    const requirement = `loadModel needs ${entry.originalSize} bytes of ${name} in ${file.path}`;
    need(bytes.length === entry.originalSize, requirement, bytes.length, Error);
    return bytes;
  };
  return { names: [...entries.keys()], read };
}

function checker(file: ModelFile, before: ReadonlyMap<string, unknown>): (entry: UnzipFileInfo) => void {
  const claim = claims(file);
  return ({ name, originalSize }) => {
    need(
      before.size < MOST_ENTRIES,
      `loadModel needs at most ${MOST_ENTRIES} entries in ${file.path}`,
      { words: 'more' },
      Error,
    );
    need(!before.has(name), `loadModel needs each entry once in ${file.path}`, { words: `two of '${name}'` }, Error);
    need(!leadsOutside(name), `loadModel needs names inside the archive in ${file.path}`, name, Error);
    claim(`the entry ${name}`, originalSize);
  };
}

function leadsOutside(name: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes('..');
}
