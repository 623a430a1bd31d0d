// The code around a place.
import type { Place, Positions } from './positions.js';

const BEFORE = 2;
const AFTER = 1;

/** Lines like `> 3 |   throw …` with carets below the place, after a line that names it. */
export function excerpt(positions: Positions, { file, line, column }: Place, length = 1): string[] {
  const lines = positions.codeOf(file)?.split(/\r?\n/) ?? [];
  const shown = [`${file}, line ${line}`];
  for (let n = Math.max(1, line - BEFORE); n <= Math.min(lines.length, line + AFTER); n += 1) {
    const text = lines[n - 1] ?? '';
    shown.push(`${n === line ? '>' : ' '} ${String(n).padStart(4)} | ${text}`);
    if (n === line) shown.push(`       | ${underline(text, column, length)}`);
  }
  return shown;
}

function underline(text: string, column: number, length: number): string {
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return indent + '^'.repeat(Math.max(1, Math.min(length, text.length - column + 1)));
}
