import { availableParallelism } from 'node:os';
import type { Notebook } from '../notebook.js';
import { collect } from './collect.js';
import type { Room } from './execute.js';
import type { HandedIn, Refusal } from './found.js';
import { type Grader, gradeSubmission } from './grade-submission.js';
import { inParallel } from './parallel.js';
import { referenceOf } from './reference.js';
import type { Result, Results } from './results.js';
import { type Specification, sha256 } from './specification.js';
import { readSubmission, type Submission } from './submission.js';

/** Submissions that could be read, and those that could not. */
export interface Readable {
  readonly submissions: readonly Readied[];
  readonly refused: readonly Refusal[];
}

/** A submission that is ready to be graded. */
interface Readied {
  readonly handedIn: HandedIn;
  readonly submission: Submission;
  /** Of the file and the release: the same again need not be run again. */
  readonly fingerprint: string;
}

/** What the class has got, and what could not be graded. */
export interface Graded {
  readonly results: readonly Result[];
  readonly refused: readonly Refusal[];
}

/** How many notebooks are run at once if nobody says: a kernel and what starts it keep about two processors busy. */
export const JOBS: number = Math.max(1, Math.floor(availableParallelism() / 2));

/** Reads all submissions. One that is broken stops none of the others; of two of a student for the same notebook none is taken. */
export async function readAll(path: string, course: readonly Specification[]): Promise<Readable> {
  const { handedIn, refused } = await collect(path);
  const read: Readied[] = [];
  const failed: Refusal[] = [];
  for (const each of handedIn) {
    try {
      read.push(readied(each, await each.read(), course));
    } catch (error) {
      failed.push({ student: each.student, file: each.file, reason: (error as Error).message });
    }
  }
  const rivals = read.map((one) => read.filter((other) => areRivals(one, other)));
  const double = read.filter((_, index) => rivals[index]!.length > 1);
  const refusals = double.map(({ handedIn: { student, file }, submission: { notebook } }): Refusal => {
    return { student, file, reason: `it is one of several submissions of ${student} for ${notebook}: leave one` };
  });
  return { submissions: read.filter((each) => !double.includes(each)), refused: [...refused, ...failed, ...refusals] };
}

function readied(handedIn: HandedIn, bytes: Uint8Array, course: readonly Specification[]): Readied {
  if (course.some(({ notebook }) => notebook === handedIn.student))
    throw new Error('its path names no student: put it into a folder, <student>/<notebook>.ipynb');
  const submission = readSubmission(bytes, course);
  const specification = course.find(({ notebook }) => notebook === submission.notebook);
  return { handedIn, submission, fingerprint: sha256(sha256(bytes) + sha256(JSON.stringify(specification))) };
}

function areRivals(one: Readied, other: Readied): boolean {
  return one.handedIn.student === other.handedIn.student && one.submission.notebook === other.submission.notebook;
}

/** How grading goes on. */
export interface Conduct {
  readonly room: Room;
  readonly jobs: number;
  readonly results: Results;
  /** Called when a submission is done, and how many there are to do. */
  readonly onProgress?: (done: number, of: number, student: string) => void;
}

/** Grades all submissions but those that an earlier run has graded. What goes wrong with one stops none of the others. */
export async function gradeAll(
  { submissions, refused }: Readable,
  course: readonly Specification[],
  conduct: Conduct,
): Promise<Graded> {
  const { room, jobs, results, onProgress } = conduct;
  const found = await Promise.all(
    submissions.map(({ handedIn: { student }, submission: { notebook }, fingerprint }) =>
      results.find(student, notebook, fingerprint),
    ),
  );
  const todo = submissions.filter((_, index) => found[index] === undefined);
  const graders = await gradersFor(todo, course, conduct);
  let done = 0;
  const fresh = await inParallel(todo, jobs, async (readied): Promise<Result | Refusal> => {
    const result = await gradeOne(graders.get(readied.submission.notebook)!, readied, results).catch(
      (error: unknown) => {
        room.signal?.throwIfAborted();
        return { ...readied.handedIn, reason: (error as Error).message };
      },
    );
    done += 1;
    onProgress?.(done, todo.length, result.student);
    return result;
  });
  const isResult = (each: Result | Refusal | undefined): each is Result => each !== undefined && 'grades' in each;
  const failed = fresh.flatMap((each) => (isResult(each) ? [] : [each]));
  return { results: [...found, ...fresh].filter(isResult), refused: [...refused, ...failed] };
}

/** The reference of a notebook is run once for all its submissions. */
async function gradersFor(
  todo: readonly Readied[],
  course: readonly Specification[],
  { room, jobs }: Conduct,
): Promise<ReadonlyMap<string, Grader>> {
  const wanted = course.filter(({ notebook }) => todo.some(({ submission }) => submission.notebook === notebook));
  const graders = await inParallel(wanted, jobs, async (specification): Promise<[string, Grader]> => {
    return [specification.notebook, { specification, reference: await referenceOf(specification, room), room }];
  });
  return new Map(graders);
}

async function gradeOne(grader: Grader, readied: Readied, results: Results): Promise<Result> {
  const { handedIn, submission, fingerprint } = readied;
  const graded = await gradeSubmission(grader, submission);
  const { notebook, remarks } = submission;
  const { student, file } = handedIn;
  const result: Result = { student, notebook, file, remarks, grades: graded.map(({ grade }) => grade) };
  const executed = graded.flatMap(({ grade, executed: each }): [string, Notebook][] => {
    return each ? [[grade.exercise, each]] : [];
  });
  await results.keep(result, fingerprint, new Map(executed));
  return result;
}
