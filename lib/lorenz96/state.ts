import { need } from '../need.js';
import { checkSeed, numpyRandom, type Random } from '../random.js';
import { isList } from '../values.js';
import type { CompleteParameters } from './parameters.js';

/** A state of a Lorenz-96 system, and where a run begins. */
export interface Lorenz96State {
  /** Slow variables, shape [K]. */
  readonly X: ArrayLike<number>;
  /** Fast variables, those of X_k at k J … k J + J − 1, shape [K J]; none in one scale. */
  readonly Y?: ArrayLike<number>;
  /** Model time units; default 0. */
  readonly time?: number;
  /** The coupling one step earlier, with which a lagged run goes on; default 0 everywhere. Shape [K]. */
  readonly coupling?: ArrayLike<number>;
}

/** A state of which everything is known. */
export interface CompleteState {
  readonly X: Float64Array;
  readonly Y: Float64Array;
  readonly time: number;
  readonly coupling: Float64Array;
}

/** Where a run begins: at a state, or at random. */
export type Start =
  | { readonly initial: Lorenz96State; readonly seed?: undefined }
  | {
      /** Draws the initial state, X = 10 z and then Y = z with Gaussian z: a whole number, 0 … 2³² − 1, or a stream that goes on. */
      readonly seed: number | Random;
      readonly initial?: undefined;
    };

/**
 * The state that a run begins with.
 *
 * @throws RangeError if the seed is no seed, or an array of the state has the wrong size or holds NaN or an infinity;
 * TypeError if there is not one of them, or it is of another kind.
 */
export function initialState(owner: string, parameters: CompleteParameters, { seed, initial }: Start): CompleteState {
  need(
    (seed === undefined) !== (initial === undefined),
    `${owner} needs a seed or an initial state`,
    { words: seed === undefined ? 'neither' : 'both' },
    TypeError,
  );
  return initial === undefined ? drawn(parameters, streamOf(owner, seed)) : given(owner, parameters, initial);
}

/** The stream of random numbers that a seed stands for; one that is given goes on. */
export function streamOf(owner: string, seed: number | Random | undefined): Random {
  if (typeof seed === 'number') {
    checkSeed(owner, seed);
    return numpyRandom(seed);
  }
  const isStream = typeof seed === 'object' && typeof (seed as Partial<Random> | null)?.normal === 'function';
  need(isStream, `${owner} needs a seed that is a number or a Random`, seed, TypeError);
  return seed as Random;
}

function drawn({ K, J }: CompleteParameters, random: Random): CompleteState {
  const X = random.normal(0, 1, K).map((z) => 10 * z);
  return { X, Y: random.normal(0, 1, K * J), time: 0, coupling: new Float64Array(K) };
}

function given(owner: string, { K, J }: CompleteParameters, initial: Lorenz96State | null): CompleteState {
  need(typeof initial === 'object' && initial !== null, `${owner} needs an initial state { X, Y }`, initial, TypeError);
  const { X, Y = [], time = 0, coupling = new Float64Array(K) } = initial;
  need(Number.isFinite(time), `${owner} needs a finite time of the initial state`, time);
  return {
    X: numbers(owner, 'X', X, K),
    Y: numbers(owner, 'Y', Y, K * J),
    time,
    coupling: numbers(owner, 'coupling', coupling, K),
  };
}

function numbers(owner: string, name: string, values: ArrayLike<number>, size: number): Float64Array {
  need(isList(values), `${owner} needs an array or a typed array as ${name} of the initial state`, values, TypeError);
  need(values.length === size, `${owner} needs ${size} numbers in ${name} of the initial state`, values.length);
  // Before they become numbers: of null they make 0.
  const bad = Array.from(values).findIndex((value) => !Number.isFinite(value));
  need(bad < 0, `${owner} needs a finite number at ${name}[${bad}] of the initial state`, values[bad]);
  return Float64Array.from(values);
}
