import * as tf from '@tensorflow/tfjs';
import type { JacobianOptions } from '../derivatives/jacobian.js';
import { differentiator } from '../derivatives/method.js';
import { problemOf } from '../derivatives/problem.js';
import { deviations } from '../derivatives/scales.js';
import { need, needOptions } from '../need.js';
import { checkSeed, numpyRandom } from '../random.js';
import type { Model } from '../tape/model.js';

/** How much noise, how often, and how to differentiate. */
export interface SmoothGradOptions extends JacobianOptions {
  /** Seed of the noise, a whole number, 0 … 2³² − 1. */
  readonly seed: number;
  /** Noisy copies of every row; 50 by default. */
  readonly samples?: number;
  /** Standard deviation of the noise, over that of each input among the rows; 0.15 by default. */
  readonly noise?: number;
}

/** Smoothed gradients and how sure they are. The caller disposes. */
export interface SmoothGrad {
  /** The mean Jacobian around every row, shape [batch, out, in]. */
  readonly values: tf.Tensor3D;
  /** Its standard errors, from the spread of the samples; shape [batch, out, in]; NaN for a single sample. */
  readonly standardErrors: tf.Tensor3D;
}

/**
 * SmoothGrad: the Jacobian averaged over Gaussian noise around every row, E ∂f_k/∂x_i (x + noise).
 *
 * The noise of an input is a share of its standard deviation over the rows: an input that is constant gets none.
 *
 * @param model - a model or a function, as `gradient` takes it.
 * @param x - where, shape [batch, in], finite.
 * @throws RangeError if `samples` is no whole number of at least 1, `noise` not finite and at least 0, or `seed` none; otherwise
 * as `gradient`.
 * @example
 * const { values } = smoothGrad((x) => x.mul(2), tf.tensor2d([[1], [3]]), { seed: 1 });
 * values.dataSync() // => [2, 2]
 * @see Smilkov et al. (2017), https://arxiv.org/abs/1706.03825
 */
export function smoothGrad(model: Model, x: tf.Tensor2D, options: SmoothGradOptions): SmoothGrad {
  needOptions('smoothGrad', options);
  const { seed, samples = 50, noise = 0.15 } = options;
  checkSeed('smoothGrad', seed);
  need(Number.isSafeInteger(samples) && samples >= 1, 'smoothGrad needs whole samples of at least 1', samples);
  need(Number.isFinite(noise) && noise >= 0, 'smoothGrad needs a finite noise of at least 0', noise);
  const problem = problemOf('smoothGrad', model, x);
  const { rows, inputs, outputs } = problem;
  const differentiate = differentiator(problem, options.method);
  const scales = deviations(problem.x, inputs).map((deviation) => deviation * noise);
  const random = numpyRandom(seed);
  const [means, squares] = [new Float64Array(rows * outputs * inputs), new Float64Array(rows * outputs * inputs)];
  for (let sample = 1; sample <= samples; sample++) {
    const around = problem.x.map((value, i) => value + scales[i % inputs]! * random.normal());
    const slopes = differentiate(around, { order: 1 });
    for (let i = 0; i < means.length; i++) {
      const distance = slopes[i]! - means[i]!;
      means[i]! += distance / sample;
      squares[i]! += distance * (slopes[i]! - means[i]!);
    }
  }
  const errors = Float32Array.from(squares, (square) => Math.sqrt(square / (samples - 1) / samples));
  const shape: [number, number, number] = [rows, outputs, inputs];
  return { values: tf.tensor3d(new Float32Array(means), shape), standardErrors: tf.tensor3d(errors, shape) };
}
