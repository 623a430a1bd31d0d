import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import type { Outputs } from './model.js';

const ROWS_TRIED = 16;

/**
 * Throws unless a function treats the rows of x one by one and always alike: some rows must give the same again, the same in
 * the opposite order, and the first the same alone.
 *
 * This finds batch statistics, dropout, sums over rows and shifts, all of which would make the gradient of a sum over the
 * batch something else than the gradients of its rows.
 *
 * @param owner - the function that differentiates, for messages.
 */
export function checkRowsApart(owner: string, f: Outputs, x: tf.Tensor2D): void {
  tf.tidy(() => {
    // Beside its multiple a single row has company too.
    const taken = tf.slice(x, 0, Math.min(ROWS_TRIED, x.shape[0]));
    const first = tf.slice(x, 0, 1);
    const rows = tf.concat2d([taken, tf.mul<tf.Tensor2D>(first, 1.1)], 0);
    const wanted = f(rows);
    const again = { words: 'one that changes by itself (is dropout on?)' };
    need(agree(f(rows), wanted), `${owner} needs a function that gives the same every time`, again);
    const turned = tf.reverse2d(f(tf.reverse2d(rows, 0)), 0);
    const apart = agree(turned, wanted) && agree(f(first), wanted);
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
