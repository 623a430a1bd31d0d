import type { Cell } from '../notebook.js';
import { functionIn } from '../source.js';
import { answersOf, type Found } from './answers.js';
import type { Remark } from './remark.js';
import { exercisesOf, type Specification, type SpecifiedCell, sha256 } from './specification.js';

/** What was taken from a submission: the answers, by exercise, as they stand in it. */
export interface Submission {
  readonly notebook: string;
  readonly answers: ReadonlyMap<string, string>;
  readonly remarks: readonly Remark[];
}

const MOST_CELLS = 2000;
const LONGEST_NAME = 60;

/**
 * Reads a submitted notebook without running anything of it, and takes the answers from it.
 *
 * @throws Error with the reason why it cannot be graded.
 */
export function readSubmission(bytes: Uint8Array, course: readonly Specification[]): Submission {
  const { cells, metadata } = notebookOf(bytes);
  const found = cells.map(foundCell);
  const specification = specificationFor(found, metadata, course);
  const taken = specification.cells.map((cell) => ({ cell, candidates: candidatesFor(cell, found) }));
  const used = new Set(taken.flatMap(({ candidates }) => candidates));
  const { answers, from } = answersOf(taken, found, specification);
  const added = found.filter((cell) => !used.has(cell) && cell.kind === 'code' && cell.text.trim() !== '');
  const remarks = [
    ...releaseRemarks(metadata, specification),
    ...taken.flatMap(({ cell, candidates }) => cellRemarks(cell, candidates)),
    ...orderRemarks(taken.map(({ candidates }) => candidates[0]?.index)),
    ...from.values(),
    ...addedRemarks(
      added.filter(({ index }) => !from.has(index)),
      answers,
      specification,
    ),
  ];
  return { notebook: specification.notebook, answers, remarks };
}

function notebookOf(bytes: Uint8Array): { cells: readonly unknown[]; metadata: Readonly<Record<string, unknown>> } {
  const { nbformat, cells, metadata } = Object(parsed(bytes)) as Readonly<Record<string, unknown>>;
  if (nbformat !== 4 || !Array.isArray(cells)) throw new Error('it is not a notebook in nbformat 4');
  if (cells.length > MOST_CELLS) throw new Error(`it has ${cells.length} cells, more than ${MOST_CELLS}`);
  const known = Object(metadata) as Readonly<Record<string, unknown>>;
  const { name: kernel } = Object(known['kernelspec']) as { readonly name?: unknown };
  // One of ours may have been opened where there is another kernel, which editors then write into it.
  if (kernel !== undefined && kernel !== 'tslab' && !('netlens' in known))
    throw new Error(`it is a notebook for another kernel: ${said(kernel)}`);
  return { cells, metadata: known };
}

/** What a file says about itself, which may be anything. */
function said(name: unknown): string {
  return typeof name === 'string' ? name.slice(0, LONGEST_NAME) : 'unknown';
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Error(`it is not JSON: ${(error as Error).message}`);
  }
}

function foundCell(cell: unknown, index: number): Found {
  const { id, cell_type: kind, source, metadata } = Object(cell) as Partial<Cell>;
  const lines: unknown[] = [source].flat();
  if (!lines.every((line) => typeof line === 'string')) throw new Error(`cell ${index + 1} has no text`);
  const { exercise } = Object(metadata) as { readonly exercise?: unknown };
  const text = lines.join('').replaceAll('\r\n', '\n');
  return {
    index,
    id: typeof id === 'string' ? id : undefined,
    exercise: typeof exercise === 'string' ? exercise : undefined,
    kind: kind === 'code' ? 'code' : 'markdown',
    text,
    sha256: sha256(text),
  };
}

