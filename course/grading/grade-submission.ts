import { randomBytes } from 'node:crypto';
import type { Notebook } from '../notebook.js';
import { assemble } from './assemble.js';
import { executeIn, type Room } from './execute.js';
import { earned, emissions, type Judgement, judge, shortened, withheld } from './judge.js';
import { type Reference, rightAnswers } from './reference.js';
import { type Exercise, exercisesOf, type Specification } from './specification.js';
import type { Submission } from './submission.js';

/** What became of an exercise. Without `mark` a person must give it. */
export interface Grade {
  readonly exercise: string;
  readonly points: number;
  readonly mark: number | null;
  readonly state: 'graded' | 'not written' | 'not run' | 'for a person';
  /** In words, where there is something to say. */
  readonly remark: string;
  readonly judgements: readonly Judgement[];
  /** Of the run, in seconds. */
  readonly seconds: number;
}

/** A graded exercise and the notebook that was executed for it. */
export interface GradedExercise {
  readonly grade: Grade;
  readonly executed: Notebook | undefined;
}

/** What a submission is graded by. */
export interface Grader {
  readonly specification: Specification;
  readonly reference: Reference;
  readonly room: Room;
}

/** How an attempt to run an exercise went. */
interface Attempt {
  readonly executed: Notebook | undefined;
  readonly judgements: readonly Judgement[];
  readonly forged: number;
  /** The other answers that were run with it. */
  readonly stoodOn: readonly string[];
  readonly reason: string | undefined;
  /** The error of the answer's own cell or of the probes. */
  readonly failure: string | undefined;
  readonly seconds: number;
}

/**
 * Grades a submission, each exercise on a fresh kernel. An answer that breaks its own run is left out of later ones: there the
 * stub takes its place.
 */
export async function gradeSubmission(grader: Grader, submission: Submission): Promise<readonly GradedExercise[]> {
  const answers = new Map(submission.answers);
  const graded: GradedExercise[] = [];
  for (const exercise of exercisesOf(grader.specification)) {
    const { result, isBroken } = await gradeExercise(grader, exercise, answers);
    if (isBroken) answers.set(exercise.exercise, exercise.text);
    graded.push(result);
  }
  return graded;
}

interface Outcome {
  readonly result: GradedExercise;
  /** Should the answer be left out of later runs? */
  readonly isBroken: boolean;
}

async function gradeExercise(
  grader: Grader,
  exercise: Exercise,
  answers: ReadonlyMap<string, string>,
): Promise<Outcome> {
  const { exercise: id, points, text: stub, kind } = exercise;
  const none = { exercise: id, points, remark: '', judgements: [], seconds: 0 };
  if ((answers.get(id) ?? stub).trim() === stub.trim())
    return settled({ ...none, mark: 0, state: 'not written', remark: 'no answer was written' });
  if (kind === 'markdown' || !grader.reference.has(id))
    return settled({ ...none, mark: null, state: 'for a person', remark: 'needs a person' });
  const attempt = await bestAttempt(grader, exercise, answers);
  const { judgements, reason, executed, seconds } = attempt;
  const state = reason === undefined ? 'graded' : 'not run';
  const remark = remarkOf(attempt);
  const grade: Grade = { ...none, mark: earned(points, judgements), state, remark, judgements, seconds };
  return { result: { grade, executed }, isBroken: isBroken(attempt, id) };
}

function settled(grade: Grade): Outcome {
  return { result: { grade, executed: undefined }, isBroken: false };
}

/**
 * Runs an answer after the earlier answers on which it stands. If it earns less than all, these may be to blame: once more
 * with their solutions, and the better counts. So a mistake costs points once.
 */
async function bestAttempt(
  grader: Grader,
  { exercise }: Exercise,
  answers: ReadonlyMap<string, string>,
): Promise<Attempt> {
  const first = await attemptRun(grader, exercise, answers);
  if (holding(first) === first.judgements.length || first.stoodOn.length === 0) return first;
  const solved = new Map(rightAnswers(grader.specification)).set(exercise, answers.get(exercise)!);
  const beside = await attemptRun(grader, exercise, solved);
  const second = { ...beside, judgements: withheld(beside.judgements) };
  const better = holding(second) > holding(first) ? second : first;
  // What fails beside solutions can tell them.
  return { ...better, failure: better.failure && first.failure, seconds: first.seconds + second.seconds };
}

function holding({ judgements }: Attempt): number {
  return judgements.filter(({ holds }) => holds).length;
}

async function attemptRun(
  { specification, reference, room }: Grader,
  exercise: string,
  answers: ReadonlyMap<string, string>,
): Promise<Attempt> {
  const nonce = randomBytes(16).toString('hex');
  let assembled: Notebook;
  try {
    assembled = assemble(specification, exercise, { answers, nonce });
  } catch {
    return unreadable(judge([], reference.get(exercise) ?? []));
  }
  const { notebook: executed, reason, seconds } = await executeIn(room, assembled);
  const { sent, forged } = executed ? emissions(executed, nonce) : { sent: [], forged: 0 };
  const judgements = judge(sent, reference.get(exercise) ?? []);
  const ids = new Set(assembled.cells.map(({ id }) => id));
  const stoodOn = exercisesOf(specification).filter((each) => ids.has(each.id) && each.exercise !== exercise);
  const failure = failureOf(executed, exercise);
  return { executed, reason, failure, seconds, judgements, forged, stoodOn: stoodOn.map((each) => each.exercise) };
}

/** The attempt to run what cannot even be read. */
function unreadable(judgements: readonly Judgement[]): Attempt {
  const reason = 'the code is nested too deeply to be read';
  return { executed: undefined, judgements, forged: 0, stoodOn: [], reason, failure: undefined, seconds: 0 };
}

function remarkOf({ reason = '', failure = '', forged }: Attempt): string {
  const sent = forged > 0 ? 'the code has sent values in the place of the probes; they were not used' : '';
  return [reason, failure, sent].filter(Boolean).join('; ');
}

/** The error of an answer's own cell, in its words; of a probe's cell only what became of it: words might tell a hidden input. */
export function failureOf(executed: Notebook | undefined, id: string): string | undefined {
  const cells = executed?.cells.filter((cell) => cell.id === id || /^probe-\d+$/.test(cell.id)) ?? [];
  const errors = cells.flatMap((cell) =>
    (cell.outputs ?? []).filter(({ output_type }) => output_type === 'error').map((output) => ({ cell, output })),
  );
  const [first] = errors;
  if (!first) return undefined;
  const { ename = '', evalue } = first.output;
  return first.cell.id === id
    ? shortened(`${ename}: ${evalue}`)
    : (IN_PROBE.get(ename) ?? 'an error came up that it does not handle');
}

const IN_PROBE: ReadonlyMap<string, string> = new Map([
  ['CompileError', 'it cannot be called as the exercise asks: compare the types of what it takes'],
  ['Interrupted', 'Interrupted: the cell was stopped'],
]);

/** It did not come to an end, was stopped, or its cell failed. */
function isBroken({ executed, reason }: Attempt, id: string): boolean {
  if (reason !== undefined || !executed) return true;
  const outputs = executed.cells.flatMap((cell) => (cell.outputs ?? []).map((output) => ({ cell, output })));
  return outputs.some(
    ({ cell, output }) => output.output_type === 'error' && (cell.id === id || output.ename === 'Interrupted'),
  );
}
