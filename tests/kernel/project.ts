// Small projects in the folder for temporary files, for tests that edit a library or work outside of this project.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of files that the test may change. */
export interface Project {
  readonly folder: string;
  path(...parts: string[]): string;
  /** Writes files, given by path and text; folders are made as needed. */
  write(files: Readonly<Record<string, string>>): void;
  remove(): void;
}

/** Makes a project. Its folder has a space and a letter beyond ASCII in its name, as people's folders have. */
export function createProject(files: Readonly<Record<string, string>> = {}): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mein Übungsordner ')));
  const path = (...parts: string[]): string => join(folder, ...parts);
  const write: Project['write'] = (contents) => {
    for (const [name, text] of Object.entries(contents)) {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), text);
    }
  };
  write(files);
  return { folder, path, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
