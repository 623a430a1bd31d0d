import type * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { needTensor } from '../need-tensor.js';

/** How far a Jacobian is from one that treats all places on a ring alike. */
export interface CirculantDefect {
  /** The mean along each wrapped diagonal: the response at i to the input at i + d, shape [n]. */
  readonly kernel: readonly number[];
  /** Root mean square of J_ki − kernel_(i − k). */
  readonly defect: number;
  /** The defect over the root mean square of J: 0 for a circulant matrix, at most 1; NaN for zeros. */
  readonly relative: number;
}

/**
 * The rotation-equivariance defect of a mean Jacobian: its distance from the nearest circulant matrix.
 *
 * A network that treats all places on a ring alike has, on average over a symmetric set of states, a Jacobian that depends on
 * i − k only. Noise of the mean adds to the defect: compare it with the standard errors of the entries.
 *
 * @param jacobian - shape [n, n] or [batch, n, n], then averaged over the batch first; finite.
 * @throws RangeError if the shape is another or a value is not finite; TypeError if it is no tensor; Error if it is
 * disposed.
 * @example
 * circulantDefect(tf.tensor2d([[1, 2], [2, 1]])) // => { kernel: [1, 2], defect: 0, relative: 0 }
 */
export function circulantDefect(jacobian: tf.Tensor): CirculantDefect {
  const { values, size } = meanMatrix(jacobian);
  const diagonal = (i: number): number => ((i % size) - Math.floor(i / size) + size) % size;
  const kernel = new Array<number>(size).fill(0);
  for (const [i, value] of values.entries()) kernel[diagonal(i)]! += value / size;
  const defect = rootMeanSquare(values.map((value, i) => value - kernel[diagonal(i)]!));
  return { kernel, defect, relative: defect / rootMeanSquare(values) };
}

function meanMatrix(jacobian: tf.Tensor): { readonly values: Float64Array; readonly size: number } {
  needTensor('circulantDefect', 'jacobian', jacobian);
  const { shape, size: count } = jacobian;
  const isSquare = (shape.length === 2 || shape.length === 3) && shape.at(-1) === shape.at(-2) && count > 0;
  need(isSquare, 'circulantDefect needs shape [n, n] or [batch, n, n]', shape);
  const size = shape.at(-1)!;
  const sums = new Float64Array(size * size);
  for (const [i, value] of jacobian.dataSync().entries()) {
    need(Number.isFinite(value), 'circulantDefect needs finite numbers', value);
    sums[i % sums.length]! += value;
  }
  return { values: sums.map((sum) => (sum * sums.length) / count), size };
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
