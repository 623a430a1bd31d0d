import { createEngine } from './lorenz96/create-engine.js';
import { completeRun, type Lorenz96Options } from './lorenz96/options.js';
import { simulate } from './lorenz96/simulate.js';
import type { Trajectory } from './lorenz96/trajectory.js';

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
  return await simulate(completeRun('simulateLorenz96', options, options), createEngine);
}
