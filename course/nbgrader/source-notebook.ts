import type { Emission } from '../grading/judge.js';
import type { Reference } from '../grading/reference.js';
import { type Cell, createCodeCell, createNotebook, type Notebook } from '../notebook.js';
import type { HiddenCell, Source } from '../source.js';
import { testCell } from './metadata.js';
import { toText } from './points.js';

const MODULE = '../course/nbgrader/points.js';

/**
 * The notebook that a teacher gives to nbgrader: solutions between their marks, and below each answer with probes a hidden test,
 * whose value is what the answer earns. `nbgrader generate_assignment` makes the student notebook from it.
 */
export function nbgraderNotebook(source: Source, reference: Reference): Notebook {
  const notebook = createNotebook(source.cells, ({ text }) => text);
  const cells = notebook.cells.flatMap((cell, index): Cell[] => {
    const { exercise, points } = source.cells[index]!;
    const expected = exercise === undefined ? undefined : reference.get(exercise);
    if (exercise === undefined || points === undefined || !expected) return [cell];
    const probes = source.probes.filter((probe) => probe.exercise === exercise);
    const id = `test-${exercise}`;
    return [cell, createCodeCell(id, testOf(points, probes, expected), { nbgrader: testCell(exercise, points) })];
  });
  return { ...notebook, cells };
}

/** All of it is hidden: `generate_assignment` leaves an empty cell, `autograde` puts it back. */
function testOf(points: number, probes: readonly HiddenCell[], expected: readonly Emission[]): string {
  return [
    '// BEGIN HIDDEN TESTS',
    `const reference = ${JSON.stringify(toText(expected))};`,
    `await (await import('${MODULE}')).pointsFor({ points: ${points}, reference }, async ({ probe, numpyRandom }) => {`,
    ...probes.map(({ text }) => text),
    '});',
    '// END HIDDEN TESTS',
  ].join('\n');
}
