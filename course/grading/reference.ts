import { randomBytes } from 'node:crypto';
import { problems } from '../notebook.js';
import { assemble } from './assemble.js';
import { executeIn, type Room } from './execute.js';
import { type Emission, emissions } from './judge.js';
import { exercisesOf, type Specification } from './specification.js';

/** What the probes of each exercise give for a right answer. Exercises without probes are missing. */
export type Reference = ReadonlyMap<string, readonly Emission[]>;

/** Of a run, in seconds: the teacher's own code ends. */
const LONGEST = 1200;

/**
 * Runs the probes of a notebook with right answers: the references of the source, or its solutions where it has none.
 *
 * @throws Error with the exercise and the reason if one cannot be run or a probe gives no value.
 */
export async function referenceOf(specification: Specification, room: Room): Promise<Reference> {
  const limits = { ...room.limits, cell: LONGEST, seconds: LONGEST };
  const own = { ...room, limits, isTrusted: true };
  const reference = new Map<string, readonly Emission[]>();
  for (const { exercise } of exercisesOf(specification)) {
    if (!specification.probes.some((probe) => probe.exercise === exercise)) continue;
    reference.set(
      exercise,
      await valuesOf(specification, exercise, { answers: rightAnswers(specification, exercise), room: own }),
    );
  }
  return reference;
}

/** Solutions, and for the exercise itself its reference. */
export function rightAnswers(specification: Specification, exercise?: string): ReadonlyMap<string, string> {
  const own = specification.references.filter((each) => each.exercise === exercise);
  return new Map([
    ...exercisesOf(specification).map((each) => [each.exercise, each.solution] as const),
    ...own.map((each) => [each.exercise, each.text] as const),
  ]);
}

interface Question {
  readonly answers: ReadonlyMap<string, string>;
  readonly room: Room;
}

async function valuesOf(
  specification: Specification,
  exercise: string,
  { answers, room }: Question,
): Promise<readonly Emission[]> {
  const nonce = randomBytes(16).toString('hex');
  const { notebook, reason } = await executeIn(room, assemble(specification, exercise, { answers, nonce }));
  const place = `the reference of ${exercise} (${specification.notebook})`;
  if (!notebook) throw new Error(`grade needs ${place} to run, got: ${reason}`);
  const [problem] = problems(notebook);
  if (problem !== undefined) throw new Error(`grade needs ${place} to run, got: ${problem}`);
  const { sent } = emissions(notebook, nonce);
  const failed = sent.find(({ value }) => value === undefined);
  if (failed) throw new Error(`grade needs a value from each probe of ${place}, got: ${failed.failure}`);
  if (new Set(sent.map(({ property }) => property)).size < Math.max(sent.length, 1))
    throw new Error(`grade needs probes of different names in ${place}, got the same again or none`);
  return sent;
}
