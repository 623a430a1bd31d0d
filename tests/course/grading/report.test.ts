import assert from 'node:assert/strict';
import { classReport } from '../../../course/grading/report/class-report.js';
import { studentPage } from '../../../course/grading/report/student-page.js';
import type { Result } from '../../../course/grading/results.js';
import { powers } from './powers.js';

const second = { ...powers, notebook: '01-more', points: 3 };
const grade = { exercise: 'square', points: 2, state: 'graded', remark: '', judgements: [], seconds: 1 } as const;
const result = (student: string, notebook: string): Result => {
  return { student, notebook, file: `${student}.ipynb`, remarks: [], grades: [{ ...grade, mark: 2 }] };
};
const report = classReport({
  course: [powers, second, { ...powers, notebook: '02-nobody' }],
  results: [result('ann', '00-powers'), result('ben', '00-powers'), result('ben', '01-more')],
  refused: [{ student: 'ben', file: 'ben/old.ipynb', reason: 'it is not JSON: <b>' }],
  sandbox: 'none',
});
const [ann, ben] = report.students;

describe('the report', () => {
  it('counts the points of a notebook that others have handed in, and tells who has not', () => {
    assert.deepEqual([ann!.mark, ann!.points, ben!.mark, ben!.points], [2, 8, 4, 8]);
    assert.match(studentPage(ann!, report), /2 of 8 points.*\n<p>Nothing was graded of:<\/p>\n<ul><li>01-more \(3\)</);
    assert.doesNotMatch(studentPage(ben!, report), /Nothing was graded/);
  });

  it('calls no mark final of whom a file could not be graded, and tells that', () => {
    assert.deepEqual([ann!.isFinal, ben!.isFinal], [true, false]);
    assert.match(
      studentPage(ben!, report),
      /so far; something waits.*\n.*\n<ul><li>ben\/old\.ipynb: it is not JSON: &lt;b&gt;</,
    );
    assert.doesNotMatch(studentPage(ann!, report), /could not be graded/);
  });
});
