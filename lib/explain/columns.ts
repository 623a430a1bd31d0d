import type * as tf from '@tensorflow/tfjs';

/** The inputs one by one, each with the values of all rows. */
export type Columns = readonly Float64Array[];

/** The columns of x, shape [in][batch]. */
export function columnsOf(x: tf.Tensor2D): Columns {
  const [rows, inputs] = x.shape;
  const values = x.dataSync();
  return Array.from({ length: inputs }, (_, i) =>
    Float64Array.from({ length: rows }, (_, row) => values[row * inputs + i]!),
  );
}
