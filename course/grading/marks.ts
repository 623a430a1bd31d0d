import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromCsv, toCsv } from './csv.js';
import { type Result, store } from './results.js';

/** Marks that a person has given, by `markKey`. */
export type Marks = ReadonlyMap<string, MarkRow>;

/** A line of marks.csv. */
interface MarkRow {
  readonly student: string;
  readonly notebook: string;
  readonly exercise: string;
  readonly points: number;
  /** As it was written; empty if there is none yet. */
  readonly mark: string;
}

const HEAD = ['student', 'notebook', 'exercise', 'points', 'mark'];

/**
 * Reads what a person has written into `marks.csv`.
 *
 * @throws Error naming the line if a mark is no number from 0 to the points.
 */
export async function readMarks(folder: string): Promise<Marks> {
  const text = await readFile(join(folder, 'marks.csv'), 'utf8').catch(() => '');
  const rows = fromCsv(text)
    .slice(1)
    .map(([student = '', notebook = '', exercise = '', points = '', mark = ''], index) => {
      const value = Number(mark.replace(',', '.'));
      if (mark.trim() !== '' && !(value >= 0 && value <= Number(points)))
        throw new Error(`grade needs marks from 0 to ${points} in marks.csv, got ${mark} (line ${index + 2})`);
      return { student, notebook, exercise, points: Number(points), mark: mark.trim().replace(',', '.') };
    });
  return new Map(rows.map((row) => [markKey(row), row]));
}

function markKey({ student, notebook, exercise }: Pick<MarkRow, 'student' | 'notebook' | 'exercise'>): string {
  return JSON.stringify([student, notebook, exercise]);
}

/** A result with the marks that a person has given where the grader could not. */
export function withMarks(result: Result, marks: Marks): Result {
  const grades = result.grades.map((grade) => {
    const mark = marks.get(markKey({ ...result, exercise: grade.exercise }))?.mark ?? '';
    return grade.state === 'for a person' && mark !== '' ? { ...grade, mark: Number(mark) } : grade;
  });
  return { ...result, grades };
}

/** Writes `marks.csv`: a line for each answer that needs a person, with its mark so far. Marks of others are kept. */
export async function writeMarks(folder: string, results: readonly Result[], marks: Marks): Promise<void> {
  const wanted = results.flatMap(({ student, notebook, grades }) =>
    grades
      .filter(({ state }) => state === 'for a person')
      .map(({ exercise, points }): MarkRow => ({ student, notebook, exercise, points, mark: '' })),
  );
  const rows = new Map(wanted.map((row) => [markKey(row), row]));
  for (const [key, row] of marks) if (rows.has(key) || row.mark !== '') rows.set(key, row);
  if (rows.size === 0) return;
  const lines = [...rows.values()].map(({ student, notebook, exercise, points, mark }) => {
    return [student, notebook, exercise, points, mark];
  });
  await store(join(folder, 'marks.csv'), toCsv([HEAD, ...lines]));
}
