import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCourse, studentNotebook } from '../../../course/course.js';
import { fromText, pointsFor, toText } from '../../../course/nbgrader/points.js';
import { nbgraderNotebook } from '../../../course/nbgrader/source-notebook.js';
import { type Cell, textOf } from '../../../course/notebook.js';
import { root } from '../../../course/tools.js';
import { courseFolder, released } from '../grading/powers.js';

const marks = (cells: readonly Cell[]): readonly unknown[] =>
  cells.flatMap(({ metadata }) => ('nbgrader' in metadata ? [metadata['nbgrader']] : []));
const [powers, chain] = await readCourse(courseFolder);
const values = [
  { property: 'of a fraction', value: 52.5625 },
  { property: 'of a negative number', value: 6.25 },
];

describe('the nbgrader metadata of student notebooks', () => {
  it('mark the answers, which students write and which have their points elsewhere', () => {
    const mark = { cell_type: 'code', grade: false, locked: false, schema_version: 3, solution: true, task: false };
    assert.deepEqual(marks(released.cells), [
      { ...mark, grade_id: 'square' },
      { ...mark, grade_id: 'cube' },
    ]);
  });

  it('leave the points of a written answer to a person', () => {
    const { grade, points, solution } = marks(studentNotebook(chain!).cells).at(-1) as Record<string, unknown>;
    assert.deepEqual({ grade, points, solution }, { grade: true, points: 2, solution: true });
  });

  it('name every answer of the course once', async () => {
    for (const source of await readCourse()) {
      const committed = JSON.parse(readFileSync(join(root, 'notebooks', `${source.name}.ipynb`), 'utf8')) as {
        cells: Cell[];
      };
      const ids = marks(committed.cells).map((mark) => (mark as { grade_id: string }).grade_id);
      assert.deepEqual(
        ids,
        source.cells.flatMap(({ exercise }) => exercise ?? []),
      );
    }
  });
});

describe('nbgraderNotebook', () => {
  const { cells } = nbgraderNotebook(powers!, new Map([['square', values]]));
  const at = cells.findIndex(({ id }) => id === 'square');

  it('keeps the marks around solutions, for nbgrader to take them away', () => {
    assert.match(textOf(cells[at]!.source), /\/\/ BEGIN SOLUTION\n {2}return x \* x;\n {2}\/\/ END SOLUTION/);
  });

  it('puts a locked test with the points below an answer, of which nothing is left when what is hidden is cut out', () => {
    const test = cells[at + 1]!;
    const { grade, grade_id, locked, points, solution } = test.metadata['nbgrader'] as Record<string, unknown>;
    assert.deepEqual([grade, grade_id, locked, points, solution], [true, 'test-square', true, 2, false]);
    assert.match(
      textOf(test.source),
      /^\/\/ BEGIN HIDDEN TESTS\n[\s\S]*probe\('of a fraction'[\s\S]*\n\/\/ END HIDDEN TESTS$/,
    );
  });

  it('makes no test where there is nothing to compare with', () => {
    assert.deepEqual(
      cells.filter(({ id }) => id.startsWith('test-')).map(({ id }) => id),
      ['test-square'],
    );
  });
});

describe('pointsFor', () => {
  const test = { points: 2, reference: toText(values) };
  const pointsOf = (square: (x: number) => unknown): Promise<number> =>
    pointsFor(test, async ({ probe }) => {
      await probe('of a fraction', () => square(7.25));
      await probe('of a negative number', () => square(-2.5));
    });

  it('gives what the grader gives: all, a share for each property, nothing', async () => {
    assert.equal(await pointsOf((x) => x * x), 2);
    assert.equal(await pointsOf((x) => (x > 0 ? x * x : 0)), 1);
    assert.equal(await pointsOf((x) => [x]), 0);
  });

  it('takes an answer that throws, or gives nothing, for a wrong one', async () => {
    assert.equal(
      await pointsOf(() => {
        throw new Error('not written');
      }),
      0,
    );
    assert.equal(await pointsOf(() => undefined), 0);
  });

  it('compares with what JSON has no word for', async () => {
    const odd = [{ property: 'of nothing', value: [Number.NaN, Number.POSITIVE_INFINITY] }];
    assert.deepEqual(fromText(toText(odd)), odd);
  });
});
