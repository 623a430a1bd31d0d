import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatNotebook, type Notebook } from '../notebook.js';
import type { Grade } from './grade-submission.js';
import type { Remark } from './remark.js';
import { sha256 } from './specification.js';

/** A graded submission. */
export interface Result {
  readonly student: string;
  readonly notebook: string;
  readonly file: string;
  readonly remarks: readonly Remark[];
  readonly grades: readonly Grade[];
}

/** A result as it is kept, and what it follows from: the same file and the same release are not run again. */
interface Kept {
  readonly fingerprint: string;
  readonly result: Result;
}

/** The results that an earlier run has left in a report's folder. */
export interface Results {
  readonly find: (student: string, notebook: string, fingerprint: string) => Promise<Result | undefined>;
  readonly keep: (result: Result, fingerprint: string, executed: ReadonlyMap<string, Notebook>) => Promise<void>;
}

export function resultsIn(folder: string): Results {
  const fileOf = (student: string, notebook: string): string =>
    join(folder, 'results', fileName(student), `${notebook}.json`);
  return {
    async find(student, notebook, fingerprint) {
      const kept = await readKept(fileOf(student, notebook));
      return kept?.fingerprint === fingerprint ? kept.result : undefined;
    },
    async keep(result, fingerprint, executed) {
      for (const [exercise, each] of executed) {
        const file = join(folder, 'executed', fileName(result.student), `${result.notebook}.${exercise}.ipynb`);
        await store(file, formatNotebook(each));
      }
      await store(fileOf(result.student, result.notebook), `${JSON.stringify({ fingerprint, result }, null, 1)}\n`);
    },
  };
}

async function readKept(file: string): Promise<Kept | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch {
    return undefined; // not there, or not whole
  }
}

/** Writes a file so that it is there whole or not at all. */
export async function store(file: string, text: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

/** A student's name as that of a file, on any system; two students never have the same. */
export function fileName(student: string): string {
  const plain = student
    .replace(/[^\p{L}\p{N}._-]/gu, '_')
    .replace(/^\./, '_')
    .slice(0, 60);
  const isSame = plain !== '' && plain === student && plain === plain.toLowerCase();
  return isSame ? plain : `${plain}-${sha256(student).slice(0, 8)}`;
}
