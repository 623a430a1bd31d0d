import assert from 'node:assert/strict';
import { failureOf, type Grader, gradeSubmission } from '../../../course/grading/grade-submission.js';
import { chooseSandbox } from '../../../course/grading/sandbox.js';
import { createCodeCell, notebookOf } from '../../../course/notebook.js';
import { root } from '../../../course/tools.js';
import { CUBE, powers, SQUARE } from './powers.js';

const grader: Grader = {
  specification: powers,
  reference: new Map(['square', 'cube'].map((exercise) => [exercise, [{ property: 'of a number', value: 1 }]])),
  room: {
    sandbox: chooseSandbox(root, 'none'), // nothing gets as far as running
    limits: { cell: 1, seconds: 1, memory: 1, processes: 1, output: 1 },
    isTrusted: false,
  },
};
const nested = (before: string, after: string, times: number): string =>
  `const nested = ${before.repeat(times)}1${after.repeat(times)};`;

describe('gradeSubmission', () => {
  it('goes on where an answer is nested so that no parser gets to its end', async () => {
    const answers = new Map([
      ['square', `${SQUARE}\n${nested('async (x = ', ')', 40)}`], // twice the time for each more
      ['cube', `${CUBE}\n${nested('(', ')', 20_000)}`], // more stack than there is
    ]);
    const graded = await gradeSubmission(grader, { notebook: powers.notebook, answers, remarks: [] });
    const what = graded.map(({ grade: { mark, state, remark } }) => [mark, state, remark]);
    const expected = [0, 'not run', 'the code is nested too deeply to be read'];
    assert.deepEqual(what, [expected, expected]);
  }).timeout(20_000);
});

describe('failureOf', () => {
  const failed = (id: string, ename: string, evalue: string) =>
    failureOf(
      notebookOf([{ ...createCodeCell(id, ''), outputs: [{ output_type: 'error', ename, evalue }] }]),
      'square',
    );

  it('tells the error of an answer in its words', () => {
    assert.equal(failed('square', 'CompileError', 'TS2322: no'), 'CompileError: TS2322: no');
    assert.equal(failed('cube', 'Error', 'of another answer'), undefined);
  });

  it('tells no word of an error that was met with hidden inputs', () => {
    const type = "TS2345: Argument of type '7.25' is not assignable to parameter of type '1'.";
    for (const ename of ['Error', 'CompileError', 'Interrupted', 'x7.25', 'constructor'])
      assert.doesNotMatch(failed('probe-1', ename, type)!, /7\.25|TS2345/);
    assert.match(failed('probe-1', 'CompileError', type)!, /compare the types/);
    assert.match(failed('probe-2', 'Interrupted', '')!, /stopped/);
  });
});
