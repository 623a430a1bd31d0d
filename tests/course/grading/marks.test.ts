// Every kind of submission, graded by the real command in one run.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { strToU8, zipSync } from 'fflate';
import type { ClassReport, ReportedStudent } from '../../../course/grading/report/class-report.js';
import { createCodeCell, type Notebook } from '../../../course/notebook.js';
import { root } from '../../../course/tools.js';
import { answered, answeredChain, CUBE, changed, courseFolder, handIn, SQUARE } from './powers.js';

const square = (...body: readonly string[]): string =>
  ['function square(x: number): number {', ...body, '}'].join('\n');
/** A wrong square after these lines, which stand in the answer cell and run there. */
const wrongAfter = (...lines: readonly string[]): string => [...lines, square('return x + 1;')].join('\n');
const onlySmall = square('return [0, 1, 4, 9][x] ?? 0;');
const given = answered().cells.find(({ cell_type, metadata }) => cell_type === 'code' && !('exercise' in metadata))!.id;
const outside = join(tmpdir(), `netlens-escaped-${process.pid}`);
const secret = join(courseFolder, '00-powers.ts');

const attempts = [
  `attempt(() => fs.readFileSync(${JSON.stringify(secret)}, 'utf8'))`,
  "attempt(() => fs.readdirSync('../exercises'))",
  "attempt(() => fs.readdirSync('/proc').filter((pid) => pid === '" +
    String(process.pid) +
    "').map((pid) => fs.readlinkSync('/proc/' + pid + '/cwd'))[0] ?? nobody())",
  `attempt(() => fs.writeFileSync(${JSON.stringify(outside)}, 'x'))`, // a private /tmp
  "attempt(() => fs.writeFileSync('../lib/index.ts', ''))",
  "attempt(() => fs.writeFileSync('../build/kernel-cache/x', ''))",
];

/** Submissions with a right `cube`, by student, what they must get, and what must be said about `square`. */
const submissions: Readonly<
  Record<string, { readonly square?: string; readonly mark: number; readonly remark?: RegExp }>
> = {
  good: { square: SQUARE, mark: 5 },
  'wrong on hidden input': { square: onlySmall, mark: 3 },
  'right for half of the inputs': { square: square('return x > 0 ? x * x : 0;'), mark: 4 },
  'does not compile': { square: square("return 'x';"), mark: 3, remark: /TS2322/ },
  warns: { square: square("console.warn('careful');", 'return x * x;'), mark: 5 },
  'by another route': { square: 'const square = (x: number): number => Math.abs(x) ** 2;', mark: 5 },
  'endless loop': { square: square('while (true);'), mark: 3, remark: /stopped/ },
  'endless wait': {
    square: wrongAfter('setInterval(() => {}, 10);', 'await new Promise(() => {});'),
    mark: 3,
    remark: /stopped/,
  },
  'endless microtasks': {
    square: square('void (async () => { while (true) await null; })();', 'return x + 1;'),
    mark: 3,
  },
  'takes asserting to pieces': {
    square: wrongAfter(
      "import assert from 'node:assert';",
      'Object.assign(assert, { equal() {}, strictEqual() {}, deepEqual() {} });',
      'Object.is = () => true;',
      'Math.abs = () => 0;',
      'Number.isFinite = () => true;',
      'Array.prototype.map = () => [];',
    ),
    mark: 3,
  },
  'sends values of its own': {
    square: wrongAfter(
      'const own = JSON.stringify;',
      "const type = 'application/vnd.netlens.probe+json';",
      "const page = Reflect.get(globalThis, '__notebook');",
      "page.display({ [type]: own({ nonce: '', property: 'of a fraction', value: '52.5625' }) });",
      'JSON.stringify = ((value: { readonly data?: Record<string, string> }, ...more: []) => {',
      "  const sent = value?.data?.[type]; // the probe's own message, with its nonce",
      "  if (sent && !value.data?.[type + ' ']) page.display({ [type + ' ']: '1', [type]: sent.replace('\"value\":\"', '\"value\":\"1') });",
      '  return own(value, ...more);',
      '}) as typeof JSON.stringify;',
    ),
    mark: 3,
    remark: /in the place of the probes/,
  },
  'writes past its kernel': {
    square: ["import { writeSync } from 'node:fs';", "writeSync(1, 'a line of the process');", SQUARE].join('\n'),
    mark: 5,
  },
  'exits the process': { square: square('process.exit(0);', 'return x;'), mark: 3 },
  'ends its kernel': {
    square: square("process.kill(process.pid, 'SIGKILL');", 'return x;'),
    mark: 3,
    remark: /kernel was ended/,
  },
  'ends all processes': {
    square: square("for (const signal of ['SIGTERM', 'SIGKILL']) process.kill(-1, signal);", 'return x;'),
    mark: 3,
  },
  'fork bomb': {
    square: wrongAfter("import { spawn } from 'node:child_process';", "for (;;) spawn('sleep', ['60']);"),
    mark: 3,
    remark: /processes|stopped/,
  },
  '10 GB of memory': {
    square: square(
      'const all: Uint8Array[] = [];',
      'while (all.length < 100) all.push(new Uint8Array(1e8).fill(1));',
      'return x;',
    ),
    mark: 3,
  },
  '1 GB of output': {
    square: square("for (let i = 0; i < 1000; i += 1) console.log('x'.repeat(1e6));", 'return x;'),
    mark: 3,
    remark: /MB/,
  },
  'looks around': {
    square: [
      "import * as fs from 'node:fs';",
      "import { createConnection } from 'node:net';",
      'const seen: string[] = [];',
      "const nobody = (): never => { throw new Error('nobody'); };",
      'function attempt(what: () => unknown): void {',
      "  try { what(); seen.push('done'); } catch (error) { seen.push((error as NodeJS.ErrnoException).code ?? (error as Error).message); }",
      '}',
      ...attempts,
      "await new Promise<void>((end) => createConnection(80, '192.0.2.1').on('error', (error: NodeJS.ErrnoException) => { seen.push(error.code ?? error.message); end(); }).on('connect', () => end()));",
      "function square(x: number): number { throw new Error(seen.join(' ')); }",
    ].join('\n'),
    mark: 3,
  },
};

