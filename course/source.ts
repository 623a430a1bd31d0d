import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type MarkedCell, markedCell, type Place } from './marked-cell.js';
import type { Notebook } from './notebook.js';
import type { SourceCell } from './source-cell.js';
import { runTool } from './tools.js';

/** Code that only the grader runs: a probe of an answer, or an answer by another route that its values are compared with. */
export interface HiddenCell {
  readonly exercise: string;
  readonly text: string;
  readonly line: number;
  /** So many cells of the notebook stand above it. */
  readonly after: number;
}

/** One `exercises/NN-name.ts`, read. */
export interface Source {
  readonly name: string;
  /** The cells of the notebooks. */
  readonly cells: readonly SourceCell[];
  readonly probes: readonly HiddenCell[];
  readonly references: readonly HiddenCell[];
}

const CELL_HEADER = /^\/\/ %%/;

/**
 * Reads an exercise source (a TypeScript module in jupytext's percent format) and checks what its marks promise.
 *
 * An answer cell has a header `// %% exercise="id" points=2`, and in it one block between `// BEGIN SOLUTION` and
 * `// END SOLUTION`, inside a function: the student's copy has `return todo('id');` in its place. A written answer is a
 * Markdown cell with the same marks. `// %% probe="id"` and `// %% reference="id"` start cells that only the grader sees: calls of
 * `probe`, and the answer by another route, a function called `<answer>Reference`.
 *
 * @throws Error naming file and line for an exercise without points or without a solution, an id used twice, an unknown
 * mark in a header, a solution outside an answer cell, a hidden cell for an exercise that does not stand above it, a probe that
 * sends nothing, a reference without its function, points that do not add up to those that the head of the file names.
 */
export async function readSource(file: string): Promise<Source> {
  const [text, json] = await Promise.all([
    readFile(file, 'utf8'),
    runTool('jupytext', ['--to', 'ipynb', '--output', '-', file]),
  ]);
  const { cells, metadata } = JSON.parse(json) as Notebook;
  const lines = text.split('\n').flatMap((line, index) => (CELL_HEADER.test(line) ? [index + 1] : []));
  if (lines.length !== cells.length) {
    throw new Error(
      `readSource needs a cell header (// %%) in front of every cell, got text before the first in ${file}`,
    );
  }
  const read = cells.map((cell, index) => markedCell(cell, { file, line: lines[index]! }));
  const source = { name: basename(file, '.ts'), ...sorted(read, file) };
  refuseDuplicates(source.cells, file);
  refuseWrongSum(source.cells, metadata['points'], { file, line: lineOf(text, 'points') });
  return source;
}

function lineOf(text: string, key: string): number {
  return text.split('\n').findIndex((line) => line.startsWith(`//   ${key}:`)) + 1;
}

/** Cells of the notebooks and cells of the grader, each in order. */
function sorted(read: readonly MarkedCell[], file: string): Omit<Source, 'name'> {
  const cells: SourceCell[] = [];
  const hidden = { probe: [] as HiddenCell[], reference: [] as HiddenCell[] };
  for (const { use, ...cell } of read) {
    if (use === 'notebook') cells.push(cell);
    else hidden[use].push(hiddenCell(use, cell, { file, above: cells }));
  }
  refuseDuplicates(hidden.reference, file);
  return { cells, probes: hidden.probe, references: hidden.reference };
}

interface Above {
  readonly file: string;
  /** The cells above. */
  readonly above: readonly SourceCell[];
}

function hiddenCell(
  use: 'probe' | 'reference',
  { exercise, text, line }: SourceCell,
  { file, above }: Above,
): HiddenCell {
  const answer = above.find((cell) => cell.exercise === exercise && cell.kind === 'code');
  if (exercise === undefined || !answer)
    throw new Error(`readSource needs the answer to ${exercise} above its ${use}, got none (${file}:${line})`);
  const wanted = use === 'probe' ? 'probe' : `${functionIn(answer.text)}Reference`;
  if (!new RegExp(`\\b${wanted}\\(`).test(text))
    throw new Error(`readSource needs ${wanted}(…) in the ${use} of ${exercise}, got none (${file}:${line})`);
  return { exercise, text, line, after: above.length };
}

/** The name of the function that an answer cell defines. */
export function functionIn(text: string): string | undefined {
  return /^(?:async )?function (\w+)/m.exec(text)?.[1];
}

function refuseDuplicates(cells: readonly { readonly exercise?: string; readonly line: number }[], file: string): void {
  const seen = new Set<string>();
  for (const { exercise, line } of cells) {
    if (exercise === undefined) continue;
    if (seen.has(exercise))
      throw new Error(`readSource needs every exercise once, got ${exercise} again (${file}:${line})`);
    seen.add(exercise);
  }
}

function refuseWrongSum(cells: readonly SourceCell[], declared: unknown, { file, line }: Place): void {
  const sum = cells.reduce((total, { points = 0 }) => total + points, 0);
  if (declared !== undefined && declared !== sum)
    throw new Error(`readSource needs points that add up to ${declared}, got ${sum} (${file}:${line})`);
}
