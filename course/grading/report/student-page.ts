import { escaped } from '../../../lib/table.js';
import type { Grade } from '../grade-submission.js';
import type { ReportedStudent, ReportedSubmission } from './class-report.js';
import { page, table } from './page.js';

/** What a student gets back: which properties hold and what the answer gave, without hidden inputs or expected values. */
export function studentPage({ student, mark, points, isFinal, submissions }: ReportedStudent): string {
  const state = isFinal ? '' : ' so far; some answers wait for a person';
  const body = [`<p><strong>${mark} of ${points} points</strong>${state}.</p>`, ...submissions.map(submissionPart)];
  return page(`Feedback for ${student}`, body.join('\n'));
}

function submissionPart({ notebook, mark, points, remarks, exercises }: ReportedSubmission): string {
  const notes = remarks.map(({ text }) => `<li>${escaped(text)}</li>`);
  return [
    `<h2>${escaped(notebook)}: ${mark} of ${points}</h2>`,
    ...exercises.map(exercisePart),
    ...(notes.length > 0 ? [`<p>About the file:</p>\n<ul>${notes.join('')}</ul>`] : []),
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
