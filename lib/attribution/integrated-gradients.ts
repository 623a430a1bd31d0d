import * as tf from '@tensorflow/tfjs';
import { jacobian as denseJacobian } from '../dense/jacobian.js';
import type { JacobianOptions } from '../derivatives/jacobian.js';
import { differentiator } from '../derivatives/method.js';
import { problemOf } from '../derivatives/problem.js';
import { predictor } from '../importance/predictor.js';
import { need, needOptions } from '../need.js';
import type { Model } from '../tape/model.js';
import { isList } from '../values.js';
import { kinkPlaces } from './kink-places.js';
import { integratedPaths } from './paths.js';

/** From where to integrate, and how exactly. */
export interface IntegratedGradientsOptions extends JacobianOptions {
  /** Where the paths begin, one number for each input; zeros by default. */
  readonly baseline?: readonly number[];
  /**
   * How far the attributions of an output may be from adding up, over the largest size of that output; 10⁻⁷ by default, 10⁻⁵ where
   * outputs or gradients come in single precision.
   */
  readonly tolerance?: number;
}

/** Integrated gradients, and how completely they add up. */
export interface IntegratedGradients {
  /** Shape [batch, out, in]; the caller disposes. */
  readonly values: tf.Tensor3D;
  /** Σ_i attribution_i − (f(x) − f(baseline)) in double precision, shape [batch, out]. */
  readonly gaps: Float64Array;
  /** The largest of them in size. */
  readonly largestGap: number;
  /** Jacobians that were computed. */
  readonly evaluations: number;
}

/**
 * Integrated gradients: (x_i − x'_i) ∫ ∂f_k/∂x_i (x' + t (x − x')) dt over t from 0 to 1, for all outputs at every row.
 *
 * They are complete: those of an output add up to f(x) − f(x'). By Kronrod's rule of seven points on parts of the path that are
 * halved until each of them adds up, and until Gauss's rule of three of these points gives nearly the same for every input. In
 * stacks of dense layers the parts begin and end at the kinks, which are found exactly for ReLU networks; elsewhere halving closes in
 * on them. Rules with fixed points miss them. `gaps` tells what is left.
 *
 * @param model - a model or a function, as `gradient` takes it.
 * @param x - where, shape [batch, in], finite.
 * @throws RangeError if `baseline` is not one finite number for each input, or `tolerance` not finite and above 0; otherwise as
 * `gradient`.
 * @example
 * const found = integratedGradients((x) => tf.prod(x, 1), tf.tensor2d([[2, 3]]));
 * found.values.dataSync() // ≈ [3.0000, 3.0000]
 * @see Sundararajan, Taly, Yan (2017), https://arxiv.org/abs/1703.01365
 */
export function integratedGradients(
  model: Model,
  x: tf.Tensor2D,
  options: IntegratedGradientsOptions = {},
): IntegratedGradients {
  needOptions('integratedGradients', options);
  const problem = problemOf('integratedGradients', model, x);
  const { rows, inputs, outputs } = problem;
  const { baseline = new Array<number>(inputs).fill(0), tolerance } = options;
  need(isList(baseline), 'integratedGradients needs a list of numbers as baseline', baseline, TypeError);
  const isGood = baseline.length === inputs && baseline.every(Number.isFinite);
  need(isGood, `integratedGradients needs a baseline of ${inputs} finite numbers`, [...baseline]);
  const isPositive = tolerance === undefined || (Number.isFinite(tolerance) && tolerance > 0);
  need(isPositive, 'integratedGradients needs a finite tolerance above 0', tolerance);
  const { predict, stack } = predictor(problem);
  const differentiate = differentiator(problem, options.method);
  const isDense = stack !== undefined && (options.method === undefined || ['auto', 'dense'].includes(options.method));
  const paths = { x: problem.x, baseline, inputs, outputs };
  const slopes = isDense
    ? (points: Float64Array) => denseJacobian(stack, points)
    : (points: Float64Array) => differentiate(new Float32Array(points), { order: 1 });
  const found = integratedPaths(
    paths,
    { predict, slopes },
    {
      tolerance: tolerance ?? (isDense ? 1e-7 : 1e-5),
      places: isDense ? kinkPlaces(stack, paths) : undefined,
    },
  );
  return {
    values: tf.tensor3d(new Float32Array(found.values), [rows, outputs, inputs]),
    gaps: found.gaps,
    largestGap: found.gaps.reduce((largest, gap) => Math.max(largest, Math.abs(gap)), 0),
    evaluations: found.evaluations,
  };
}
