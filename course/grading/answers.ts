import type { Cell } from '../notebook.js';
import { functionIn } from '../source.js';
import { withHelpers } from './helpers.js';
import { bounded, readCell } from './reading.js';
import { type Specification, type SpecifiedCell, sha256 } from './specification.js';

/** A cell of a submission. */
export interface Found {
  readonly index: number;
  readonly id: string | undefined;
  readonly exercise: string | undefined;
  readonly kind: Cell['cell_type'];
  readonly text: string;
}

/** A cell of the release and the cells of a submission that may be it. */
export interface Taken {
  readonly cell: SpecifiedCell;
  readonly candidates: readonly Found[];
}

/** The answers as they are to be run, and the other cells that something was taken from for them: whose answer stands on which. */
export interface Answers {
  readonly answers: ReadonlyMap<string, string>;
  readonly from: ReadonlyMap<number, string>;
}

/** Takes the answers from the cells that may be them. */
export function answersOf(taken: readonly Taken[], found: readonly Found[], specification: Specification): Answers {
  const asked = taken.flatMap(({ cell, candidates }) =>
    cell.exercise
      ? [{ cell, exercise: cell.exercise, candidates: candidates.filter((each) => isWritten(each, cell)) }]
      : [],
  );
  const plain = new Map(asked.map(({ cell, exercise, candidates }) => [exercise, candidates[0]?.text ?? cell.text]));
  const released = new Set(specification.cells.map(({ sha256: hash }) => hash));
  const own = found.filter(({ kind, text }) => kind === 'code' && !released.has(sha256(text)));
  if (own.every((cell) => asked.some(({ candidates }) => candidates[0] === cell)))
    return { answers: plain, from: new Map() };
  try {
    return bounded(() => completed(asked, own, specification));
  } catch {
    return { answers: plain, from: new Map() }; // which cannot be read, as the grader will say
  }
}

function isWritten({ text }: Found, { text: stub }: SpecifiedCell): boolean {
  return text.trim() !== stub.trim();
}

/** Of several cells for one answer the first that declares it, with what it stands on in others. */
function completed(
  asked: readonly (Taken & { readonly exercise: string })[],
  own: readonly Found[],
  { cells }: Specification,
): Answers {
  const known = new Set(cells.flatMap(({ kind, text }) => (kind === 'code' ? [...readCell(text).declares] : [])));
  const from = new Map<number, string>();
  const answers = asked.map(({ cell, exercise, candidates }): [string, string] => {
    const [first] = candidates;
    if (!first || cell.kind !== 'code') return [exercise, first?.text ?? cell.text];
    const name = functionIn(cell.text) ?? '';
    const answer = candidates.find(({ text }) => readCell(text).declares.has(name)) ?? first;
    const others = own.filter((each) => each !== answer);
    const helped = withHelpers(answer.text, others, known);
    for (const index of helped.from) from.set(index, exercise);
    return [exercise, helped.text];
  });
  return { answers: new Map(answers), from };
}
