// npm run test:nbgrader: the same submissions of every notebook through the real nbgrader and through npm run grade. The first time it makes
// an environment with nbgrader in build/ (a minute); what else it does takes minutes, too.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { readCourse } from '../../../course/course.js';
import type { ClassReport } from '../../../course/grading/report/class-report.js';
import { textOf } from '../../../course/notebook.js';
import { root } from '../../../course/tools.js';
import { type Answers, answered, notebookIn, solutionsOf } from './answers.js';
import { exported, type Marks, reported } from './marks.js';

const environment = join(root, 'build', 'nbgrader');
const programs = join(environment, 'bin');
const NBGRADER = 'nbgrader==0.9.5';

const mean = (...body: readonly string[]): Answers => ({
  mean: ['function mean(values: readonly number[]): number {', ...body, '}'].join('\n'),
});
const SUM = 'values.reduce((sum, value) => sum + value, 0)';
/** Other answers to the one exercise of 00-start, by student. */
const answers: Readonly<Record<string, Answers>> = {
  'right-for-few-numbers': mean(`return values.length < 10 ? ${SUM} / values.length : 0;`),
  'by-another-route': {
    mean: 'const mean = (values: readonly number[]): number => values.reduce((so, x, n) => so + (x - so) / (n + 1), 0);',
  },
  warns: mean("console.warn('careful');", `return ${SUM} / values.length;`),
  'does-not-compile': mean("return 'x';"),
  throws: mean("throw new Error('no');"),
};

const course = await readCourse();
const bundled = (name: string): string => join(root, 'notebooks', `${name}.ipynb`);

describe('nbgrader', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netlens-nbgrader-'));
  const nbgrader = (...args: readonly string[]): string =>
    execFileSync(join(programs, 'nbgrader'), args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${programs}${delimiter}${process.env['PATH']}` },
    });
  const command = (name: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', join('course', name), ...args], { cwd: root, encoding: 'utf8' });
  const released = (name: string): string => join(folder, 'release', name, `${name}.ipynb`);
  const handIn = (who: string, name: string, text: string): void => {
    const place = join(folder, 'submitted', who, name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${name}.ipynb`), text);
  };
  let marks: Marks;
  let ours: Marks;

  before(() => {
    if (!existsSync(join(programs, 'nbgrader'))) {
      execFileSync(join(root, '.venv/bin/python'), ['-m', 'venv', environment]);
      execFileSync(join(programs, 'pip'), ['install', '--quiet', '--disable-pip-version-check', NBGRADER]);
    }
    const { status, stderr } = command('release.ts', '--nbgrader', folder);
    assert.equal(status, 0, stderr);
    for (const source of course) {
      const { name } = source;
      nbgrader('generate_assignment', name);
      handIn('right', name, answered(released(name), solutionsOf(source)));
      handIn('untouched', name, answered(released(name), {}));
    }
    handIn('with-the-notebook-of-the-bundle', '00-start', answered(bundled('00-start'), solutionsOf(course[0]!)));
    for (const [who, answer] of Object.entries(answers))
      handIn(who, '00-start', answered(released('00-start'), answer));
    for (const { name } of course) nbgrader('autograde', name);
    nbgrader('export');
    marks = exported(readFileSync(join(folder, 'grades.csv'), 'utf8'));
    const graded = command('grade.ts', join(folder, 'submitted'), '--out', join(folder, 'report'));
    assert.equal(graded.status, 0, graded.stderr);
    ours = reported(JSON.parse(readFileSync(join(folder, 'report', 'report.json'), 'utf8')) as ClassReport);
  }).timeout(3_600_000);
  after(() => rmSync(folder, { recursive: true }));

  for (const source of course) {
    const { name } = source;
    it(`makes the same student notebook from the solved ${name} as npm run release, with nothing in the tests`, () => {
      const [tests, others] = [true, false].map((isTest) =>
        notebookIn(released(name))
          .cells.filter(({ id }) => id.startsWith('test-') === isTest)
          .map((cell) => [cell.id, textOf(cell.source)]),
      );
      assert.deepEqual(
        tests,
        Object.keys(solutionsOf(source)).map((exercise) => [`test-${exercise}`, '']),
      );
      assert.deepEqual(
        others,
        notebookIn(bundled(name)).cells.map((cell) => [cell.id, textOf(cell.source)]),
      );
    });

    it(`gives the solutions of ${name} all points, and the notebook without an answer none`, () => {
      const points = source.cells.reduce((sum, cell) => sum + (cell.points ?? 0), 0);
      assert.deepEqual([marks[`right, ${name}`], marks[`untouched, ${name}`]], [points, 0]);
    });
  }

  it('gives every honest submission the mark that npm run grade gives', () => {
    assert.equal(Object.keys(ours).length, 2 * course.length + Object.keys(answers).length + 1);
    assert.deepEqual(Object.fromEntries(Object.keys(ours).map((handedIn) => [handedIn, marks[handedIn]])), ours);
    assert.equal(marks['right-for-few-numbers, 00-start'], 0.33);
  });
});
