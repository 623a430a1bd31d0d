import type * as tf from '@tensorflow/tfjs';
import { filledTensor } from '../filled-tensor.js';
import { needOptions } from '../need.js';
import type { Model } from '../tape/model.js';
import { differentiator, type Method } from './method.js';
import { problemOf } from './problem.js';

/** How to differentiate. */
export interface JacobianOptions {
  /** How; `auto` by default. */
  readonly method?: Method;
}

/**
 * The Jacobian matrix, the gradients of all outputs, at every row: J_ki = ∂f_k/∂x_i, exact.
 *
 * @param model - a model or a function, as `gradient` takes it.
 * @param x - where, shape [batch, in], finite.
 * @returns shape [batch, out, in]; zeros where an output does not depend on x; the caller disposes.
 * @throws as `gradient`.
 * @example
 * jacobian((x) => tf.concat([x, tf.square(x)], 1), tf.tensor2d([[3]])).dataSync() // => [1, 6]
 */
export function jacobian(model: Model, x: tf.Tensor2D, options: JacobianOptions = {}): tf.Tensor3D {
  needOptions('jacobian', options);
  const problem = problemOf('jacobian', model, x);
  const { rows, inputs, outputs } = problem;
  const differentiate = differentiator(problem, options.method);
  return filledTensor([rows, outputs, inputs], (room) => differentiate(problem.x, { order: 1, room }));
}
