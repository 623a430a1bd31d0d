import { needOptions } from '../need.js';
import { chosenOutput, engineFor, resultArray, rowsOf } from './batch.js';
import { evaluate } from './engine/evaluate.js';
import type { ComputeOptions } from './predict.js';
import type { DenseStack } from './stack.js';

/** Of which output, how it is computed, and where it goes. */
export interface OutputOptions extends ComputeOptions {
  /** The output; needed where there are several. */
  readonly output?: number | undefined;
}

/**
 * The gradient of one output with respect to the inputs at every row, ∂f/∂x_i, exact.
 *
 * @param x - shape [batch, in], row by row; a row with a NaN gives NaN.
 * @returns shape [batch, in], row by row: the output's row of {@link jacobian}, bit for bit.
 * @throws RangeError if the precision is none, x holds no rows or no whole ones, `output` is missing where there are
 * several or is not one of them, or `out` has another length; TypeError if the stack is none, x holds no
 * numbers, `out` is no Float64Array or options no object.
 * @example
 * const stack = denseStack(2, [{ weights: [1, 2], biases: [0], activation: 'tanh' }]);
 * gradient(stack, [0, 0, 0.5, 0]) // ≈ [1, 2, 0.7864, 1.5729]
 */
export function gradient(stack: DenseStack, x: ArrayLike<number>, options: OutputOptions = {}): Float64Array {
  needOptions('gradient', options);
  const rows = rowsOf('gradient', stack, x);
  const output = chosenOutput('gradient', stack, options.output);
  const jacobians = resultArray('gradient', rows * stack.inputs, options.out);
  evaluate(engineFor('gradient', options.precision), stack, { x, rows, outputs: [output], results: { jacobians } });
  return jacobians;
}
