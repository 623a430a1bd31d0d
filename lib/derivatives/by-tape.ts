import type { Direction } from '../tape/copies.js';
import { nestedGradients } from '../tape/nested.js';
import { sortedIndices, symmetric } from './indices.js';
import type { Problem, Wanted } from './problem.js';

/** Derivatives by automatic differentiation: nested gradients on the tape of TensorFlow.js, in single precision. */
export function byTape({ owner, f, x, inputs, outputs }: Problem, { order, output }: Wanted): Float32Array {
  const chosen = output === undefined ? [...Array(outputs).keys()] : [output];
  const sorted = sortedIndices(inputs, order - 1);
  const directions = chosen.flatMap((k) => sorted.map((indices): Direction => ({ output: k, inputs: indices })));
  const gradients = nestedGradients(owner, f, { x, inputs, outputs, directions });
  return order === 1 ? gradients : symmetric(gradients, inputs, order);
}
