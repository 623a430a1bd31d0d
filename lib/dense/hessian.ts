import { needOptions } from '../need.js';
import { chosenOutput, engineFor, resultArray, rowsOf } from './batch.js';
import { evaluate } from './engine/evaluate.js';
import type { OutputOptions } from './gradient.js';
import type { DenseStack } from './stack.js';

/**
 * The second derivatives of one output with respect to the inputs at every row, ∂²f/∂x_i∂x_j, exact and symmetric bit for bit.
 *
 * @param x - shape [batch, in], row by row; a row with a NaN gives NaN.
 * @returns shape [batch, in, in], row by row.
 * @throws RangeError if the precision is none, x holds no rows or no whole ones, `output` is missing where there are
 * several or is not one of them, or `out` has another length; TypeError if the stack is none, x holds no
 * numbers, `out` is no Float64Array or options no object.
 * @example
 * const stack = denseStack(2, [{ weights: [1, 2], biases: [0], activation: 'exp' }]);
 * hessian(stack, [0, 0]) // => [1, 2, 2, 4]
 */
export function hessian(stack: DenseStack, x: ArrayLike<number>, options: OutputOptions = {}): Float64Array {
  needOptions('hessian', options);
  const rows = rowsOf('hessian', stack, x);
  const output = chosenOutput('hessian', stack, options.output);
  const hessians = resultArray('hessian', rows * stack.inputs ** 2, options.out);
  evaluate(engineFor('hessian', options.precision), stack, { x, rows, outputs: [output], results: { hessians } });
  return hessians;
}
