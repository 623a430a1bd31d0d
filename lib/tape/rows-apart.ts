import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import type { Outputs } from './model.js';

const ROWS_TRIED = 16;

/** A function and rows of x [batch, in] for it. */
export interface Rows {
  /** The function that differentiates, for messages. */
  readonly owner: string;
  readonly f: Outputs;
  readonly x: Float32Array;
  readonly inputs: number;
}

/**
 * Throws unless a function treats the rows of x one by one and always alike: some rows must give the same again, the same in
 * the opposite order, and the first the same alone.
 *
 * This finds batch statistics, dropout, sums over rows and shifts, all of which would make the gradient of a sum over the
 * batch something else than the gradients of its rows.
 */
export function checkRowsApart({ owner, f, x, inputs }: Rows): void {
  tf.tidy(() => {
    const first = x.subarray(0, inputs);
    // Beside another one a single row has company too.
    const some = [...x.subarray(0, ROWS_TRIED * inputs), ...first.map((value) => 1.1 * value || 0.1)];
    const rows = tf.tensor2d(some, [some.length / inputs, inputs]);
    const wanted = f(rows);
    const again = { words: 'one that changes by itself (is dropout on?)' };
    need(agree(f(rows), wanted), `${owner} needs a function that gives the same every time`, again);
    const turned = tf.reverse2d(f(tf.reverse2d(rows, 0)), 0);
    const apart = agree(turned, wanted) && agree(f(tf.tensor2d(first, [1, inputs])), wanted);
    const together = { words: 'one in which rows change each other (does it use batch statistics?)' };
    need(apart, `${owner} needs a function that treats every row by itself`, together);
  });
}

// Kernels may round sums differently from batch to batch; each output has its own scale.
function agree(actual: tf.Tensor2D, wanted: tf.Tensor2D): boolean {
  const [a, b] = [actual.dataSync(), wanted.dataSync()];
  const width = wanted.shape[1];
  const scale = new Float64Array(width);
  for (const [i, value] of b.entries())
    if (Number.isFinite(value)) scale[i % width] = Math.max(scale[i % width]!, Math.abs(value));
  return a.every((value, i) => Object.is(value, b[i]) || Math.abs(value - b[i]!) <= 1e-4 * scale[i % width]!);
}
