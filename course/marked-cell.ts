import type { Cell } from './notebook.js';
import { solutionBlocks } from './solution.js';
import type { SourceCell } from './source-cell.js';

/** A line of a source. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A cell of a source, and who it is for. */
export interface MarkedCell extends SourceCell {
  readonly use: 'notebook' | 'probe' | 'reference';
}

/**
 * Reads the marks in the header of a cell.
 *
 * @throws Error naming file and line for a mark that is unknown, missing or wrong.
 */
export function markedCell(cell: Cell, { file, line }: Place): MarkedCell {
  const place = `${file}:${line}`;
  const text = [cell.source].flat().join('');
  const { exercise, points, probe, reference, ...unknown } = cell.metadata;
  const mark = Object.keys(unknown)[0];
  if (mark !== undefined)
    throw new Error(
      `readSource needs headers with exercise and points, probe or reference only, got ${mark} (${place})`,
    );
  const kind = cell.cell_type === 'markdown' ? 'markdown' : 'code';
  const blocks = solutionBlocks(text, place);
  if (probe !== undefined || reference !== undefined) {
    const use = probe === undefined ? 'reference' : 'probe';
    if ([exercise, points, probe, reference].filter((value) => value !== undefined).length > 1 || kind === 'markdown')
      throw new Error(`readSource needs a code cell with ${use}="…" alone in its header, got more (${place})`);
    return { use, kind, text, line, exercise: exerciseId(probe ?? reference, place) };
  }
  if (exercise === undefined && points === undefined) {
    if (blocks > 0) throw new Error(`readSource needs exercise="…" on a cell with a solution, got none (${place})`);
    return { use: 'notebook', kind, text, line };
  }
  const id = exerciseId(exercise, place);
  if (kind === 'code' && blocks !== 1)
    throw new Error(`readSource needs one solution in the answer cell of ${id}, got ${blocks} (${place})`);
  return { use: 'notebook', kind, text, line, exercise: id, points: wholePoints(points, id, place) };
}

function exerciseId(id: unknown, place: string): string {
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*$/.test(id))
    throw new Error(`readSource needs an exercise id in kebab-case, got ${JSON.stringify(id)} (${place})`);
  return id;
}

function wholePoints(points: unknown, id: string, place: string): number {
  if (typeof points !== 'number' || !Number.isInteger(points) || points < 1)
    throw new Error(`readSource needs whole points of at least 1 for ${id}, got ${JSON.stringify(points)} (${place})`);
  return points;
}
