import { need } from '../need.js';
import { checkSampling, checkWatch, type RunOptions } from '../sampled-run.js';
import { type CompleteParameters, completeParameters, type Lorenz96Parameters } from './parameters.js';
import { type CompleteState, initialState, type Start } from './state.js';

/** When the coupling of a sample is taken: at its time, or one step earlier as in the original programme. */
export type CouplingTime = 'synchronous' | 'lagged';

/** How a run goes on in time. */
export interface Lorenz96Run extends RunOptions {
  /** Samples that are kept, the initial state among them; whole, at least 1. There are (samples − 1) stepsPerSample steps. */
  readonly samples: number;
  /** Steps from one sample to the next; whole, at least 1. Default 10. */
  readonly stepsPerSample?: number;
  /** Step of the Runge–Kutta method in model time units, above 0; default 0.001. */
  readonly dt?: number;
  /** Steps before the first sample, of which nothing is kept; whole, at least 0. Default 0. */
  readonly spinUpSteps?: number;
  /**
   * When the coupling of a sample is taken. Default 'synchronous': at the sample's time, from its own Y. 'lagged': at the
   * beginning of the last step before it, and 0 in the first sample, as the original has it.
   */
  readonly coupling?: CouplingTime;
}

/** What to simulate. */
export type Lorenz96Options = Lorenz96Parameters & Lorenz96Run & Start;

/** A run whose every option is known. */
export interface CompleteRun {
  /** The function that was called, for messages. */
  readonly owner: string;
  readonly parameters: CompleteParameters;
  readonly initial: CompleteState;
  readonly samples: number;
  readonly stepsPerSample: number;
  readonly spinUpSteps: number;
  readonly dt: number;
  readonly coupling: CouplingTime;
  readonly watch: RunOptions;
}

/** Throws what `simulateLorenz96` throws before it starts. */
export function completeRun(owner: string, options: Lorenz96Parameters & Lorenz96Run, start: Start): CompleteRun {
  const parameters = completeParameters(owner, options);
  const { samples, stepsPerSample = 10, spinUpSteps = 0, dt = 0.001, coupling = 'synchronous' } = options;
  checkSampling(owner, { samples, stepsPerSample, spinUpSteps });
  need(Number.isFinite(dt) && dt > 0, `${owner} needs a finite dt above 0`, dt);
  const times: readonly unknown[] = ['synchronous', 'lagged'] satisfies CouplingTime[];
  need(times.includes(coupling), `${owner} needs a coupling of synchronous or lagged`, coupling);
  checkWatch(owner, options);
  const initial = initialState(owner, parameters, start);
  return { owner, parameters, initial, samples, stepsPerSample, spinUpSteps, dt, coupling, watch: options };
}
