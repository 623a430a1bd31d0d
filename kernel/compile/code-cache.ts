// Loads TypeScript with V8's code cache: no parsing at the next start, which halves the time this takes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import * as path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import * as vm from 'node:vm';
import type { TypeScript } from './internals.js';

const FOLDER = path.join(import.meta.dirname, '../../kernel-cache');
const SAVE_MS = 4000; // after the first cells: the functions that they needed are in the cache then

type Wrapped = (exports: unknown, require: NodeJS.Require, module: Module, file: string, folder: string) => void;

/** The TypeScript of the package folder `home`. */
export function loadTypeScript(home: string): TypeScript {
  const file = createRequire(path.join(home, 'package.json')).resolve('typescript');
  const cacheFile = path.join(FOLDER, `${fingerprint(file)}.bin`);
  const cachedData = read(cacheFile);
  const script = new vm.Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file, cachedData });
  const module = new Module(file);
  const require = createRequire(file);
  module.filename = file;
  require.cache[file] = module as NodeJS.Module; // whoever else needs TypeScript gets this one
  (script.runInThisContext() as Wrapped)(module.exports, require, module, file, path.dirname(file));
  module.loaded = true;
  if (!cachedData || script.cachedDataRejected) setTimeout(() => save(cacheFile, script), SAVE_MS).unref();
  return module.exports as TypeScript;
}

function fingerprint(file: string): string {
  const { size, mtimeMs } = statSync(file);
  const parts = [process.version, cachedDataVersionTag(), file, size, mtimeMs];
  return createHash('sha1').update(parts.join(' ')).digest('hex').slice(0, 16);
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Written beside and renamed: a kernel that starts meanwhile sees a whole file or none. */
function save(file: string, script: vm.Script): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const beside = `${file}.${process.pid}`;
    writeFileSync(beside, script.createCachedData());
    renameSync(beside, file);
  } catch {
    // a folder that cannot be written: the start stays a little slower
  }
}