/** Notebooks that were changed otherwise, what they must get, and what must be said about them. */
const changedOnes: Readonly<
  Record<string, { readonly content: Notebook; readonly mark: number; readonly remarks: readonly string[] }>
> = {
  'of an older release': {
    content: {
      ...answered(SQUARE),
      metadata: { ...answered().metadata, netlens: { notebook: '00-powers', release: 'old' } },
    },
    mark: 2,
    remarks: ['release'],
  },
  'with every cell twice': {
    content: changed(answered(SQUARE), (cells) => cells.flatMap((cell) => [cell, { ...cell, id: `${cell.id}-2` }])),
    mark: 2,
    remarks: ['duplicate', 'duplicate', 'added'],
  },
  'in another order': {
    content: changed(answered(SQUARE), (cells) => cells.toReversed()),
    mark: 2,
    remarks: ['reordered'],
  },
  'with an answer in another cell': {
    content: changed(answered(), (cells) => [...cells, createCodeCell('mine', SQUARE)]),
    mark: 0,
    remarks: ['moved', 'added'],
  },
};

/** What cannot be graded, and why. */
const refusals: Readonly<Record<string, RegExp>> = {
  'broken.ipynb': /not JSON/,
  'huge.ipynb': /200 MB/,
  'link.ipynb': /a link/,
  'platform.zip/../up.ipynb': /leads out/,
  'python.ipynb': /another kernel: python3/,
  'twice.ipynb': /several submissions of twice/,
  'twice/00-powers.ipynb': /several submissions of twice/,
};

