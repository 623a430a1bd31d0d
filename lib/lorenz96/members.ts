import { need, needOptions } from '../need.js';
import type { Random } from '../random.js';
import type { RunProgress } from '../sampled-run.js';
import { createEngine } from './create-engine.js';
import { type CompleteRun, completeRun, type Lorenz96Run } from './options.js';
import type { Lorenz96Parameters } from './parameters.js';
import { simulate } from './simulate.js';
import { type Lorenz96State, type Start, streamOf } from './state.js';
import type { Trajectory } from './trajectory.js';

/** Where the members of an ensemble begin: at states, or so many of them at random, one after the other from one stream. */
export type MemberStarts =
  | { readonly members: readonly Lorenz96State[]; readonly seed?: undefined }
  | { readonly members: number; readonly seed: number | Random };

/** What to simulate several times. */
export type Lorenz96MembersOptions = Lorenz96Parameters & Lorenz96Run & MemberStarts;

const OWNER = 'simulateLorenz96Members';

/**
 * Simulates several members of an ensemble: the same Lorenz-96 system from several states, one run after the other.
 *
 * @param options - as for {@link simulateLorenz96}, but with `members`: their initial states, or how many are drawn at random.
 * @returns a trajectory for each member. If the signal stopped the work: those that began, the last one marked as stopped.
 * @throws RangeError if a number or a size is not as said; TypeError if something is of the wrong kind; Error with the step if a
 * number becomes NaN or infinite there.
 * @example
 * const start = { X: [8, 8, 8, 8.01] };
 * const nearby = { X: [8, 8, 8, 8.01 + 1e-8] };
 * const [one, other] = await simulateLorenz96Members({ K: 4, F: 8, samples: 2, members: [start, nearby] });
 * one.X[3] === other.X[3] // => false
 */
export async function simulateLorenz96Members(options: Lorenz96MembersOptions): Promise<readonly Trajectory[]> {
  const runs = startsOf(options).map((start) => completeRun(OWNER, options, start));
  const trajectories: Trajectory[] = [];
  for (const run of runs) {
    if (trajectories.length > 0 && options.signal?.aborted) break;
    trajectories.push(await simulate(withTotals(run, trajectories.length, runs.length), createEngine));
  }
  return trajectories;
}

function startsOf(options: Lorenz96MembersOptions): readonly Start[] {
  needOptions(OWNER, options);
  const { members, seed } = options;
  if (typeof members !== 'number') {
    need(Array.isArray(members), `${OWNER} needs members that are a number or states`, members, TypeError);
    need(seed === undefined, `${OWNER} needs a seed or initial states`, { words: 'both' }, TypeError);
    need(members.length > 0, `${OWNER} needs at least one member`, 0);
    return members.map((initial) => ({ initial }));
  }
  need(Number.isSafeInteger(members) && members >= 1, `${OWNER} needs whole members of at least 1`, members);
  const stream = streamOf(OWNER, seed);
  return Array.from({ length: members }, () => ({ seed: stream }));
}

// The progress of one member as that of all of them.
function withTotals(run: CompleteRun, member: number, members: number): CompleteRun {
  const { onProgress, ...watch } = run.watch;
  if (!onProgress) return run;
  const ofAll = ({ step, steps, seconds }: RunProgress) =>
    onProgress({ step: member * steps + step, steps: members * steps, seconds });
  return { ...run, watch: { ...watch, onProgress: ofAll } };
}
