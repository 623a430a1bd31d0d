// Where an import leads: the same answer for the type checker and at run time.
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type ts from 'typescript';
import type { TypeScript } from './internals.js';

/** A file of a project that the kernel compiles, a JSON file, or something that Node loads as if `from` imported it. */
export type Target =
  | { readonly kind: 'source' | 'json'; readonly file: string }
  | { readonly kind: 'package'; readonly specifier: string; readonly from: string };

const SOURCE = /\.(ts|tsx|mts|js|jsx|mjs)$/;
const DECLARATION = /\.d\.([^./]+\.)?[cm]?ts$/;

export type Resolution = ReturnType<typeof createResolution>;

/** `home` is a folder of the kernel: what a notebook's own project does not have is taken from there. */
export function createResolution(ts: TypeScript, options: ts.CompilerOptions, home: string) {
  const cache = ts.createModuleResolutionCache(home, (name) => name, options);
  const fallback = path.join(home, 'package.json');
  let host: ts.ModuleResolutionHost = ts.sys;

  function name(specifier: string, from: string, redirected?: ts.ResolvedProjectReference) {
    const answer = ts.resolveModuleName(specifier, from, options, host, cache, redirected);
    const file = answer.resolvedModule?.resolvedFileName;
    if (!file || file.includes('/node_modules/')) return answer; // TypeScript follows links there itself
    const real = ts.sys.realpath?.(file); // a file reached through a link is the same file
    return real && real !== file
      ? { ...answer, resolvedModule: { ...answer.resolvedModule, resolvedFileName: real } }
      : answer;
  }
  function find(specifier: string, from: string, redirected?: ts.ResolvedProjectReference) {
    const own = name(specifier, from, redirected);
    if (own.resolvedModule || !isBare(specifier)) return { answer: own, from };
    const ours = name(specifier, fallback);
    return ours.resolvedModule ? { answer: ours, from: fallback } : { answer: own, from };
  }

  return {
    /** For TypeScript itself. */
    resolveName: (specifier: string, from: string, redirected?: ts.ResolvedProjectReference) =>
      find(specifier, from, redirected).answer,
    resolve(specifier: string, importer: string): Target {
      if (/^(node|file|data):/.test(specifier)) return { kind: 'package', specifier, from: importer };
      const { answer, from } = find(specifier, importer);
      const file = answer.resolvedModule?.resolvedFileName;
      if (!file || file.includes('/node_modules/') || DECLARATION.test(file))
        return { kind: 'package', specifier, from };
      if (file.endsWith('.json')) return { kind: 'json', file };
      if (SOURCE.test(file) && isModule(ts, file)) return { kind: 'source', file };
      return { kind: 'package', specifier: pathToFileURL(file).href, from };
    },
    /** Files may have come or gone. */
    refresh: (): void => cache.clear(),
    useHost(watchHost: ts.ModuleResolutionHost): void {
      host = watchHost;
    },
  };
}

function isBare(specifier: string): boolean {
  return !/^(\.|\/|#|[A-Za-z]:)/.test(specifier);
}

/** JavaScript without imports and exports is CommonJS, which Node loads. */
function isModule(ts: TypeScript, file: string): boolean {
  if (!/\.jsx?$/.test(file)) return true;
  return ts.isExternalModule(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
}
