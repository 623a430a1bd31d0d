import { checkState, stateOf } from './integrate.js';
import {
  orthonormalise,
  type TangentLinearSystem,
  tendencyWithDirections,
  withDirections,
} from './lyapunov/directions.js';
import { meanRates, rateErrors } from './lyapunov/growth.js';
import { need, needOptions } from './need.js';
import { type Integrator, rk4 } from './ode.js';
import { checkSampling, checkWatch, type RunOptions, roomFor, type Stepper, sampledRun } from './sampled-run.js';

/** How to measure Lyapunov exponents. */
export interface LyapunovOptions extends RunOptions {
  /** State to begin with, shape [n]. */
  readonly initial: ArrayLike<number>;
  /** Step, finite and above 0. */
  readonly dt: number;
  /** How often the directions are made orthogonal, and their growth is measured; whole, at least 1. */
  readonly samples: number;
  /** Steps from one time to the next; whole, at least 1. Default 10. */
  readonly stepsPerSample?: number;
  /** Steps before the measurement, in which the directions find their place; whole, at least 0. Default 0. */
  readonly spinUpSteps?: number;
  /** How many exponents, the largest first; whole, 1 … n. Default n. */
  readonly exponents?: number;
  /** The method; default {@link rk4}. */
  readonly integrator?: Integrator;
}

/** Lyapunov exponents per unit of time, the largest first (neighbours that differ by less than their errors may have changed places). */
export interface LyapunovExponents {
  /** Shape [exponents]; NaN if nothing was measured. */
  readonly exponents: Float64Array;
  /** Their standard errors, from the means over 20 spans of time; NaN for fewer samples. */
  readonly errors: Float64Array;
  /** Times at which the growth was measured: fewer than asked for if the run was stopped. */
  readonly samples: number;
  /** Whether the run was stopped before its end. */
  readonly stopped: boolean;
}

/**
 * Measures the Lyapunov exponents of a system: the rates at which small errors grow.
 *
 * Directions move with the tangent linear system along the trajectory. Time and again they are made orthonormal (QR
 * decomposition), and the logarithms of the lengths they had are summed: λ_i = Σ ln R_ii / time. They sum to the mean trace
 * of the Jacobian.
 *
 * @throws RangeError if a number is not as said, or the state is empty or not finite; TypeError if something is of the wrong
 * kind; Error with the step if a number becomes NaN or infinite there.
 * @example
 * const system = lorenz96({ K: 4, F: 1 });
 * const { exponents } = await lyapunovExponents(system, { initial: [1, 1, 1, 1.1], dt: 0.02, samples: 100 });
 * exponents.reduce((sum, rate) => sum + rate) // ≈ -4.000
 * @see Benettin et al. (1980), Meccanica 15, 9; Wolf et al. (1985), Physica D 16, 285
 */
export async function lyapunovExponents(
  system: TangentLinearSystem,
  options: LyapunovOptions,
): Promise<LyapunovExponents> {
  checkSystem(system);
  needOptions('lyapunovExponents', options);
  const { dt, samples, stepsPerSample = 10, spinUpSteps = 0 } = options;
  const initial = checkedStart(options);
  const count = options.exponents ?? initial.length;
  const logarithms = roomFor('lyapunovExponents', samples, count);
  // The first sample is the beginning, where there is nothing to measure yet.
  const sampling = { samples: samples + 1, stepsPerSample, spinUpSteps };
  const { samples: taken } = await sampledRun(stepper(system, options, { initial, logarithms }), sampling, options);
  const growth = { logarithms, count, samples: Math.max(0, taken - 1), interval: stepsPerSample * dt };
  return Object.freeze({
    exponents: meanRates(growth),
    errors: rateErrors(growth),
    samples: growth.samples,
    stopped: growth.samples < samples,
  });
}

function checkSystem(system: Partial<TangentLinearSystem> | null): void {
  const isSystem = typeof system?.tendency === 'function' && typeof system.tangent === 'function';
  need(isSystem, 'lyapunovExponents needs a system { tendency, tangent } of functions', system, TypeError);
}

function checkedStart(options: LyapunovOptions): Float64Array {
  const { dt, samples, stepsPerSample = 10, spinUpSteps = 0, integrator = rk4 } = options;
  const initial = stateOf('lyapunovExponents', options.initial);
  const { exponents = initial.length } = options;
  checkSampling('lyapunovExponents', { samples, stepsPerSample, spinUpSteps });
  checkWatch('lyapunovExponents', options);
  need(typeof integrator === 'function', 'lyapunovExponents needs a function as integrator', integrator, TypeError);
  need(Number.isFinite(dt) && dt > 0, 'lyapunovExponents needs a finite dt above 0', dt);
  const fits = Number.isInteger(exponents) && exponents >= 1 && exponents <= initial.length;
  need(fits, `lyapunovExponents needs whole exponents, 1 to ${initial.length}`, exponents);
  return initial;
}

interface Measurement {
  readonly initial: Float64Array;
  readonly logarithms: Float64Array;
}

function stepper(system: TangentLinearSystem, options: LyapunovOptions, { initial, logarithms }: Measurement): Stepper {
  const { dt, stepsPerSample = 10, spinUpSteps = 0, integrator = rk4, exponents: count = initial.length } = options;
  const n = initial.length;
  const tendency = tendencyWithDirections(system, n);
  let all = withDirections(initial, count);
  return {
    stride: 1,
    advance(_, step) {
      all = integrator(tendency, all, dt, { t: step * dt });
      checkState('lyapunovExponents', all, { size: n * (1 + count), step: step + 1 });
      if (step < spinUpSteps && step % stepsPerSample === 0) orthonormalise(all.subarray(n), n);
    },
    keep(sample) {
      const lengths = orthonormalise(all.subarray(n), n);
      if (sample > 0) logarithms.set(lengths.map(Math.log), (sample - 1) * count);
    },
  };
}
