import { need, needOptions } from './need.js';
import { checkedSlope, type Integrator, rk4, type Tendency } from './ode.js';
import { checkSampling, checkWatch, type RunOptions, roomFor, sampledRun, sampleTimes } from './sampled-run.js';
import { isList } from './values.js';

/** How to follow an equation in time. */
export interface IntegrateOptions extends RunOptions {
  /** Step; finite, not zero (negative goes backwards). */
  readonly dt: number;
  /** Samples that are kept, the initial state among them; whole, at least 1. */
  readonly samples: number;
  /** Steps from one sample to the next; whole, at least 1. Default 1. */
  readonly stepsPerSample?: number;
  /** Steps before the first sample; whole, at least 0. Default 0. */
  readonly spinUpSteps?: number;
  /** The method; default {@link rk4}. */
  readonly integrator?: Integrator;
  /** Time of the initial state; default 0. */
  readonly time?: number;
}

/** Samples of a solution, row by row. */
export interface Solution {
  /** Samples that there are: fewer than asked for if the run was stopped. */
  readonly samples: number;
  /** Numbers of a state. */
  readonly size: number;
  /** Shape [samples]. */
  readonly time: Float64Array;
  /** Shape [samples, size]. */
  readonly states: Float64Array;
  /** Whether the run was stopped before its end. */
  readonly stopped: boolean;
}

/**
 * Follows an ordinary differential equation from an initial state, in steps of equal length.
 *
 * @param f - tendency dx/dt = f(x, t).
 * @param initial - state to begin with, shape [size]; left alone.
 * @returns the samples; those until then, marked as stopped, if the signal stopped the run.
 * @throws RangeError if a number is not as said, the initial state is empty or not finite, or `f` gives another number of
 * numbers; TypeError if something is of the wrong kind; Error with the step if a number becomes NaN or infinite there.
 * @example
 * const { states } = await integrate((x) => x.map((xi) => -xi), [1], { dt: 0.1, samples: 3, stepsPerSample: 5 });
 * states // ≈ [1, 0.606531, 0.367880]
 */
export async function integrate(f: Tendency, initial: ArrayLike<number>, options: IntegrateOptions): Promise<Solution> {
  needOptions('integrate', options);
  const { dt, samples, stepsPerSample = 1, spinUpSteps = 0, integrator = rk4, time: start = 0 } = options;
  const sampling = { samples, stepsPerSample, spinUpSteps };
  checkSampling('integrate', sampling);
  checkWatch('integrate', options);
  need(Number.isFinite(dt) && dt !== 0, 'integrate needs a finite dt other than 0', dt);
  need(Number.isFinite(start), 'integrate needs a finite time', start);
  need(typeof f === 'function', 'integrate needs a function f', f, TypeError);
  need(typeof integrator === 'function', 'integrate needs a function as integrator', integrator, TypeError);
  const first = stateOf('integrate', initial);
  const size = first.length;
  const states = roomFor('integrate', samples, size);
  const times = sampleTimes(start, dt, sampling);
  const tendency: Tendency = (x, t) => checkedSlope('integrate needs a tendency', f(x, t), size);
  let x = first;
  const { samples: taken } = await sampledRun(
    {
      stride: 1,
      advance(_, step) {
        x = integrator(tendency, x, dt, { t: start + step * dt });
        checkState('integrate', x, { size, step: step + 1 });
      },
      keep: (sample) => states.set(x, sample * size),
    },
    sampling,
    options,
  );
  const stopped = taken < samples;
  const kept = stopped
    ? { time: times.slice(0, taken), states: states.slice(0, taken * size) }
    : { time: times, states };
  return Object.freeze({ samples: taken, size, ...kept, stopped });
}

/**
 * A copy of a state.
 *
 * @throws TypeError if it is no array of numbers; RangeError if it is empty or not finite.
 */
export function stateOf(owner: string, initial: ArrayLike<number>): Float64Array {
  need(isList(initial), `${owner} needs an array or a typed array as initial state`, initial, TypeError);
  need(initial.length > 0, `${owner} needs an initial state of at least one number`, initial.length);
  // Before they become numbers: of null they make 0.
  const bad = Array.from(initial).findIndex((value) => !Number.isFinite(value));
  need(bad < 0, `${owner} needs a finite number at ${bad} of the initial state`, initial[bad]);
  return Float64Array.from(initial);
}

/** Throws a RangeError unless an integrator gave a state of this size, and an Error with the step unless it is finite. */
export function checkState(
  owner: string,
  x: Float64Array,
  { size, step }: { readonly size: number; readonly step: number },
): void {
  checkedSlope(`${owner} needs an integrator that gives states`, x, size);
  const bad = x.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const got = { words: `${x[bad]} at ${bad}` };
  need(false, `${owner} needs finite numbers, in step ${step} (a smaller dt helps)`, got, Error);
}
