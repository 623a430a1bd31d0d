import type { CouplingTime } from './options.js';
import type { CompleteParameters } from './parameters.js';
import type { CompleteState } from './state.js';

/** Where samples are kept, row by row: X and coupling of shape [samples, K], Y of shape [samples, K J]. */
export interface Samples {
  readonly X: Float64Array;
  readonly Y: Float64Array;
  readonly coupling: Float64Array;
}

/** A Lorenz-96 system that goes on in steps of the fourth-order Runge–Kutta method. */
export interface Engine {
  /** Takes a state as the present one. */
  load(state: CompleteState): void;
  /** Goes on by at least one step. */
  advance(steps: number): void;
  /** Takes the last `advance` back. */
  rewind(): void;
  /** Whether every number of the state is finite. */
  isFinite(): boolean;
  /** Writes the present state and its coupling, or that of one step earlier if it is lagged, as one row. */
  store(samples: Samples, row: number): void;
  /** Ends the work; the engine is not used any more. */
  release(): void;
}

/** What makes an engine. */
export type EngineMaker = (parameters: CompleteParameters, dt: number, time: CouplingTime) => Engine;
