// npm run test:nbgrader: the same submissions through the real nbgrader and through npm run grade. The first time it makes an environment with
// nbgrader in build/ (a minute); what else it does takes minutes, too.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ClassReport } from '../../../course/grading/report/class-report.js';
import { formatNotebook, type Notebook } from '../../../course/notebook.js';
import { root } from '../../../course/tools.js';

const environment = join(root, 'build', 'nbgrader');
const programs = join(environment, 'bin');
const NBGRADER = 'nbgrader==0.9.5';

const mean = (...body: readonly string[]): string =>
  ['function mean(values: readonly number[]): number {', ...body, '}'].join('\n');
const SUM = 'values.reduce((sum, value) => sum + value, 0)';
/** Answers to the one exercise of 00-start, by student. */
const answers: Readonly<Record<string, string | undefined>> = {
  right: mean(`return ${SUM} / values.length;`),
  untouched: undefined,
  'right-for-few-numbers': mean(`return values.length < 10 ? ${SUM} / values.length : 0;`),
  'by-another-route':
    'const mean = (values: readonly number[]): number => values.reduce((so, x, n) => so + (x - so) / (n + 1), 0);',
  warns: mean("console.warn('careful');", `return ${SUM} / values.length;`),
  'does-not-compile': mean("return 'x';"),
  throws: mean("throw new Error('no');"),
};

function answered(file: string, answer: string | undefined): string {
  const notebook = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
  const cells = notebook.cells.map((cell) => {
    return cell.metadata['exercise'] === 'mean' && answer !== undefined ? { ...cell, source: answer } : cell;
  });
  return formatNotebook({ ...notebook, cells });
}

function write(text: string, ...place: readonly string[]): void {
  const file = join(...place);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}

describe('nbgrader', () => {
  const course = mkdtempSync(join(tmpdir(), 'netlens-nbgrader-'));
  const nbgrader = (...args: readonly string[]): string =>
    execFileSync(join(programs, 'nbgrader'), args, {
      cwd: course,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${programs}${delimiter}${process.env['PATH']}` },
    });
  const command = (name: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', join('course', name), ...args], { cwd: root, encoding: 'utf8' });
  let marks: ReadonlyMap<string, number>;
  let ours: ReadonlyMap<string, number>;

  before(() => {
    if (!existsSync(join(programs, 'nbgrader'))) {
      execFileSync(join(root, '.venv/bin/python'), ['-m', 'venv', environment]);
      execFileSync(join(programs, 'pip'), ['install', '--quiet', '--disable-pip-version-check', NBGRADER]);
    }
    const { status, stderr } = command('release.ts', '--nbgrader', course, '00-start');
    assert.equal(status, 0, stderr);
    nbgrader('generate_assignment', '00-start');
    const released = join(course, 'release', '00-start', '00-start.ipynb');
    for (const [student, answer] of Object.entries(answers)) {
      write(answered(released, answer), course, 'submitted', student, '00-start', '00-start.ipynb');
    }
    const elsewhere = answered(join(root, 'notebooks', '00-start.ipynb'), answers['right']);
    write(elsewhere, course, 'submitted', 'with-the-notebook-of-the-bundle', '00-start', '00-start.ipynb');
    nbgrader('autograde', '00-start');
    nbgrader('export');
    marks = markColumn(readFileSync(join(course, 'grades.csv'), 'utf8'));
    const graded = command('grade.ts', join(course, 'submitted'), '--out', join(course, 'report'));
    assert.equal(graded.status, 0, graded.stderr);
    const { students } = JSON.parse(readFileSync(join(course, 'report', 'report.json'), 'utf8')) as ClassReport;
    ours = new Map(students.map(({ student, mark }) => [student, mark]));
  }).timeout(1_800_000);
  after(() => rmSync(course, { recursive: true }));

  it('makes the same student notebook from the solved one as npm run release', () => {
    const texts = (file: string): unknown[] =>
      (JSON.parse(readFileSync(file, 'utf8')) as Notebook).cells
        .filter(({ id }) => !id.startsWith('test-'))
        .map(({ id, source }) => [id, [source].flat().join('')]);
    assert.deepEqual(
      texts(join(course, 'release/00-start/00-start.ipynb')),
      texts(join(root, 'notebooks/00-start.ipynb')),
    );
  });

  it('gives out no test and no expected value', () => {
    const text = readFileSync(join(course, 'release/00-start/00-start.ipynb'), 'utf8');
    assert.doesNotMatch(text, /reference|probe|HIDDEN|SOLUTION/);
  });

  it('gives every honest submission the mark that npm run grade gives', () => {
    assert.equal(marks.size, Object.keys(answers).length + 1);
    assert.deepEqual(Object.fromEntries(marks), Object.fromEntries(ours));
    assert.deepEqual([marks.get('right'), marks.get('right-for-few-numbers'), marks.get('untouched')], [1, 0.33, 0]);
  });
});

function markColumn(csv: string): ReadonlyMap<string, number> {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const names = head.split(',');
  return new Map(
    lines
      .map((line) => line.split(','))
      .map((row) => [row[names.indexOf('student_id')]!, Number(row[names.indexOf('score')])]),
  );
}
