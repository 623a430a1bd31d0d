import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fromCsv, toCsv } from '../../../course/grading/csv.js';
import type { Grade } from '../../../course/grading/grade-submission.js';
import { readMarks, withMarks, writeMarks } from '../../../course/grading/marks.js';
import { printable } from '../../../course/grading/progress.js';
import { fileName, type Result } from '../../../course/grading/results.js';
import { duration } from '../../../lib/duration.js';

describe('CSV', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), { minLength: 1 }), (rows) => {
        assert.deepEqual(fromCsv(toCsv(rows)), rows);
      }),
    );
  });

  it('holds nothing that a spreadsheet would take for a formula', () => {
    assert.equal(toCsv([['=1+1', '+1', '-1', '@x', -1]]), "'=1+1,'+1,'-1,'@x,-1\r\n");
  });

  it('is read with a mark at its start and with semicolons, as spreadsheets write it', () => {
    assert.deepEqual(fromCsv('\uFEFFa;b\nc;"d;e"\n'), [
      ['a', 'b'],
      ['c', 'd;e'],
    ]);
  });
});

describe('marks.csv', () => {
  let folder: string;
  const grade = (mark: number | null): Grade => ({
    exercise: 'why',
    points: 2,
    mark,
    state: 'for a person',
    remark: 'needs a person',
    judgements: [],
    seconds: 0,
  });
  const result: Result = { student: 'ann', notebook: 'n', file: 'ann.ipynb', remarks: [], grades: [grade(null)] };
  const file = (): string => join(folder, 'marks.csv');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netlens-marks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps a mark that a person has written, also of a student who is not there now', async () => {
    writeFileSync(file(), 'student,notebook,exercise,points,mark\nann,n,why,2,"1,5"\nben,n,why,2,1\ncid,n,why,2,\n');
    const marks = await readMarks(folder);
    assert.deepEqual(withMarks(result, marks).grades, [grade(1.5)]);
    await writeMarks(folder, [result], marks);
    assert.equal(
      readFileSync(file(), 'utf8'),
      'student,notebook,exercise,points,mark\r\nann,n,why,2,1.5\r\nben,n,why,2,1\r\n',
    );
  });

  it('refuses a mark that is none, with its line', async () => {
    for (const mark of ['3', '-1', 'good']) {
      writeFileSync(file(), `student,notebook,exercise,points,mark\nann,n,why,2,${mark}\n`);
      await assert.rejects(readMarks(folder), new RegExp(`from 0 to 2 .* got ${mark} \\(line 2\\)`));
    }
  });

  it('does not change a mark that the grader has given', async () => {
    writeFileSync(file(), 'student,notebook,exercise,points,mark\nann,n,why,2,1\n');
    const graded = { ...result, grades: [{ ...grade(2), state: 'graded' as const }] };
    assert.deepEqual(withMarks(graded, await readMarks(folder)), graded);
  });
});

describe('fileName', () => {
  it('is another one for another student, on every system', () => {
    const names = ['ann', 'Ann', 'ANN', 'a/nn', 'a\\nn', '..', '.', '', 'ann ', 'Zoë', 'ann'.repeat(99)].map(fileName);
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
    for (const name of names) assert.match(name, /^[\p{L}\p{N}_-][\p{L}\p{N}._-]{0,80}$/u);
  });
});

describe('duration', () => {
  it('is said in the unit that fits', () => {
    assert.deepEqual([12.2, 200, 7500].map(duration), ['13 s', '3 min', '2 h 5 min']);
  });
});

describe('printable', () => {
  it('holds nothing that a terminal would obey, and is one line', () => {
    assert.equal(printable('a\u001b[2Jb\r\nc\u009b1m\u202ed'), 'a\ufffd[2Jb\ufffd\ufffdc\ufffd1m\ufffdd');
    assert.equal(printable('Zoë O’Neil 名前'), 'Zoë O’Neil 名前');
    assert.ok(printable('x'.repeat(1e6)).length < 1000);
  });
});
