import type * as tf from '@tensorflow/tfjs';
import { filledTensor } from '../filled-tensor.js';
import { needOptions } from '../need.js';
import type { Model } from '../tape/model.js';
import type { DerivativeOptions } from './gradient.js';
import { differentiator } from './method.js';
import { chosenOutput, problemOf } from './problem.js';

/**
 * The Hessian matrix of one output, its second derivatives, at every row: H_ij = ∂²f/∂x_i∂x_j, exact and symmetric.
 *
 * @param model - a model or a function, as `gradient` takes it; its operations must be differentiable twice.
 * @param x - where, shape [batch, in], finite.
 * @returns shape [batch, in, in]; zeros where the gradient does not depend on x; the caller disposes.
 * @throws as `gradient`.
 * @example
 * hessian((x) => tf.prod(x, 1), tf.tensor2d([[2, 3]])).dataSync() // => [0, 1, 1, 0]
 */
export function hessian(model: Model, x: tf.Tensor2D, options: DerivativeOptions = {}): tf.Tensor3D {
  needOptions('hessian', options);
  const problem = problemOf('hessian', model, x);
  const output = chosenOutput(problem, options.output);
  const { rows, inputs } = problem;
  const differentiate = differentiator(problem, options.method);
  return filledTensor([rows, inputs, inputs], (room) => differentiate(problem.x, { order: 2, output, room }));
}
