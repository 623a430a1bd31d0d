// Grading, by the real command: time per submission, and a class of 100 that gets the marks it deserves.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClassReport } from '../course/grading/report/class-report.js';
import type { Notebook } from '../course/notebook.js';
import { root } from '../course/tools.js';
import { answered, CUBE, courseFolder, handIn, SQUARE } from '../tests/course/grading/powers.js';
import { seconds, table } from './measure.js';

/** What is handed in, how often in a class of 100, and what it is worth; without a mark it cannot be graded. */
interface Kind {
  readonly name: string;
  readonly count: number;
  readonly mark?: number;
  readonly content: Notebook | string;
}

const square = (...body: readonly string[]): string =>
  ['function square(x: number): number {', ...body, '}'].join('\n');
const forged = [
  'Object.is = () => true;',
  'Math.abs = () => 0;',
  "const page = Reflect.get(globalThis, '__notebook');",
  'page.display({ \'application/vnd.netlens.probe+json\': \'{"nonce":"","property":"of a fraction","value":"52.5625"}\' });',
  square('return x + 1;'),
].join('\n');

const CLASS: readonly Kind[] = [
  { name: 'good', count: 38, mark: 5, content: answered(SQUARE, CUBE) },
  { name: 'by another route', count: 8, mark: 5, content: answered(square('return Math.abs(x) ** 2;'), CUBE) },
  { name: 'warns', count: 6, mark: 5, content: answered(square("console.warn('careful');", 'return x * x;'), CUBE) },
  { name: 'half right', count: 12, mark: 4, content: answered(square('return x > 0 ? x * x : 0;'), CUBE) },
  { name: 'wrong on hidden input', count: 10, mark: 3, content: answered(square('return [0, 1, 4][x] ?? 0;'), CUBE) },
  { name: 'does not compile', count: 6, mark: 3, content: answered(square("return 'x';"), CUBE) },
  { name: 'exits', count: 2, mark: 3, content: answered(square('process.exit(0);', 'return x;'), CUBE) },
  { name: 'endless loop', count: 2, mark: 3, content: answered(square('while (true);'), CUBE) },
  { name: 'forged verdict', count: 4, mark: 3, content: answered(forged, CUBE) },
  { name: 'untouched', count: 10, mark: 0, content: answered() },
  { name: 'not JSON', count: 2, content: '{ "cells": [' },
];
const HONEST: readonly Kind[] = [{ name: 'good', count: 8, mark: 5, content: answered(SQUARE, CUBE) }];

/** Seconds that the command takes; every mark is the right one. */
async function timeOf(kinds: readonly Kind[], jobs: number): Promise<number> {
  const students = kinds.flatMap((kind) => Array.from({ length: kind.count }, (_, n) => ({ ...kind, n })));
  const folder = handIn(Object.fromEntries(students.map(({ name, n, content }) => [`${name} ${n}.ipynb`, content])));
  const out = mkdtempSync(join(tmpdir(), 'netlens-report-'));
  const args = [folder, '--out', out, '--course', courseFolder, '--timeout', '20', '--jobs', String(jobs)];
  try {
    const took = await seconds(() => {
      const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'course/grade.ts', ...args], {
        cwd: root,
        encoding: 'utf8',
      });
      assert.ok(status === 0 || status === 2, stderr);
    });
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as ClassReport;
    const marks = new Map(report.students.map(({ student, mark }) => [student, mark]));
    for (const { name, n, mark } of students) assert.equal(marks.get(`${name} ${n}`), mark, `${name} ${n}`);
    return took;
  } finally {
    for (const each of [folder, out]) rmSync(each, { recursive: true });
  }
}

/** One row per class. The first run fills the caches and is not counted. */
export async function gradingTable(): Promise<string> {
  const sizeOf = (kinds: readonly Kind[]): number => kinds.reduce((sum, { count }) => sum + count, 0);
  const rows: string[][] = [];
  await timeOf([{ ...HONEST[0]!, count: 1 }], 1);
  for (const [name, kinds, jobs] of [
    ['honest', HONEST, 1],
    ['honest', HONEST, 2],
    ['everything', CLASS, 2],
  ] as const) {
    const [took, size] = [await timeOf(kinds, jobs), sizeOf(kinds)];
    rows.push([name, String(size), String(jobs), took.toFixed(0), (took / size).toFixed(2)]);
  }
  return table(['class', 'submissions', '`--jobs`', 'all, s', 'each, s'], rows);
}
