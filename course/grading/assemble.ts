import { type Cell, createCodeCell, type Notebook, notebookOf } from '../notebook.js';
import type { Specification } from './specification.js';

/** What is assembled: the answers by exercise, and the nonce of the run. */
export interface Assembly {
  readonly answers: ReadonlyMap<string, string>;
  readonly nonce: string;
}

const PROBE_MODULE = '../course/grading/probe.js';

/**
 * The notebook that is run for an exercise: the given cells as they were released, the answers so far, the probes of the
 * exercise. The probes' module comes first: before a student's code can change what it stands on.
 */
export function assemble(specification: Specification, exercise: string, { answers, nonce }: Assembly): Notebook {
  const probes = specification.probes.filter((probe) => probe.exercise === exercise);
  const cells: Cell[] = [createCodeCell('probe-module', `import '${PROBE_MODULE}';`)];
  let from = 0;
  for (const [number, { after, text }] of probes.entries()) {
    cells.push(...givenAndAnswered(specification, { from, to: after, answers }));
    if (number === 0) cells.push(createCodeCell('probe-start', opening(nonce)));
    cells.push(createCodeCell(`probe-${number + 1}`, text));
    from = after;
  }
  return notebookOf(cells);
}

function opening(nonce: string): string {
  return `import { prober } from '${PROBE_MODULE}';\nconst probe = prober('${nonce}');`;
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly answers: ReadonlyMap<string, string>;
}

function givenAndAnswered({ cells }: Specification, { from, to, answers }: Part): Cell[] {
  return cells
    .slice(from, to)
    .filter(({ kind }) => kind === 'code')
    .map(({ id, text, exercise }) => createCodeCell(id, (exercise && answers.get(exercise)) ?? text));
}
