import { createHash } from 'node:crypto';
import { solutionNotebook, studentNotebook } from '../course.js';
import { releaseOf, textOf } from '../notebook.js';
import { functionIn, type HiddenCell, type Source } from '../source.js';

/** A cell of the student notebook as it was released. */
export interface SpecifiedCell {
  readonly id: string;
  readonly kind: 'markdown' | 'code';
  /** What students get; for an answer the stub. */
  readonly text: string;
  /** Of the text, in hexadecimal. */
  readonly sha256: string;
  /** Set for an answer: its exercise, what it is worth, how it is solved. */
  readonly exercise?: string;
  readonly points?: number;
  readonly solution?: string;
}

/** What the grader knows of a notebook. Students get none of it. */
export interface Specification {
  readonly notebook: string;
  readonly release: string;
  readonly points: number;
  readonly cells: readonly SpecifiedCell[];
  readonly probes: readonly HiddenCell[];
  readonly references: readonly HiddenCell[];
}

/** An answer of a specification. */
export type Exercise = SpecifiedCell & Required<Pick<SpecifiedCell, 'exercise' | 'points' | 'solution'>>;

/** What the grader must know of a source. */
export function specificationOf(source: Source): Specification {
  const student = studentNotebook(source);
  const solved = solutionNotebook(source).cells;
  const cells = student.cells.map(({ id, cell_type: kind, source: text }, index): SpecifiedCell => {
    const { exercise, points } = source.cells[index]!;
    const cell = { id, kind, text: textOf(text), sha256: sha256(textOf(text)) };
    if (exercise === undefined || points === undefined) return cell;
    return { ...cell, exercise, points, solution: textOf(solved[index]!.source) };
  });
  const points = cells.reduce((sum, cell) => sum + (cell.points ?? 0), 0);
  const { name: notebook, probes } = source;
  const references = source.references.map((cell) => asAnswer(cell, cells));
  return { notebook, release: releaseOf(student), points, cells, probes, references };
}

/** A reference under the name of the answer. */
function asAnswer(reference: HiddenCell, cells: readonly SpecifiedCell[]): HiddenCell {
  const name = functionIn(cells.find(({ exercise }) => exercise === reference.exercise)?.text ?? '');
  return { ...reference, text: reference.text.replaceAll(new RegExp(`\\b${name}Reference\\b`, 'g'), `${name}`) };
}

/** The exercises of a notebook, in order. */
export function exercisesOf({ cells }: Specification): readonly Exercise[] {
  return cells.filter((cell): cell is Exercise => cell.exercise !== undefined);
}

/** The SHA-256 of a text or of bytes, in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
