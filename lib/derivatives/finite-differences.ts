import * as tf from '@tensorflow/tfjs';
import { need, needOptions } from '../need.js';
import type { Model } from '../tape/model.js';
import { byDifferences, stepSizes } from './by-differences.js';
import { denseModel } from './dense-model.js';
import { kinksWithin } from './kinks.js';
import { differenceEvaluation } from './method.js';
import { problemOf } from './problem.js';

/** How far to step. */
export interface FiniteDifferencesOptions {
  /**
   * The step over the usual change of each input, its standard deviation over the rows (without one its size, or 1). By default
   * the best one: 6.7 × 10⁻⁶ in double precision, 5.6 × 10⁻³ in single.
   */
  readonly step?: number;
}

/** A Jacobian by central differences, and what is to be known about it. */
export interface FiniteDifferences {
  /** Shape [batch, out, in]; the caller disposes. */
  readonly values: tf.Tensor3D;
  /** The step h of each input, a power of two that x ± h can hold, shape [in]. */
  readonly steps: readonly number[];
  /**
   * For every row and input 1 where a unit of the network has a kink between x − h and x + h, so that the difference is an average of
   * both sides; shape [batch, in]. Undefined for models that are no stacks of dense layers: their kinks are not known.
   */
  readonly crossed: Uint8Array | undefined;
  /** How many pairs of row and input that are. */
  readonly crossings: number | undefined;
}

/**
 * The Jacobian by central differences, J_ki ≈ (f_k(x + h e_i) − f_k(x − h e_i)) / 2h, with the steps and the kinks that they cross.
 *
 * Off by h²/6 times the third derivative, and by rounding ε/h. For ReLU networks exact but for rounding where no kink is crossed.
 *
 * @param model - a model or a function, as `gradient` takes it.
 * @param x - where, shape [batch, in], finite.
 * @throws RangeError if `step` is not finite and above 0; otherwise as `gradient`.
 * @example
 * const { values, steps } = finiteDifferences((x) => tf.square(x), tf.tensor2d([[1], [3]]));
 * values.dataSync() // ≈ [2.000, 6.000]
 * steps // => [0.0078125]
 */
export function finiteDifferences(
  model: Model,
  x: tf.Tensor2D,
  options: FiniteDifferencesOptions = {},
): FiniteDifferences {
  needOptions('finiteDifferences', options);
  const problem = problemOf('finiteDifferences', model, x);
  const { rows, inputs, outputs } = problem;
  const conversion = denseModel(model);
  const evaluation = differenceEvaluation(problem, conversion);
  const { step = evaluation.steps[0]! } = options;
  need(Number.isFinite(step) && step > 0, 'finiteDifferences needs a finite step above 0', step);
  const steps = stepSizes(problem.x, inputs, { step, ...evaluation });
  const values = byDifferences(problem, { order: 1 }, { ...evaluation, steps: [step] });
  const crossed = 'stack' in conversion ? kinksWithin(conversion.stack, problem.x, steps) : undefined;
  const crossings = crossed?.reduce((sum, one) => sum + one, 0);
  return { values: tf.tensor3d(values, [rows, outputs, inputs]), steps, crossed, crossings };
}
