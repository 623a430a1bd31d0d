import { createEngine, type Engine, type EngineMaker, type Samples } from './lorenz96/engine.js';
import { type CompleteRun, completeRun, type Lorenz96Options } from './lorenz96/options.js';
import type { Lorenz96State } from './lorenz96/state.js';
import { type Trajectory, trajectoryOf } from './lorenz96/trajectory.js';
import { need } from './need.js';
import { type Stepper, sampledRun, sampleTimes } from './sampled-run.js';

/** Numbers of a state times steps, about: a few milliseconds of work even without WebAssembly. */
const NUMBERS_AT_ONCE = 100_000;

/**
 * Simulates a Lorenz-96 system ({@link lorenz96} has the equations) with the classical fourth-order Runge–Kutta method.
 *
 * It starts at `initial`, or at random: X = 10 z and then Y = z, z Gaussian from the seed's NumPy stream. The same start gives
 * the same bits on every machine. Two scales with K = 8, J = 32, F = 18, dt = 0.001, 20,001 samples every 10 steps, seed 14 and
 * `coupling: 'lagged'` are, bit for bit, the run behind "Interpreting Neural Networks" in the book of L96_demo.
 *
 * @param options - the system, its start, and how many samples to keep.
 * @returns the samples; those until then, marked as stopped, if the signal stopped the run. Its `final` state continues it:
 * a run in two parts has the same bits as one.
 * @throws RangeError if a number or a size is not as said; TypeError if something is of the wrong kind; Error with the step if a
 * number becomes NaN or infinite there (a smaller dt helps), or if the samples do not fit into memory.
 * @example
 * const options = { K: 8, J: 32, F: 18, dt: 0.001, stepsPerSample: 10 };
 * const run = await simulateLorenz96({ ...options, samples: 3, seed: 14 });
 * run.X.length // => 24
 * run.X[8] // => 15.760696837504193
 * const more = await simulateLorenz96({ ...options, samples: 2, initial: run.final });
 * more.time[1] // => 0.03
 * @see Lorenz (1996), Predictability: a problem partly solved; https://m2lines.github.io/L96_demo
 */
export async function simulateLorenz96(options: Lorenz96Options): Promise<Trajectory> {
  return await simulate(completeRun('simulateLorenz96', options), createEngine);
}

/** Simulates on an engine of the given kind. */
export async function simulate(run: CompleteRun, make: EngineMaker): Promise<Trajectory> {
  const engine = make(run.parameters, run.dt, run.coupling);
  const samples = rowsFor(run, run.samples);
  engine.load(run.initial);
  const { samples: taken, steps } = await sampledRun(stepper(run, engine, samples), run, run.watch);
  const time = sampleTimes(run.initial.time, run.dt, run).slice(0, taken);
  const stopped = taken < run.samples;
  const kept = stopped ? firstRows(run, samples, taken) : samples;
  const last = taken > 0 ? lastRow(run, kept, taken) : present(run, engine);
  const final = { ...last, time: time.at(-1) ?? run.initial.time + steps * run.dt };
  return trajectoryOf({ parameters: run.parameters, ...kept, time, final, stopped });
}

function rowsFor({ owner, parameters: { K, J } }: CompleteRun, samples: number): Samples {
  try {
    const [X, Y, coupling] = [K, K * J, K].map((width) => new Float64Array(samples * width));
    return { X: X!, Y: Y!, coupling: coupling! };
  } catch {
    throw new Error(`${owner} needs samples that fit into memory, got ${samples} of ${K * (2 + J)} numbers`);
  }
}

function stepper(run: CompleteRun, engine: Engine, samples: Samples): Stepper {
  const { K, J } = run.parameters;
  return {
    stride: Math.max(1, Math.floor(NUMBERS_AT_ONCE / (K * (1 + J)))),
    advance(steps, step) {
      engine.advance(steps);
      if (!engine.isFinite()) refuse(run, engine, { steps, step });
    },
    keep: (sample) => engine.store(samples, sample),
  };
}

// Takes the same steps again, one by one, to name the first that fails.
function refuse(run: CompleteRun, engine: Engine, { steps, step }: { steps: number; step: number }): never {
  engine.rewind();
  let failed = step;
  do {
    engine.advance(1);
    failed++;
  } while (engine.isFinite() && failed < step + steps);
  const { X, Y } = present(run, engine);
  const [name, values] = X.every(Number.isFinite) ? ['Y', Y] : ['X', X];
  const bad = values.findIndex((value) => !Number.isFinite(value));
  const got = { words: `${values[bad]} at ${name}[${bad}]` };
  need(false, `${run.owner} needs finite numbers, in step ${failed} (a smaller dt helps)`, got, Error);
}

function present(run: CompleteRun, engine: Engine): Samples {
  const row = rowsFor(run, 1);
  engine.store(row, 0);
  return row;
}

function firstRows({ parameters: { K, J } }: CompleteRun, { X, Y, coupling }: Samples, rows: number): Samples {
  return { X: X.slice(0, rows * K), Y: Y.slice(0, rows * K * J), coupling: coupling.slice(0, rows * K) };
}

function lastRow({ parameters: { K, J }, coupling: time }: CompleteRun, samples: Samples, rows: number): Lorenz96State {
  const row = (values: Float64Array, width: number) => values.slice((rows - 1) * width, rows * width);
  const state = { X: row(samples.X, K), Y: row(samples.Y, K * J) };
  return time === 'lagged' ? { ...state, coupling: row(samples.coupling, K) } : state;
}
