import * as tf from '@tensorflow/tfjs';
import { need } from './need.js';
import { checkInputs, checkRowsApart, gradientOfSum, type Model, outputsOf } from './tape.js';

const ROWS_AT_ONCE = 8192;

/** Which derivative. */
export interface GradientOptions {
  /** The output that is differentiated, from 0; needed if there are several. */
  readonly output?: number;
}

/**
 * The gradient of one output with respect to the inputs, at every row: ∂f/∂x, exact (automatic differentiation).
 *
 * All rows at once: the gradient of the sum of f over the batch is, row by row, the gradient of f, because in inference no
 * row depends on another.
 *
 * @param model - a model with one input [batch, in] and one output [batch, out], or a differentiable function of a tensor
 * [batch, in] that gives [batch, out] or [batch] and treats every row by itself.
 * @param x - where, shape [batch, in], finite.
 * @returns shape [batch, in]; zeros where the output does not depend on x; the caller disposes.
 * @throws RangeError if x has another rank or width, no rows or a value that is not finite, if `output` is missing where
 * there are several or is not one of them, or if rows of a function depend on each other; TypeError if the model is neither
 * model nor function, or x no tensor of type float32; Error if an operation of the function cannot be differentiated.
 * @example
 * gradient((x) => tf.sum(tf.square(x), 1), tf.tensor2d([[1, 2, 3]])).dataSync() // => [2, 4, 6]
 */
export function gradient(model: Model, x: tf.Tensor2D, options: GradientOptions = {}): tf.Tensor2D {
  checkInputs('gradient', x);
  const f = outputsOf('gradient', model, x);
  const outputs = tf.tidy(() => f(tf.slice(x, 0, 1)).shape[1]);
  const output = chosenOutput(options.output, outputs);
  checkRowsApart('gradient', f, x);
  return tf.tidy(() => {
    const parts: tf.Tensor2D[] = [];
    for (let start = 0; start < x.shape[0]; start += ROWS_AT_ONCE) {
      const rows = tf.slice(x, start, Math.min(ROWS_AT_ONCE, x.shape[0] - start));
      parts.push(gradientOfSum('gradient', f, rows, output));
    }
    return tf.concat(parts);
  });
}

function chosenOutput(output: number | undefined, outputs: number): number {
  need(outputs > 0, 'gradient needs a model with an output', outputs);
  const several = `gradient needs { output } for a model with ${outputs} outputs`;
  need(output !== undefined || outputs === 1, several, output);
  const chosen = output ?? 0;
  const exists = Number.isInteger(chosen) && chosen >= 0 && chosen < outputs;
  need(exists, `gradient needs a whole output from 0 to ${outputs - 1}`, chosen);
  return chosen;
}
