import type { ClassReport } from '../../../course/grading/report/class-report.js';

/** Marks by student and notebook. */
export type Marks = Readonly<Record<string, number>>;

/** The marks in what `nbgrader export` writes: a row for every student and notebook, also for what was not handed in. */
export function exported(csv: string): Marks {
  const [names = [], ...rows] = csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const [student, assignment, score] = ['student_id', 'assignment', 'score'].map((name) => names.indexOf(name));
  return Object.fromEntries(rows.map((row) => [`${row[student!]}, ${row[assignment!]}`, Number(row[score!])]));
}

/** The marks in the report of `npm run grade`. */
export function reported({ students }: ClassReport): Marks {
  return Object.fromEntries(
    students.flatMap(({ student, submissions }) =>
      submissions.map(({ notebook, mark }) => [`${student}, ${notebook}`, mark]),
    ),
  );
}