describe('npm run grade', () => {
  let report: ClassReport;
  let out: string;
  let folder: string;

  const grade = (...more: readonly string[]) =>
    spawnSync(
      process.execPath,
      ['--import', 'tsx', 'course/grade.ts', folder, '--out', out, '--course', courseFolder, ...more],
      { cwd: root, encoding: 'utf8' },
    );
  const read = (): ClassReport => JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as ClassReport;
  const of = (student: string): ReportedStudent => {
    const found = report.students.find((each) => each.student === student);
    assert.ok(found, `${student} is in the report`);
    return found;
  };

  before(() => {
    out = mkdtempSync(join(tmpdir(), 'netlens-report-'));
    const files = Object.entries(submissions).map(([student, { square }]) => [
      `${student}.ipynb`,
      answered(square, CUBE),
    ]);
    const tampered = changed(answered(onlySmall, CUBE), (cells) =>
      cells.map((cell) =>
        cell.metadata['exercise'] || cell.cell_type !== 'code' ? cell : { ...cell, source: 'globalThis.done = true;' },
      ),
    );
    const untouched = strToU8(JSON.stringify(answered()));
    folder = handIn({
      ...Object.fromEntries(files),
      'untouched.ipynb': answered(),
      'chain/01-chain.ipynb': answeredChain({
        half: 'function half(x: number): number {\n  return x / 3;\n}',
        quarter: 'function quarter(x: number): number {\n  return half(half(x));\n}\nthrow new Error(String(half));',
        why: 'Because half of a half is a quarter.',
      }),
      'Zoë Ångström/my notebook.ipynb': answered(SQUARE),
      'edited.ipynb': tampered,
      'deleted.ipynb': changed(answered(SQUARE, CUBE), (cells) => cells.filter(({ id }) => id !== given)),
      ...Object.fromEntries(Object.entries(changedOnes).map(([name, { content }]) => [`${name}.ipynb`, content])),
      'broken.ipynb': '{ "cells": [',
      'huge.ipynb': '',
      'python.ipynb': { ...answered(), metadata: { kernelspec: { name: 'python3' } } },
      'twice.ipynb': answered(SQUARE),
      'twice/00-powers.ipynb': answered(),
      'platform.zip': zipSync({ '../up.ipynb': untouched, 'Ämilie_1_assignsubmission_file_/x.ipynb': untouched }),
    });
    truncateSync(join(folder, 'huge.ipynb'), 200 * 2 ** 20);
    symlinkSync(join(folder, 'good.ipynb'), join(folder, 'link.ipynb'));
    const { status, stderr } = grade('--timeout', '8', '--jobs', '2', '--memory', '1500');
    assert.equal(status, 2, stderr);
    report = read();
  }).timeout(600_000);
  after(() => {
    for (const each of [out, folder]) rmSync(each, { recursive: true, force: true });
  });

  for (const [student, { mark, remark }] of Object.entries(submissions)) {
    it(`gives ${mark} of 5 to a submission that is called: ${student}`, () => {
      const { mark: got, submissions: parts } = of(student);
      assert.equal(got, mark, JSON.stringify(parts));
      if (remark) assert.match(parts[0]!.exercises[0]!.remark, remark);
    });
  }

  it('takes points for a mistake once, and leaves a written answer to a person, whose mark is kept', () => {
    const { mark, isFinal, submissions: parts } = of('chain');
    assert.deepEqual([mark, isFinal], [2, false]);
    assert.deepEqual(
      parts[0]!.exercises.map((each) => each.mark),
      [0, 2, null],
    );
    assert.doesNotMatch(parts[0]!.exercises[1]!.remark, /x \/ 2/); // the solution, beside which it was run
    const page = (): string => readFileSync(join(out, 'report.html'), 'utf8');
    assert.match(page(), /01-chain\/why.*write its mark into marks\.csv/);
    const marks = readFileSync(join(out, 'marks.csv'), 'utf8');
    assert.equal(marks, 'student,notebook,exercise,points,mark\r\nchain,01-chain,why,2,\r\n');
    writeFileSync(join(out, 'marks.csv'), marks.replace('2,\r\n', '2,1.5\r\n'));
    grade();
    const found = read().students.find(({ student }) => student === 'chain')!;
    assert.deepEqual([found.mark, found.isFinal], [3.5, true]);
    assert.doesNotMatch(page(), /01-chain\/why/);
    assert.match(readFileSync(join(out, 'marks.csv'), 'utf8'), /why,2,1\.5/);
  });

  it('gives nothing to one that is untouched, without running it', () => {
    assert.deepEqual(
      of('untouched').submissions[0]!.exercises.map(({ mark, state }) => [mark, state]),
      [
        [0, 'not written'],
        [0, 'not written'],
      ],
    );
  });

  it('runs the given cells as they were released, and says that they were edited or deleted', () => {
    const [edited, deleted] = [of('edited'), of('deleted')];
    assert.equal(edited.mark, 3);
    assert.ok(edited.submissions[0]!.remarks.some(({ kind }) => kind === 'edited'));
    assert.equal(deleted.mark, 5);
    assert.deepEqual(
      deleted.submissions[0]!.remarks.map(({ kind }) => kind),
      ['deleted'],
    );
  });

  it('lets code see and change nothing but its own folder', () => {
    const [first] = of('looks around').submissions[0]!.exercises[0]!.judgements;
    assert.equal(first!.failure, 'Error: ENOENT ENOENT nobody done EROFS EROFS ENETUNREACH');
    assert.equal(existsSync(outside), false);
  });

  it('keeps every executed notebook, and a page for every student', () => {
    assert.ok(existsSync(join(out, 'executed', 'good', '00-powers.cube.ipynb')));
    assert.equal(readdirSync(join(out, 'students')).length, report.students.length);
  });

  for (const [name, { mark, remarks }] of Object.entries(changedOnes)) {
    it(`gives ${mark} to a notebook ${name}, and says what is odd`, () => {
      const found = of(name);
      assert.equal(found.mark, mark);
      assert.deepEqual(
        found.submissions[0]!.remarks.map(({ kind }) => kind),
        remarks,
      );
    });
  }

  it('names what could not be graded, and grades all others', () => {
    assert.deepEqual(report.refused.map(({ file }) => file).toSorted(), Object.keys(refusals).toSorted());
    for (const { file, reason } of report.refused) assert.match(reason, refusals[file]!);
    const others = ['untouched', 'chain', 'Zoë Ångström', 'edited', 'deleted', 'Ämilie'];
    const all = [...Object.keys(submissions), ...Object.keys(changedOnes), ...others];
    assert.deepEqual(report.students.map(({ student }) => student).toSorted(), all.toSorted());
  });

  it('writes a report that its schema allows', () => {
    const program = join(root, '.venv', 'bin', 'jsonschema');
    const checked = spawnSync(program, ['-i', 'report.json', 'report.schema.json'], { cwd: out, encoding: 'utf8' });
    assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  });

  it('hides the inputs and the expected values from students', () => {
    for (const file of readdirSync(join(out, 'students'))) {
      const page = readFileSync(join(out, 'students', file), 'utf8');
      assert.doesNotMatch(page, /7\.25|-2\.5/);
    }
  });

  it('writes no report among the submissions, where its notebooks would be taken for more of them', () => {
    const { status, stderr } = grade('--out', join(folder, 'report'));
    assert.deepEqual([status, existsSync(join(folder, 'report'))], [1, false]);
    assert.match(stderr, /a report outside of the submissions/);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'netlens-stopped-'));
    const args = [
      '--import',
      'tsx',
      'course/grade.ts',
      folder,
      '--out',
      join(scratch, 'report'),
      '--course',
      courseFolder,
    ];
    const left = () => readdirSync(scratch).filter((name) => name.startsWith('.netlens-grade-'));
    const command = spawn(process.execPath, args, { cwd: root, env: { ...process.env, TMPDIR: scratch } });
    let words = '';
    command.stderr.on('data', (text: Buffer) => {
      words += text.toString();
    });
    const ended = once(command, 'close');
    while (left().length === 0) await setTimeout(50);
    command.kill('SIGINT');
    assert.deepEqual(await ended, [1, null]);
    assert.match(words, /grade was stopped/);
    assert.deepEqual(left(), []);
    rmSync(scratch, { recursive: true });
  }).timeout(60_000);

  it('goes on where it was: nothing is run twice, unless its file has changed', () => {
    rmSync(join(folder, 'broken.ipynb'));
    writeFileSync(join(folder, 'good.ipynb'), JSON.stringify(answered(SQUARE)));
    const { stdout } = grade('--timeout', '8');
    assert.match(stdout, /^1 of 1 {2}good\n/);
    assert.deepEqual(
      [read().students.length, read().students.find(({ student }) => student === 'good')!.mark],
      [report.students.length, 2],
    );
  }).timeout(120_000);
});
