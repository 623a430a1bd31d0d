import type { Cell } from '../notebook.js';
import { functionIn } from '../source.js';
import { withHelpers } from './helpers.js';
import { bounded, readCell } from './reading.js';
import type { Remark } from './remark.js';
import type { Specification, SpecifiedCell } from './specification.js';

/** A cell of a submission. */
export interface Found {
  readonly index: number;
  readonly id: string | undefined;
  readonly exercise: string | undefined;
  readonly kind: Cell['cell_type'];
  readonly text: string;
  readonly sha256: string;
}

/** A cell of the release and the cells of a submission that may be it. */
export interface Taken {
  readonly cell: SpecifiedCell;
  readonly candidates: readonly Found[];
}

/** The answers as they are to be run, and what is to be said about other cells, by index, of which something was taken for them. */
interface Answers {
  readonly answers: ReadonlyMap<string, string>;
  readonly from: ReadonlyMap<number, Remark>;
}

/** An answer that is asked for. */
interface Asked {
  readonly cell: SpecifiedCell;
  readonly exercise: string;
  /** The cells that may be it and say something. */
  readonly written: readonly Found[];
  /** Is no cell there that may be it? */
  readonly isMissing: boolean;
}

/** Takes the answers from the cells that may be them. */
export function answersOf(taken: readonly Taken[], found: readonly Found[], specification: Specification): Answers {
  const asked = taken.flatMap(({ cell, candidates }): Asked[] => {
    const written = candidates.filter(({ text }) => text.trim() !== cell.text.trim());
    return cell.exercise ? [{ cell, exercise: cell.exercise, written, isMissing: candidates.length === 0 }] : [];
  });
  const plain = new Map(asked.map(({ cell, exercise, written }) => [exercise, written[0]?.text ?? cell.text]));
  const released = new Set(specification.cells.map(({ sha256 }) => sha256));
  const own = found.filter(({ kind, sha256 }) => kind === 'code' && !released.has(sha256));
  if (own.every((cell) => asked.some(({ written }) => written[0] === cell))) return { answers: plain, from: new Map() };
  try {
    return bounded(() => completed(asked, own, specification));
  } catch {
    return { answers: plain, from: new Map() }; // which cannot be read, as the grader will say
  }
}

/**
 * Of several cells for one answer the first that declares it, with what it stands on in others. Where there is no cell for it,
 * another that declares it: who writes a notebook anew, or with a program that drops all metadata, has answered, too.
 */
function completed(asked: readonly Asked[], own: readonly Found[], { cells }: Specification): Answers {
  const known = new Set(cells.flatMap(({ kind, text }) => (kind === 'code' ? [...readCell(text).declares] : [])));
  const from = new Map<number, Remark>();
  const answers = asked.map(({ cell, exercise, written, isMissing }): [string, string] => {
    const name = functionIn(cell.text) ?? '';
    const place = (isMissing ? own : written).find(({ text }) => readCell(text).declares.has(name));
    const answer = place ?? written[0];
    if (!answer || cell.kind !== 'code') return [exercise, answer?.text ?? cell.text];
    const it = `the answer to ${exercise}`;
    if (isMissing) from.set(answer.index, { kind: 'moved', text: `${it} was taken from cell ${answer.index + 1}` });
    const others = own.filter((each) => each !== answer);
    const helped = withHelpers(answer.text, others, known);
    for (const index of helped.from)
      from.set(index, {
        kind: 'added',
        text: `${it} stands on declarations in cell ${index + 1}, which were run with it`,
      });
    return [exercise, helped.text];
  });
  return { answers: new Map(answers), from };
}
