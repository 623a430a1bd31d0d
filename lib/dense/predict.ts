import { needOptions } from '../need.js';
import { engineFor, resultArray, rowsOf } from './batch.js';
import { evaluate } from './engine/evaluate.js';
import type { DenseStack } from './stack.js';

/** How results are computed, and where they go. */
export interface ComputeOptions {
  /** `float32` is about twice as fast and right to about seven digits; default `float64`. */
  readonly precision?: 'float64' | 'float32' | undefined;
  /** An array of the right length for the results; default a new one. Filling new memory is a good part of large calls. */
  readonly out?: Float64Array | undefined;
}

/**
 * The outputs of a network at every row.
 *
 * @param x - shape [batch, in], row by row; a row with a NaN gives NaN.
 * @returns shape [batch, out], row by row.
 * @throws RangeError if the precision is none, x holds no rows or no whole ones, or `out` has another length; TypeError
 * if the stack is none, x holds no numbers, `out` is no Float64Array or options no object.
 * @example
 * const stack = denseStack(2, [{ weights: [1, 2, 3, 4], biases: [0, 1] }]);
 * predict(stack, [1, 1, 2, 0]) // => [3, 8, 2, 7]
 */
export function predict(stack: DenseStack, x: ArrayLike<number>, options: ComputeOptions = {}): Float64Array {
  needOptions('predict', options);
  const rows = rowsOf('predict', stack, x);
  const values = resultArray('predict', rows * stack.outputs, options.out);
  evaluate(engineFor('predict', options.precision), stack, { x, rows, outputs: [], results: { values } });
  return values;
}
