import type { Refusal } from '../found.js';
import type { Grade } from '../grade-submission.js';
import type { Remark } from '../remark.js';
import type { Result } from '../results.js';
import { MEANING, type SandboxKind } from '../sandbox.js';
import { exercisesOf, type Specification } from '../specification.js';

/** All that grading has found: `report.json`, whose schema is `report.schema.json`. */
export interface ClassReport {
  readonly $schema: string;
  readonly sandbox: { readonly kind: SandboxKind; readonly meaning: string };
  readonly notebooks: readonly ReportedNotebook[];
  readonly students: readonly ReportedStudent[];
  /** What could not be graded at all. */
  readonly refused: readonly Refusal[];
}

/** A notebook of the course that somebody has handed in. */
export interface ReportedNotebook {
  readonly notebook: string;
  readonly release: string;
  readonly points: number;
  readonly exercises: readonly { readonly exercise: string; readonly points: number }[];
}

/**
 * What a student has got, of the points of every notebook in the report. `isFinal` is false as long as an answer waits for a
 * person, or a file that could not be graded.
 */
export interface ReportedStudent {
  readonly student: string;
  readonly mark: number;
  readonly points: number;
  readonly isFinal: boolean;
  readonly submissions: readonly ReportedSubmission[];
}

export interface ReportedSubmission {
  readonly notebook: string;
  readonly file: string;
  readonly mark: number;
  readonly points: number;
  readonly remarks: readonly Remark[];
  readonly exercises: readonly Grade[];
}

/** What a report is made of. */
export interface Findings {
  readonly course: readonly Specification[];
  readonly results: readonly Result[];
  readonly refused: readonly Refusal[];
  readonly sandbox: SandboxKind;
}

/** Puts the report together: students by name, their notebooks in the order of the course. */
export function classReport({ course, results, refused, sandbox }: Findings): ClassReport {
  const used = course.filter(({ notebook }) => results.some((result) => result.notebook === notebook));
  const names = [...new Set(results.map(({ student }) => student))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  return {
    $schema: './report.schema.json',
    sandbox: { kind: sandbox, meaning: MEANING[sandbox] },
    notebooks: used.map((specification) => ({
      notebook: specification.notebook,
      release: specification.release,
      points: specification.points,
      exercises: exercisesOf(specification).map(({ exercise, points }) => ({ exercise, points })),
    })),
    students: names.map((student) => reportedStudent(student, { course: used, results, refused })),
    refused,
  };
}

function reportedStudent(
  student: string,
  { course, results, refused }: Pick<Findings, 'course' | 'results' | 'refused'>,
): ReportedStudent {
  const submissions = course.flatMap(({ notebook, points }) =>
    results
      .filter((result) => result.student === student && result.notebook === notebook)
      .map(({ file, remarks, grades }) => ({ notebook, file, mark: sum(grades), points, remarks, exercises: grades })),
  );
  const grades = submissions.flatMap(({ exercises }) => exercises);
  // What was not handed in counts: else the best share would be that of one easy notebook alone.
  const points = course.reduce((total, each) => total + each.points, 0);
  const isFinal = grades.every(({ mark }) => mark !== null) && !refused.some((each) => each.student === student);
  return { student, mark: sum(grades), points, isFinal, submissions };
}

/** Marks are hundredths: their sum is, too. */
function sum(grades: readonly Grade[]): number {
  return Math.round(grades.reduce((total, { mark }) => total + 100 * (mark ?? 0), 0)) / 100;
}

/** Student × exercise: a line for each student; empty where a person must give the mark or nothing was handed in. */
export function reportRows({ notebooks, students }: ClassReport): (string | number)[][] {
  const columns = notebooks.flatMap(({ notebook, exercises }) =>
    exercises.map(({ exercise }) => ({ notebook, exercise })),
  );
  const head = ['student', 'mark', 'points', ...columns.map(({ notebook, exercise }) => `${notebook}/${exercise}`)];
  const rows = students.map(({ student, mark, points, submissions }) => {
    const marks = columns.map(({ notebook, exercise }) => {
      const submission = submissions.find((each) => each.notebook === notebook);
      return submission?.exercises.find((each) => each.exercise === exercise)?.mark ?? '';
    });
    return [student, mark, points, ...marks];
  });
  return [head, ...rows];
}

/** Whether a person must look at something before all marks are there. */
export function isIncomplete({ students, refused }: ClassReport): boolean {
  const exercises = students.flatMap(({ submissions }) => submissions.flatMap((each) => each.exercises));
  return refused.length > 0 || exercises.some(({ mark, state }) => mark === null || state === 'not run');
}
