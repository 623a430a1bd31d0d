import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Cell, Notebook } from './notebook.js';
import { runTool } from './tools.js';

/** A cell of an exercise source, and the line of the source where it starts. */
export interface SourceCell {
  readonly kind: 'markdown' | 'code';
  readonly text: string;
  readonly line: number;
  /** Set for an answer cell: the exercise it answers. */
  readonly exercise?: string;
  /** What the answer is worth; set for answer cells. */
  readonly points?: number;
}

/** One `exercises/NN-name.ts`, read. */
export interface Source {
  readonly name: string;
  readonly cells: readonly SourceCell[];
}

const CELL_HEADER = /^\/\/ %%/;
const SOLUTION_BEGIN = /^( *)\/\/ BEGIN SOLUTION$/;
const SOLUTION_END = /^ *\/\/ END SOLUTION$/;

/**
 * Reads an exercise source (a TypeScript module in jupytext's percent format) and checks what its marks promise.
 *
 * An answer cell has a header `// %% exercise="id" points=2`, and in it one block between `// BEGIN SOLUTION` and
 * `// END SOLUTION`, inside a function: the student's copy has `return todo('id');` in its place.
 *
 * @throws Error naming file and line for an exercise without points or without a solution, an id used twice, an unknown
 * mark in a header, a solution outside an answer cell.
 */
export async function readSource(file: string): Promise<Source> {
  const [text, json] = await Promise.all([
    readFile(file, 'utf8'),
    runTool('jupytext', ['--to', 'ipynb', '--output', '-', file]),
  ]);
  const { cells } = JSON.parse(json) as Notebook;
  const lines = text.split('\n').flatMap((line, index) => (CELL_HEADER.test(line) ? [index + 1] : []));
  if (lines.length !== cells.length) {
    throw new Error(
      `readSource needs a cell header (// %%) in front of every cell, got text before the first in ${file}`,
    );
  }
  const read = cells.map((cell, index) => sourceCell(cell, `${file}:${lines[index]}`, lines[index]!));
  refuseDuplicates(read, file);
  return { name: basename(file, '.ts'), cells: read };
}

function sourceCell(cell: Cell, place: string, line: number): SourceCell {
  const text = [cell.source].flat().join('');
  const { exercise, points, ...unknown } = cell.metadata;
  const mark = Object.keys(unknown)[0];
  if (mark !== undefined)
    throw new Error(`readSource needs headers with exercise and points only, got ${mark} (${place})`);
  const kind = cell.cell_type === 'markdown' ? 'markdown' : 'code';
  if (exercise === undefined && points === undefined) {
    if (solutionBlocks(text, place) > 0)
      throw new Error(`readSource needs exercise="…" on a cell with a solution, got none (${place})`);
    return { kind, text, line };
  }
  if (typeof exercise !== 'string' || !/^[a-z][a-z0-9-]*$/.test(exercise)) {
    throw new Error(`readSource needs an exercise id in kebab-case, got ${JSON.stringify(exercise)} (${place})`);
  }
  if (typeof points !== 'number' || !Number.isInteger(points) || points < 1) {
    throw new Error(
      `readSource needs whole points of at least 1 for ${exercise}, got ${JSON.stringify(points)} (${place})`,
    );
  }
  const blocks = solutionBlocks(text, place);
  if (blocks !== 1)
    throw new Error(`readSource needs one solution in the answer cell of ${exercise}, got ${blocks} (${place})`);
  return { kind, text, line, exercise, points };
}

function solutionBlocks(text: string, place: string): number {
  const marks = text
    .split('\n')
    .flatMap((line) => (SOLUTION_BEGIN.test(line) ? ['begin'] : SOLUTION_END.test(line) ? ['end'] : []));
  if (marks.some((mark, index) => mark !== (index % 2 === 0 ? 'begin' : 'end')) || marks.length % 2 === 1) {
    throw new Error(
      `readSource needs // BEGIN SOLUTION and // END SOLUTION in pairs, got ${marks.join(', ')} (${place})`,
    );
  }
  return marks.length / 2;
}

function refuseDuplicates(cells: readonly SourceCell[], file: string): void {
  const seen = new Set<string>();
  for (const { exercise, line } of cells) {
    if (exercise === undefined) continue;
    if (seen.has(exercise))
      throw new Error(`readSource needs every exercise once, got ${exercise} again (${file}:${line})`);
    seen.add(exercise);
  }
}

/** The cell as a student gets it: the solution gives way to a stub that says which exercise is not written yet. */
export function withoutSolution(cell: SourceCell): string {
  let inside = false;
  return cell.text
    .split('\n')
    .flatMap((line) => {
      const begin = SOLUTION_BEGIN.exec(line);
      if (begin) inside = true;
      if (SOLUTION_END.test(line)) {
        inside = false;
        return [];
      }
      if (begin) return [`${begin[1]}return todo('${cell.exercise}');`];
      return inside ? [] : [line];
    })
    .join('\n');
}

/** The cell with its solution, and without the marks around it. */
export function withSolution(cell: SourceCell): string {
  return cell.text
    .split('\n')
    .filter((line) => !SOLUTION_BEGIN.test(line) && !SOLUTION_END.test(line))
    .join('\n');
}
