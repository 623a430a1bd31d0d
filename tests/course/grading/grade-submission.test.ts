import assert from 'node:assert/strict';
import { type Grader, gradeSubmission } from '../../../course/grading/grade-submission.js';
import { chooseSandbox } from '../../../course/grading/sandbox.js';
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
