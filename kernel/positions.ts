// From positions in the code that V8 runs back to positions in the TypeScript that people wrote.
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import * as path from 'node:path';

export interface Position { line: number; column: number }              // both from 1
/** A stretch of the final script copied from (or standing for) code of the compiler's output. */
export interface Segment { from: number; length: number; at: number }   // offset in the script, its length, offset in the output

/** Text that the kernel put into a line of a cell. */
export interface Insert extends Position { length: number }

const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;
export function splitMap(code: string): { code: string; map: string | undefined } {
  const match = INLINE_MAP.exec(code);
  return match ? { code: code.slice(0, match.index) + '\n', map: match[1] } : { code, map: undefined };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

interface Source { show: string; text: () => string; locate(position: Position): Position | null }

export class Positions {
  private readonly sources = new Map<string, Source>();   // key: file name in stack frames
  private readonly root: string;
  constructor(root: string) { this.root = root; }

  private static mapper(base64: string): (position: Position, lineShift: number) => Position | null {
    let map: SourceMap | undefined;
    return ({ line, column }, shift) => {
      map ??= new SourceMap(JSON.parse(Buffer.from(base64, 'base64').toString()));
      const entry = map.findEntry(line - 1, Math.max(0, column - 1)) as { originalLine?: number; originalColumn?: number };
      return entry.originalLine === undefined ? null : { line: entry.originalLine + 1 - shift, column: entry.originalColumn! + 1 };
    };
  }

  addModule(file: string, map: string | undefined): void {
    const locate = map ? Positions.mapper(map) : () => null;
    this.sources.set(file, { show: this.show(file), text: () => readFileSync(file, 'utf8'), locate: (p) => locate(p, 0) });
  }

  /** A cell: script --segments--> compiler's output --source map--> cell (whose first line is the compiler's prefix). */
  addCell(name: string, code: string, script?: string, segments: readonly Segment[] = [], output = '', map?: string, inserts: readonly Insert[] = []): void {
    const toSource = map ? Positions.mapper(map) : () => null;
    let starts: number[] | undefined, outputStarts: number[] | undefined;
    this.sources.set(name, {
      show: name, text: () => code,
      locate({ line, column }) {
        if (script === undefined) return { line, column };
        starts ??= lineStarts(script);
        outputStarts ??= lineStarts(output);
        const offset = (starts[line - 1] ?? 0) + column - 1;
        const segment = segments.find((s) => offset >= s.from && offset < s.from + s.length);
        if (!segment) return null;
        const at = segment.at + (offset - segment.from);
        let row = outputStarts.length - 1;
        while (outputStarts[row]! > at) row -= 1;
        const found = toSource({ line: row + 1, column: at - outputStarts[row]! + 1 }, 1);
        for (const insert of [...inserts].sort((a, b) => a.column - b.column)) {
          if (found?.line === insert.line && found.column > insert.column) found.column = Math.max(insert.column, found.column - insert.length);
        }
        return found;
      },
    });
  }

  has(file: string): boolean { return this.sources.has(file); }
  show(file: string): string {
    const relative = path.relative(this.root, file);
    return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative.split(path.sep).join('/');
  }
  locate(file: string, line: number, column: number): (Position & { file: string }) | null {
    const source = this.sources.get(file);
    const at = source?.locate({ line, column });
    return at ? { file: source!.show, ...at } : null;
  }

  /** The code around a position, as in "> 3 |   throw …". */
  excerpt(shown: string, line: number, column: number, length = 1): string[] {
    let code: string | undefined;
    try { code = this.sources.get(shown)?.text() ?? readFileSync(path.resolve(this.root, shown), 'utf8'); } catch { return []; }
    const lines = code.split('\n');
    const result = [`${shown}, line ${line}`];
    for (let n = Math.max(1, line - 2); n <= Math.min(lines.length, line + 1); n += 1) {
      result.push(`${n === line ? '>' : ' '} ${String(n).padStart(4)} | ${lines[n - 1]}`);
      if (n === line) result.push(`       | ${' '.repeat(Math.max(0, column - 1))}${'^'.repeat(Math.max(1, Math.min(length, lines[n - 1]!.length - column + 1)))}`);
    }
    return result;
  }
}
