import { gradient } from '../dense/gradient.js';
import { hessian } from '../dense/hessian.js';
import { jacobian } from '../dense/jacobian.js';
import type { DenseStack } from '../dense/stack.js';
import { thirdDerivatives } from '../dense/third-derivatives.js';
import type { Wanted } from './problem.js';

const byOrder = [gradient, hessian, thirdDerivatives] as const;

/** Derivatives by the closed forms of dense layers, in double precision. */
export function byDense(stack: DenseStack, x: Float32Array, { order, output }: Wanted): Float64Array {
  return output === undefined ? jacobian(stack, x) : byOrder[order - 1]!(stack, x, { output });
}