/** The notebook that it says it is; without a word of it, the one that has most of its cells. */
function specificationFor(
  found: readonly Found[],
  metadata: Readonly<Record<string, unknown>>,
  course: readonly Specification[],
): Specification {
  const { notebook } = Object(metadata['netlens']) as { readonly notebook?: unknown };
  const named = course.find((each) => each.notebook === notebook);
  const shared = ({ cells }: Specification): number =>
    cells.filter((cell) => candidatesFor(cell, found).length > 0).length;
  if (named) return named;
  const [best] = course.toSorted((a, b) => shared(b) - shared(a));
  if (!best || shared(best) === 0) throw new Error('it is none of the notebooks of this course');
  return best;
}

/** Of whatever kind it is now: a key that is pressed by mistake makes Markdown of code. */
function isAnswer(cell: Found, { exercise, id }: SpecifiedCell): boolean {
  return cell.exercise === exercise || cell.id === id;
}

/** An answer's cell is known by its exercise or id, a given one by its id; if an editor has dropped these, by its text. */
function candidatesFor(cell: SpecifiedCell, found: readonly Found[]): readonly Found[] {
  const { exercise, id, kind, sha256: released } = cell;
  const known = found.filter((each) =>
    exercise === undefined ? each.id === id && each.kind === kind : isAnswer(each, cell),
  );
  if (known.length > 0) return known;
  return found.filter((each) => each.kind === kind && each.sha256 === released).slice(0, 1);
}

function releaseRemarks(metadata: Readonly<Record<string, unknown>>, { release }: Specification): Remark[] {
  const { release: given } = Object(metadata['netlens']) as { readonly release?: unknown };
  if (given === release) return [];
  return [{ kind: 'release', text: `made from another release (${said(given)}, now ${release})` }];
}

function cellRemarks(cell: SpecifiedCell, candidates: readonly Found[]): Remark[] {
  const { id, exercise, sha256: released } = cell;
  const [first, ...more] = candidates;
  const what = exercise === undefined ? `the given cell ${id}` : `the answer cell of ${exercise}`;
  if (!first) return [{ kind: exercise === undefined ? 'deleted' : 'missing', text: `${what} is not there` }];
  const places = candidates.map(({ index }) => index + 1).join(', ');
  const isTurned = exercise !== undefined && candidates.some(({ kind }) => kind !== cell.kind);
  const isEdited = exercise === undefined && candidates.some((each) => each.sha256 !== released);
  const remarks: (Remark | false)[] = [
    more.length > 0 && { kind: 'duplicate', text: `${what} is there ${candidates.length} times (cells ${places})` },
    isTurned && {
      kind: 'edited',
      text: `${what} is no ${cell.kind} cell any more (cell ${places}); it was taken as one`,
    },
    isEdited && { kind: 'edited', text: `${what} was edited (cell ${first.index + 1})` },
  ];
  return remarks.filter((each) => each !== false);
}

function orderRemarks(indices: readonly (number | undefined)[]): Remark[] {
  const known = indices.filter((index) => index !== undefined);
  const isInOrder = known.every((index, i) => i === 0 || index > known[i - 1]!);
  return isInOrder ? [] : [{ kind: 'reordered', text: 'the cells are in another order' }];
}

/** Cells that students have added are not run but for what an answer stands on; one that defines what an empty answer cell should is an answer that was moved. */
function addedRemarks(
  added: readonly Found[],
  answers: ReadonlyMap<string, string>,
  specification: Specification,
): Remark[] {
  const moved = exercisesOf(specification).flatMap(({ exercise, text: stub }): Remark[] => {
    const name = functionIn(stub);
    const isWritten = answers.get(exercise) !== stub;
    const place = added.find(({ text }) => name !== undefined && new RegExp(`\\b${name}\\b\\s*(?:=|\\()`).test(text));
    if (isWritten || !place) return [];
    return [
      { kind: 'moved', text: `an answer to ${exercise} seems to stand in cell ${place.index + 1}; it was not used` },
    ];
  });
  if (added.length === 0) return moved;
  const places = added.map(({ index }) => index + 1).join(', ');
  const what = added.length === 1 ? 'an added cell was not used (cell' : 'added cells were not used (cells';
  return [...moved, { kind: 'added', text: `${what} ${places})` }];
}
