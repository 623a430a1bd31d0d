// What a kernel leaves for the next ones, so that they are faster; the folder may be deleted at any time.
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const FOLDER = path.join(import.meta.dirname, '../../kernel-cache');

/** The file for what follows from these facts. */
export function cachePath(facts: unknown, extension: string): string {
  return path.join(FOLDER, `${createHash('sha1').update(JSON.stringify(facts)).digest('hex')}.${extension}`);
}

/** Written beside and renamed: a kernel that starts meanwhile sees a whole file or none. */
export function store(file: string, data: string | Uint8Array): void {
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(beside, data);
    renameSync(beside, file);
  } catch {
    rmSync(beside, { force: true }); // a folder that cannot be written: the next kernel does the work again
  }
}
