import { type Cell, createCodeCell, type Notebook, notebookOf } from '../notebook.js';
import { neededCells } from './needed.js';
import type { Specification } from './specification.js';

/** What is assembled: the answers by exercise, and the nonce of the run. */
export interface Assembly {
  readonly answers: ReadonlyMap<string, string>;
  readonly nonce: string;
}

const PROBE_MODULE = '../course/grading/probe.js';

/**
 * The notebook that is run for an exercise: its answer, its probes, and of the cells above them what they stand on: given cells
 * as they were released, and earlier answers. The probes' module comes first: before a student's code can change what it
 * stands on.
 */
export function assemble(specification: Specification, exercise: string, { answers, nonce }: Assembly): Notebook {
  const probes = specification.probes.filter((probe) => probe.exercise === exercise);
  const last = Math.max(0, ...probes.map(({ after }) => after));
  const above = specification.cells.slice(0, last).map((cell, index) => {
    const text = (cell.exercise && answers.get(cell.exercise)) ?? cell.text;
    return { ...cell, index, code: cell.kind === 'code' ? text : '' };
  });
  const wanted = [answers.get(exercise) ?? '', ...probes.map(({ text }) => text)];
  const needed = neededCells(
    above.map(({ code }) => code),
    wanted,
  );
  const cells = above
    .filter((cell) => cell.kind === 'code' && (needed.has(cell.index) || cell.exercise === exercise))
    .map(({ index, id, code }) => ({ index, cell: createCodeCell(id, code) }));
  return notebookOf(withProbes(cells, probes, nonce));
}

interface Placed {
  readonly index: number;
  readonly cell: Cell;
}

function withProbes(cells: readonly Placed[], probes: Specification['probes'], nonce: string): Cell[] {
  const all: Cell[] = [createCodeCell('probe-module', `import '${PROBE_MODULE}';`)];
  let from = 0;
  for (const [number, { after, text }] of probes.entries()) {
    all.push(...cells.filter(({ index }) => index >= from && index < after).map(({ cell }) => cell));
    if (number === 0) all.push(createCodeCell('probe-start', opening(nonce)));
    all.push(createCodeCell(`probe-${number + 1}`, text));
    from = after;
  }
  return all;
}

function opening(nonce: string): string {
  return `import { numpyRandom, prober } from '${PROBE_MODULE}';\nconst probe = prober('${nonce}');`;
}
