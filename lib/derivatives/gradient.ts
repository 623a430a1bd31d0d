import type * as tf from '@tensorflow/tfjs';
import { filledTensor } from '../filled-tensor.js';
import { needOptions } from '../need.js';
import type { Model } from '../tape/model.js';
import { differentiator, type Method } from './method.js';
import { chosenOutput, problemOf } from './problem.js';

/** Which derivative, and how. */
export interface DerivativeOptions {
  /** The output that is differentiated, from 0; needed if there are several. */
  readonly output?: number;
  /** How; `auto` by default. */
  readonly method?: Method;
}

/**
 * The gradient of one output with respect to the inputs, at every row: ∂f/∂x, exact.
 *
 * @param model - a model with one input [batch, in] and one output [batch, out], or a differentiable function of a tensor
 * [batch, in] that gives [batch, out] or [batch] and treats every row by itself. A model is taken as it predicts: dropout and
 * noise are off, batch normalisation uses its moving averages. Its weights are read at every call.
 * @param x - where, shape [batch, in], finite.
 * @returns shape [batch, in], right to single precision; zeros where the output does not depend on x; the caller disposes.
 * @throws RangeError if x has another rank or width, no rows or a value that is not finite, if `output` is missing where
 * there are several or is not one of them, if rows of a function change each other or it is not the same every time, or if
 * `method` is none or not for this model; TypeError if the model is neither model nor function, x no tensor of type float32,
 * or options no object; Error if x or the model is disposed, an operation cannot be differentiated, the function goes on with numbers read off its
 * tensors, or the call stands inside tf.grad.
 * @example
 * gradient((x) => tf.sum(tf.square(x), 1), tf.tensor2d([[1, 2, 3]])).dataSync() // => [2, 4, 6]
 */
export function gradient(model: Model, x: tf.Tensor2D, options: DerivativeOptions = {}): tf.Tensor2D {
  needOptions('gradient', options);
  const problem = problemOf('gradient', model, x);
  const output = chosenOutput(problem, options.output);
  const differentiate = differentiator(problem, options.method);
  return filledTensor(x.shape, (room) => differentiate(problem.x, { order: 1, output, room }));
}
