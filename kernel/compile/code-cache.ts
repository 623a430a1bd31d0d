// Loads TypeScript with V8's code cache: no parsing at the next start, which halves the time this takes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import * as path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import * as vm from 'node:vm';
import type { TypeScript } from './internals.js';

/** Where a kernel leaves what makes the next one faster; may be deleted at any time. */
export const CACHE: string = path.join(import.meta.dirname, '../../kernel-cache');
const DIGEST_BYTES = 20;
const SAVE_MS = 4000; // after the first cells: the functions that they needed are in the cache then

type Wrapped = (exports: unknown, require: NodeJS.Require, module: Module, file: string, folder: string) => void;

/** The TypeScript of the package folder `home`. */
export function loadTypeScript(home: string): TypeScript {
  const file = createRequire(path.join(home, 'package.json')).resolve('typescript');
  const cacheFile = path.join(CACHE, `${fingerprint(file)}.bin`);
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

const digest = (data: Buffer): Buffer => createHash('sha1').update(data).digest();

/** The data behind its digest: V8 itself does not notice a bit that a disk has turned, and would end the process. */
function read(file: string): Buffer | undefined {
  try {
    const whole = readFileSync(file);
    const data = whole.subarray(DIGEST_BYTES);
    return digest(data).equals(whole.subarray(0, DIGEST_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Written beside and renamed: a kernel that starts meanwhile sees a whole file or none. */
function save(file: string, script: vm.Script): void {
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const data = script.createCachedData();
    writeFileSync(beside, Buffer.concat([digest(data), data]));
    renameSync(beside, file);
  } catch {
    rmSync(beside, { force: true }); // a folder that cannot be written: the start stays a little slower
  }
}
