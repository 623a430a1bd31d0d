// Remembers that files of a project were found without mistakes, so that the next kernel need not check them again: a second
// or two for a library. A verdict holds for exactly these files, packages and options.
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import type ts from 'typescript';
import { cachePath, store } from './cache.js';
import type { TypeScript } from './internals.js';
import type { Places } from './options.js';
import { stamp } from './stamp.js';

export interface Verdicts {
  /** Were these files, all that need one another, clean when they last looked like this? */
  readonly areClean: (files: readonly string[]) => boolean;
  readonly rememberClean: (files: readonly string[]) => void;
}

export function createVerdicts(ts: TypeScript, options: ts.CompilerOptions, { home }: Places): Verdicts {
  const packages = stamp(path.join(home, 'node_modules/.package-lock.json'));
  const file = (files: readonly string[]): string => {
    const facts = [ts.version, options, packages, [...files].sort().map((name) => [name, stamp(name)])];
    return cachePath(facts, 'clean');
  };
  return {
    areClean: (files) => existsSync(file(files)),
    rememberClean: (files) => store(file(files), ''),
  };
}
