import * as tf from '@tensorflow/tfjs';
import type { JacobianOptions } from '../derivatives/jacobian.js';
import { differentiator } from '../derivatives/method.js';
import { problemOf } from '../derivatives/problem.js';
import { needOptions } from '../need.js';
import type { Model } from '../tape/model.js';

/**
 * Gradient times input: x_i ∂f_k/∂x_i for all outputs at every row. For ReLU networks it is the relevance of rule 0.
 *
 * @param model - a model or a function, as `gradient` takes it.
 * @param x - where, shape [batch, in], finite.
 * @returns shape [batch, out, in]; the caller disposes.
 * @throws as `gradient`.
 * @example
 * gradientTimesInput((x) => tf.concat([x, tf.square(x)], 1), tf.tensor2d([[3]])).dataSync() // => [3, 18]
 */
export function gradientTimesInput(model: Model, x: tf.Tensor2D, options: JacobianOptions = {}): tf.Tensor3D {
  needOptions('gradientTimesInput', options);
  const problem = problemOf('gradientTimesInput', model, x);
  const { rows, inputs, outputs } = problem;
  const slopes = differentiator(problem, options.method)(problem.x, { order: 1 });
  const size = outputs * inputs;
  const values = Float32Array.from(
    slopes,
    (slope, i) => slope * problem.x[Math.floor(i / size) * inputs + (i % inputs)]!,
  );
  return tf.tensor3d(values, [rows, outputs, inputs]);
}
