import { needOptions } from '../need.js';
import { chosenOutput, engineFor, resultArray, rowsOf } from './batch.js';
import { evaluate } from './engine/evaluate.js';
import type { OutputOptions } from './gradient.js';
import type { DenseStack } from './stack.js';

/**
 * The third derivatives of one output with respect to the inputs at every row, ∂³f/∂x_i∂x_j∂x_k, exact and symmetric bit for bit.
 *
 * @param x - shape [batch, in], row by row; a row with a NaN gives NaN.
 * @returns shape [batch, in, in, in], row by row.
 * @throws RangeError if the precision is none, x holds no rows or no whole ones, `output` is missing where there are
 * several or is not one of them, or `out` has another length; TypeError if the stack is none, x holds no
 * numbers, `out` is no Float64Array or options no object.
 * @example
 * const stack = denseStack(2, [{ weights: [1, 2], biases: [0], activation: 'exp' }]);
 * thirdDerivatives(stack, [0, 0]) // => [1, 2, 2, 4, 2, 4, 4, 8]
 */
export function thirdDerivatives(stack: DenseStack, x: ArrayLike<number>, options: OutputOptions = {}): Float64Array {
  needOptions('thirdDerivatives', options);
  const rows = rowsOf('thirdDerivatives', stack, x);
  const output = chosenOutput('thirdDerivatives', stack, options.output);
  const thirds = resultArray('thirdDerivatives', rows * stack.inputs ** 3, options.out);
  evaluate(engineFor('thirdDerivatives', options.precision), stack, {
    x,
    rows,
    outputs: [output],
    results: { thirds },
  });
  return thirds;
}
