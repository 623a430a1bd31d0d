// From positions in the code that V8 runs back to positions in the TypeScript that people wrote.
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import * as path from 'node:path';
import type { CompiledCell } from '../compile/compiler.js';

/** A place in a file or cell; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
type Position = Omit<Place, 'file'>;

interface Source {
  readonly file: string; // as people know it
  readonly text: () => string;
  readonly locate: (position: Position) => Position | undefined;
}

export type Positions = ReturnType<typeof createPositions>;

export function createPositions(root: string) {
  const sources = new Map<string, Source>(); // by the name in stack frames

  /** A file as people know it: relative to the project if it is in there. */
  function nameOf(file: string): string {
    const relative = path.relative(root, file);
    return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative.split(path.sep).join('/');
  }

  return {
    nameOf,
    addModule(file: string, map: string | undefined): void {
      sources.set(file, { file: nameOf(file), text: () => readFileSync(file, 'utf8'), locate: mapper(map) });
    },
    /** A cell that has only its text yet, for compile errors. */
    addCell(name: string, code: string): void {
      sources.set(name, { file: name, text: () => code, locate: (position) => position });
    },
    addCompiled(name: string, code: string, compiled: CompiledCell): void {
      sources.set(name, { file: name, text: () => code, locate: cellMapper(compiled) });
    },
    has: (file: string) => sources.has(file),
    locate(file: string, position: Position): Place | undefined {
      const source = sources.get(file);
      const at = source?.locate(position);
      return source && at && { file: source.file, ...at };
    },
    /** The code of a cell or file by the name that people know; undefined if there is none. */
    codeOf(name: string): string | undefined {
      try {
        return sources.get(name)?.text() ?? readFileSync(path.resolve(root, name), 'utf8');
      } catch {
        return undefined;
      }
    },
  };
}

function mapper(base64: string | undefined): (position: Position) => Position | undefined {
  let map: SourceMap | undefined;
  return ({ line, column }) => {
    if (!base64) return undefined;
    map ??= new SourceMap(JSON.parse(Buffer.from(base64, 'base64').toString()) as SourceMapPayload);
    const entry = map.findEntry(line - 1, Math.max(0, column - 1));
    return 'originalLine' in entry ? { line: entry.originalLine + 1, column: entry.originalColumn + 1 } : undefined;
  };
}

/** Script, by segments, to the compiler's output, by source map, to the cell, whose first line is the compiler's own. */
function cellMapper({ script, output, map, inserts }: CompiledCell): Source['locate'] {
  const toSource = mapper(map);
  const scriptStarts = lineStarts(script.text);
  const outputStarts = lineStarts(output);
  return ({ line, column }) => {
    const offset = (scriptStarts[line - 1] ?? 0) + column - 1;
    const segment = script.segments.find(({ from, length }) => offset >= from && offset < from + length);
    if (!segment) return undefined;
    const at = segment.at + (offset - segment.from);
    const row = outputStarts.findLastIndex((start) => start <= at);
    const found = toSource({ line: row + 1, column: at - (outputStarts[row] ?? 0) + 1 });
    return found && inserts.reduce(withoutInsert, { line: found.line - 1, column: found.column });
  };
}

function withoutInsert(position: Position, insert: CompiledCell['inserts'][number]): Position {
  if (position.line !== insert.line || position.column <= insert.column) return position;
  return { ...position, column: Math.max(insert.column, position.column - insert.length) };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
