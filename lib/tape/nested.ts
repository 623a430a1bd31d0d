import * as tf from '@tensorflow/tfjs';
import { type Copies, type Copying, copiesOf } from './copies.js';
import { differentiated } from './differentiated.js';
import type { Outputs } from './model.js';

const ROWS_FIRST = 64;
const ROWS_AT_ONCE = 8192;
const BYTES_AT_ONCE = 2 ** 28;

/**
 * The gradients of derivatives of a function, on nested tapes: for every row and every direction (k; i, … j) the gradient of
 * ∂ⁿf_k/∂x_i…∂x_j.
 *
 * All at once: as no row depends on another, the gradient of a sum over rows is, row by row, the gradient. Each row is taken
 * once for every direction, and each of these copies gives to the sum what its direction asks for. How many copies fit is
 * learnt from a few, by the memory that their tape takes.
 *
 * @param owner - the function that differentiates, for messages.
 * @returns shape [batch, directions, in], as a flat list; zeros where nothing depends on x.
 * @throws Error if an operation cannot be differentiated.
 */
export function nestedGradients(owner: string, f: Outputs, copying: Copying): Float32Array {
  const { x, inputs, directions } = copying;
  const all = (x.length / inputs) * directions.length;
  const result = new Float32Array(all * inputs);
  let atOnce = ROWS_FIRST;
  for (let start = 0; start < all; ) {
    const end = Math.min(all, start + atOnce);
    const { gradients, bytes } = differentiated(owner, () => gradientsOf(f, copiesOf(copying, start, end)));
    result.set(gradients, start * inputs);
    atOnce = Math.max(1, Math.min(ROWS_AT_ONCE, Math.floor((BYTES_AT_ONCE * (end - start)) / bytes)));
    start = end;
  }
  return result;
}

interface Gradients {
  readonly gradients: Float32Array;
  /** What the tape took. */
  readonly bytes: number;
}

function gradientsOf(f: Outputs, copies: Copies): Gradients {
  let sum = selectedSum(f, copies.output);
  for (const input of copies.inputs) sum = selectedSum(gradientOf(sum), input);
  const before = tf.memory().numBytes;
  let bytes = 1;
  const measured: Sum = (rows) => {
    const total = sum(rows);
    bytes += tf.memory().numBytes - before;
    return total;
  };
  return { gradients: gradientOf(measured)(copies.rows).dataSync<'float32'>(), bytes };
}

type Sum = (rows: tf.Tensor2D) => tf.Scalar;

function selectedSum(f: Outputs, selection: tf.Tensor2D): Sum {
  return (rows) => {
    const y = f(rows);
    const selected = y.shape[1] === 1 ? y : tf.mul(y, selection);
    // The vanishing term connects x to the result, without which tf.grad throws where an output does not depend on x.
    return tf.add(tf.sum(selected), tf.sum(tf.mul(rows, 0)));
  };
}

function gradientOf(sum: Sum): Outputs {
  return tf.grad(sum as (rows: tf.Tensor) => tf.Tensor) as Outputs;
}
