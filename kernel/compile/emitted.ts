// JavaScript of the project's files: what the compiler emitted with types, or a plain transpilation, which is remembered:
// for a library of sixty files it takes a second.
import { existsSync, readFileSync } from 'node:fs';
import type ts from 'typescript';
import { cachePath, store } from './cache.js';
import type { TypeScript } from './internals.js';
import { stamp } from './stamp.js';

/** Code and its source map, base64. */
export interface Mapped {
  readonly code: string;
  readonly map: string | undefined;
}

const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;

/** Takes the inline source map off. */
export function splitMap(code: string): Mapped {
  const match = INLINE_MAP.exec(code);
  return match ? { code: `${code.slice(0, match.index)}\n`, map: match[1] } : { code, map: undefined };
}

export function createEmittedFiles(ts: TypeScript, options: ts.CompilerOptions) {
  const files = new Map<string, { emitted: Mapped; version: string }>();
  const keep = (file: string, text: string): Mapped => {
    const emitted = splitMap(text);
    files.set(file, { emitted, version: stamp(file) });
    return emitted;
  };
  const compilerOptions = { ...options, declaration: false };
  const transpiled = (file: string): string => {
    const text = readFileSync(file, 'utf8');
    const cached = cachePath([ts.version, compilerOptions, file, text], 'js');
    if (existsSync(cached)) return readFileSync(cached, 'utf8');
    const { outputText } = ts.transpileModule(text, { fileName: file, compilerOptions });
    store(cached, outputText);
    return outputText;
  };
  return {
    keep,
    get(file: string): Mapped {
      const known = files.get(file);
      return known?.version === stamp(file) ? known.emitted : keep(file, transpiled(file));
    },
  };
}
