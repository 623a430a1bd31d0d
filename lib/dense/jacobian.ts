import { needOptions } from '../need.js';
import { engineFor, resultArray, rowsOf } from './batch.js';
import { evaluate } from './engine/evaluate.js';
import type { ComputeOptions } from './predict.js';
import type { DenseStack } from './stack.js';

/**
 * The Jacobian at every row, ∂f_o/∂x_i, exact.
 *
 * A network of at most 63 ReLU units under a linear layer is linear wherever the same units are on: its Jacobian is computed
 * once for each such pattern in x.
 *
 * @param x - shape [batch, in], row by row; a row with a NaN gives NaN.
 * @returns shape [batch, out, in], row by row.
 * @throws RangeError if the precision is none, x holds no rows or no whole ones, or `out` has another length; TypeError
 * if the stack is none, x holds no numbers, `out` is no Float64Array or options no object.
 * @example
 * const stack = denseStack(2, [{ weights: [1, 2, 3, 4], biases: [0, 0], activation: 'relu' }]);
 * jacobian(stack, [1, -1]) // => [0, 0, 0, 0]
 * jacobian(stack, [-1, 1]) // => [1, 2, 3, 4]
 */
export function jacobian(stack: DenseStack, x: ArrayLike<number>, options: ComputeOptions = {}): Float64Array {
  needOptions('jacobian', options);
  const rows = rowsOf('jacobian', stack, x);
  const jacobians = resultArray('jacobian', rows * stack.outputs * stack.inputs, options.out);
  const outputs = Array.from({ length: stack.outputs }, (_, o) => o);
  evaluate(engineFor('jacobian', options.precision), stack, { x, rows, outputs, results: { jacobians } });
  return jacobians;
}
