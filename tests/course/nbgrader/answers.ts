// What students hand in.
import { readFileSync } from 'node:fs';
import { formatNotebook, type Notebook } from '../../../course/notebook.js';
import { withSolution } from '../../../course/solution.js';
import type { Source } from '../../../course/source.js';

/** Sources of answers by exercise. */
export type Answers = Readonly<Record<string, string>>;

/** The right answers. */
export function solutionsOf({ cells }: Source): Answers {
  return Object.fromEntries(
    cells.flatMap((cell) => (cell.exercise === undefined ? [] : [[cell.exercise, withSolution(cell)]])),
  );
}

export function notebookIn(file: string): Notebook {
  return JSON.parse(readFileSync(file, 'utf8')) as Notebook;
}

/** The notebook with these answers. */
export function answered(file: string, given: Answers): string {
  const notebook = notebookIn(file);
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: given[String(cell.metadata['exercise'])] ?? cell.source,
  }));
  return formatNotebook({ ...notebook, cells });
}
