// Loads TypeScript with V8's code cache: no parsing at the next start, which halves the time this takes.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import * as path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import * as vm from 'node:vm';
import { cachePath, store } from './cache.js';
import type { TypeScript } from './internals.js';

const DIGEST_BYTES = 20;

type Wrapped = (exports: unknown, require: NodeJS.Require, module: Module, file: string, folder: string) => void;

/** The TypeScript of the package folder `home`; after some work of it `saveCache` is to be called. */
export function loadTypeScript(home: string): { readonly typescript: TypeScript; readonly saveCache: () => void } {
  const file = createRequire(path.join(home, 'package.json')).resolve('typescript');
  const { size, mtimeMs } = statSync(file);
  const cacheFile = cachePath([process.version, cachedDataVersionTag(), file, size, mtimeMs], 'bin');
  const cachedData = read(cacheFile);
  const script = new vm.Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file, cachedData });
  const module = new Module(file);
  const require = createRequire(file);
  module.filename = file;
  require.cache[file] = module as NodeJS.Module; // whoever else needs TypeScript gets this one
  (script.runInThisContext() as Wrapped)(module.exports, require, module, file, path.dirname(file));
  module.loaded = true;
  let isSaved = cachedData !== undefined && script.cachedDataRejected !== true;
  const saveCache = (): void => {
    if (!isSaved) save(cacheFile, script);
    isSaved = true;
  };
  return { typescript: module.exports as TypeScript, saveCache };
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

function save(file: string, script: vm.Script): void {
  const data = script.createCachedData();
  store(file, Buffer.concat([digest(data), data]));
}
