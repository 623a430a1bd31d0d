import { need } from './need.js';
import { nextTurn } from './next-turn.js';

/** Where a long run stands. */
export interface RunProgress {
  /** Steps taken. */
  readonly step: number;
  /** Steps of the whole run. */
  readonly steps: number;
  /** Time since its beginning. */
  readonly seconds: number;
}

/** How to follow a long run, and to stop it. */
export interface RunOptions {
  /** Called about fifty times a second, and at the end; waited for. */
  readonly onProgress?: (progress: RunProgress) => void | Promise<void>;
  /** Stops the run; what it has by then is kept. */
  readonly signal?: AbortSignal;
}

/** How many samples there are, and the steps between and before them. */
export interface Sampling {
  readonly samples: number;
  readonly stepsPerSample: number;
  readonly spinUpSteps?: number;
}

/** Something that goes on step by step. */
export interface Stepper {
  /** The most steps at once: a few milliseconds of work. */
  readonly stride: number;
  /** Goes on; `step` is how many steps were taken before. */
  advance(steps: number, step: number): void;
  /** Keeps the present state as a sample. */
  keep(sample: number): void;
}

const LONGEST_TURN = 20; // ms

/** How far a run came: fewer samples than asked for if it was stopped. */
export interface RunEnd {
  readonly samples: number;
  readonly steps: number;
}

/** Takes a run's samples, the first after the spin-up; meanwhile other work of the process goes on. */
export async function sampledRun(
  stepper: Stepper,
  { samples, stepsPerSample, spinUpSteps = 0 }: Sampling,
  { onProgress, signal }: RunOptions,
): Promise<RunEnd> {
  const start = performance.now();
  const steps = spinUpSteps + (samples - 1) * stepsPerSample;
  const report = (step: number) => onProgress?.({ step, steps, seconds: (performance.now() - start) / 1000 });
  let [step, turn] = [0, start];
  for (let sample = 0; sample < samples; sample++) {
    const next = spinUpSteps + sample * stepsPerSample;
    while (step < next) {
      if (signal?.aborted) return { samples: sample, steps: step };
      const count = Math.min(next - step, stepper.stride);
      stepper.advance(count, step);
      step += count;
      if (performance.now() - turn < LONGEST_TURN) continue;
      await report(step);
      await nextTurn();
      turn = performance.now();
    }
    stepper.keep(sample);
  }
  await report(steps);
  return { samples, steps };
}

/**
 * The times of a run's samples, shape [samples]. A start that is a whole number of intervals is counted in them, so that a run in
 * two parts has the same times as one.
 */
export function sampleTimes(
  start: number,
  dt: number,
  { samples, stepsPerSample, spinUpSteps = 0 }: Sampling,
): Float64Array {
  const interval = stepsPerSample * dt;
  const before = Math.round(start / interval);
  const [offset, counted] = before * interval === start ? [0, before] : [start, 0];
  const first = counted + spinUpSteps / stepsPerSample;
  const times = new Float64Array(samples);
  for (let n = 0; n < samples; n++) times[n] = offset + (first + n) * interval;
  return times;
}

/** Room for samples, row by row. Throws an Error if there is not so much memory. */
export function roomFor(owner: string, samples: number, width: number): Float64Array {
  try {
    return new Float64Array(samples * width);
  } catch {
    throw new Error(`${owner} needs samples that fit into memory, got ${samples} of ${width} numbers`);
  }
}

/** Throws a RangeError unless the numbers of samples and steps are whole and not too small. */
export function checkSampling(owner: string, { samples, stepsPerSample, spinUpSteps = 0 }: Sampling): void {
  need(isWhole(samples, 1), `${owner} needs whole samples of at least 1`, samples);
  need(isWhole(stepsPerSample, 1), `${owner} needs a whole stepsPerSample of at least 1`, stepsPerSample);
  need(isWhole(spinUpSteps, 0), `${owner} needs whole spinUpSteps of at least 0`, spinUpSteps);
}

/** What may watch a run, not yet checked. */
interface Watch {
  readonly onProgress?: unknown;
  readonly signal?: unknown;
}

/** Throws a TypeError unless the callback is a function and the signal one. */
export function checkWatch(owner: string, { onProgress, signal }: Watch): void {
  const isFunction = onProgress === undefined || typeof onProgress === 'function';
  need(isFunction, `${owner} needs a function onProgress`, onProgress, TypeError);
  const isSignal = signal === undefined || (typeof signal === 'object' && signal !== null && 'aborted' in signal);
  need(isSignal, `${owner} needs an AbortSignal as signal`, signal, TypeError);
}

function isWhole(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
