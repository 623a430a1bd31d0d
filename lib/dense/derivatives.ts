import { need, needOptions } from '../need.js';
import { chosenOutput, engineFor, resultArray, rowsOf } from './batch.js';
import { evaluate } from './engine/evaluate.js';
import type { DenseStack } from './stack.js';

/** The outputs, and the first derivatives of one of them. */
export interface FirstDerivatives {
  /** All outputs, shape [batch, out], as {@link predict} gives them. */
  readonly values: Float64Array;
  /** Shape [batch, in], as {@link gradient} gives it. */
  readonly gradient: Float64Array;
}

/** To second order. */
export interface SecondDerivatives extends FirstDerivatives {
  /** Shape [batch, in, in], as {@link hessian} gives it. */
  readonly hessian: Float64Array;
}

/** To third order. */
export interface ThirdDerivatives extends SecondDerivatives {
  /** Shape [batch, in, in, in], as {@link thirdDerivatives} gives them. */
  readonly thirdDerivatives: Float64Array;
}

/** What {@link derivatives} gives, by order. */
export interface DerivativesByOrder {
  1: FirstDerivatives;
  2: SecondDerivatives;
  3: ThirdDerivatives;
}

/** How far, of which output, and where to. */
export interface DerivativesOptions<Order extends 1 | 2 | 3> {
  /** The highest order. */
  readonly order: Order;
  /** The output; needed where there are several. */
  readonly output?: number | undefined;
  /** `float32` is about twice as fast and right to about seven digits; default `float64`. */
  readonly precision?: 'float64' | 'float32' | undefined;
  /** Arrays of the right lengths for the results; default new ones. */
  readonly out?: Partial<ThirdDerivatives> | undefined;
}

/**
 * The outputs of a network and the derivatives of one of them up to an order, at every row, at the cost of the highest order.
 *
 * @param x - shape [batch, in], row by row; a row with a NaN gives NaN.
 * @throws RangeError if the order or the precision is none, x holds no rows or no whole ones, `output` is missing where
 * there are several or is not one of them, or an array of `out` has another length; TypeError if the stack is none,
 * x holds no numbers, one is no Float64Array or options no object.
 * @example
 * const stack = denseStack(1, [{ weights: [2], biases: [0], activation: 'exp' }]);
 * derivatives(stack, [0], { order: 3 }).values // => [1]
 * derivatives(stack, [0], { order: 3 }).thirdDerivatives // => [8]
 */
export function derivatives<Order extends 1 | 2 | 3>(
  stack: DenseStack,
  x: ArrayLike<number>,
  options: DerivativesOptions<Order>,
): DerivativesByOrder[Order] {
  needOptions('derivatives', options);
  const { order, out = {} } = options;
  needOptions('derivatives', out, 'out');
  need(order === 1 || order === 2 || order === 3, 'derivatives needs an order of 1, 2 or 3', order);
  const rows = rowsOf('derivatives', stack, x);
  const output = chosenOutput('derivatives', stack, options.output);
  const room = (width: number, given: Float64Array | undefined): Float64Array =>
    resultArray('derivatives', rows * width, given);
  const { inputs } = stack;
  const result = {
    values: room(stack.outputs, out.values),
    gradient: room(inputs, out.gradient),
    ...(order > 1 && { hessian: room(inputs ** 2, out.hessian) }),
    ...(order > 2 && { thirdDerivatives: room(inputs ** 3, out.thirdDerivatives) }),
  };
  const { values, gradient: jacobians, hessian: hessians, thirdDerivatives: thirds } = result;
  evaluate(engineFor('derivatives', options.precision), stack, {
    x,
    rows,
    outputs: [output],
    results: { values, jacobians, hessians, thirds },
  });
  return result as DerivativesByOrder[Order];
}
