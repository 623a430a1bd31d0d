import { need } from '../need.js';
import { roomFor, type Stepper, sampledRun, sampleTimes } from '../sampled-run.js';
import type { Engine, EngineMaker, Samples } from './engine.js';
import type { CompleteRun } from './options.js';
import type { Lorenz96State } from './state.js';
import { type Trajectory, trajectoryOf } from './trajectory.js';

/** Numbers of a state times steps, about: a few milliseconds of work even without WebAssembly. */
const NUMBERS_AT_ONCE = 100_000;

/** Simulates on an engine of the given kind. */
export async function simulate(run: CompleteRun, make: EngineMaker): Promise<Trajectory> {
  const engine = make(run.parameters, run.dt, run.coupling);
  try {
    return await simulateOn(engine, run);
  } finally {
    engine.release();
  }
}

async function simulateOn(engine: Engine, run: CompleteRun): Promise<Trajectory> {
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
  const room = (width: number): Float64Array => roomFor(owner, samples, width);
  return { X: room(K), Y: room(K * J), coupling: room(K) };
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
