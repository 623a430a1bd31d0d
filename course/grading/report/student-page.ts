import { escaped } from '../../../lib/table.js';
import type { Grade } from '../grade-submission.js';
import type { ClassReport, ReportedStudent, ReportedSubmission } from './class-report.js';
import { page, table } from './page.js';

/** What a student gets back: which properties hold and what the answer gave, without hidden inputs or expected values. */
export function studentPage(
  { student, mark, points, isFinal, submissions }: ReportedStudent,
  { notebooks, refused }: Pick<ClassReport, 'notebooks' | 'refused'>,
): string {
  const state = isFinal ? '' : ' so far; something waits for a person';
  const missing = notebooks.filter(({ notebook }) => submissions.every((each) => each.notebook !== notebook));
  const files = refused.filter((each) => each.student === student).map(({ file, reason }) => `${file}: ${reason}`);
  const body = [
    `<p><strong>${mark} of ${points} points</strong>${state}.</p>`,
    ...list('Files that could not be graded:', files),
    ...list(
      'Nothing was graded of:',
      missing.map(({ notebook, points: lost }) => `${notebook} (${lost})`),
    ),
    ...submissions.map(submissionPart),
  ];
  return page(`Feedback for ${student}`, body.join('\n'));
}

function list(head: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [`<p>${head}</p>`, `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`];
}

function submissionPart({ notebook, mark, points, remarks, exercises }: ReportedSubmission): string {
  const notes = remarks.map(({ text }) => text);
  return [
    `<h2>${escaped(notebook)}: ${mark} of ${points}</h2>`,
    ...exercises.map(exercisePart),
    ...list('About the file:', notes),
  ].join('\n');
}

function exercisePart({ exercise, points, mark, state, remark, judgements }: Grade): string {
  const heading = `<h3>${escaped(exercise)}: ${mark ?? '–'} of ${points}</h3>`;
  const words =
    state === 'for a person' && mark === null ? 'A person will look at this answer.' : feedback(state, remark);
  const note = words === '' ? '' : `<p>${escaped(words)}</p>`;
  if (judgements.length === 0) return heading + note;
  const rows = judgements.map(({ property, holds, got }) => [property, holds ? '✓ holds' : '✗ does not hold', got]);
  return `${heading}${note}\n${table({ caption: `What was asked of ${exercise}`, heads: ['property', 'result', 'your value'], rows })}`;
}

function feedback(state: Grade['state'], remark: string): string {
  if (state === 'for a person') return '';
  return remark === '' ? '' : `${remark[0]!.toUpperCase()}${remark.slice(1)}.`;
}
