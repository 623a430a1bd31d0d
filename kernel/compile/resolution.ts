// Where an import leads: the same answer for the type checker and at run time.
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
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

const NOT_A_FILE: ts.ResolvedModuleWithFailedLookupLocations = { resolvedModule: undefined };

export type Resolution = ReturnType<typeof createResolution>;

/** `home` is a folder of the kernel: what a notebook's own project does not have is taken from there. */
export function createResolution(ts: TypeScript, options: ts.CompilerOptions, home: string) {
  const newCache = () => ts.createModuleResolutionCache(home, (name) => name, options);
  const packages = newCache(); // packages do not change while a kernel runs; looking at them again costs 0.1 s per cell
  const projects = newCache();
  const links = new Map<string, string>(); // of files of projects, where they lead
  const fallback = path.join(home, 'package.json');
  let host: ts.ModuleResolutionHost = ts.sys;
  let missing = false; // something was not found since the last refresh
  let stale = false;

  function name(specifier: string, from: string, redirected?: ts.ResolvedProjectReference) {
    const cache = isPackaged(from) ? packages : projects;
    const answer = ts.resolveModuleName(specifier, from, options, host, cache, redirected);
    const file = answer.resolvedModule?.resolvedFileName;
    if (!file && !isPackaged(from)) missing = true;
    if (!file || isPackaged(file)) return answer; // TypeScript follows links there itself
    const real = realPath(file); // a file reached through a link is the same file
    return real !== file ? { ...answer, resolvedModule: { ...answer.resolvedModule, resolvedFileName: real } } : answer;
  }
  function realPath(file: string): string {
    const real = links.get(file) ?? ts.sys.realpath?.(file) ?? file;
    links.set(file, real);
    return real;
  }
  function find(specifier: string, from: string, redirected?: ts.ResolvedProjectReference) {
    if (isBuiltin(specifier)) return { answer: NOT_A_FILE, from }; // @types/node declares it by name
    const own = name(specifier, from, redirected);
    if (own.resolvedModule || !isBare(specifier) || isPackaged(from)) return { answer: own, from };
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
      if (!file || isPackaged(file) || DECLARATION.test(file)) return { kind: 'package', specifier, from };
      if (file.endsWith('.json')) return { kind: 'json', file };
      if (SOURCE.test(file) && isModule(ts, file)) return { kind: 'source', file };
      return { kind: 'package', specifier: pathToFileURL(file).href, from };
    },
    /** What TypeScript knows of packages. */
    packages,
    /** Before each compilation: where files of the project were edited, or something was missing, it is looked for again. */
    refresh(edited: boolean): void {
      stale = edited || missing;
      missing = false;
      if (!stale) return;
      projects.clear();
      links.clear();
    },
    /** Must the imports of this file be looked up again? */
    isStale: (file: string): boolean => stale && !isPackaged(file),
    useHost(watchHost: ts.ModuleResolutionHost): void {
      host = watchHost;
    },
  };
}

function isPackaged(file: string): boolean {
  return file.includes('/node_modules/');
}

function isBare(specifier: string): boolean {
  return !/^(\.|\/|#|[A-Za-z]:)/.test(specifier);
}

/** JavaScript without imports and exports is CommonJS, which Node loads. */
function isModule(ts: TypeScript, file: string): boolean {
  if (!/\.jsx?$/.test(file)) return true;
  return ts.isExternalModule(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
}
