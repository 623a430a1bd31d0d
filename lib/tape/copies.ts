import * as tf from '@tensorflow/tfjs';

/** One derivative: of which output, and by which inputs, one after the other. */
export interface Direction {
  readonly output: number;
  readonly inputs: readonly number[];
}

/** Rows of x [batch, in], each to be taken once for every direction, all of the same order. */
export interface Copying {
  /** The values of x, row by row. */
  readonly x: Float32Array;
  readonly inputs: number;
  readonly outputs: number;
  readonly directions: readonly Direction[];
}

/** Copies of rows, with a one where the direction of each asks for a column and zeros elsewhere. */
export interface Copies {
  /** Shape [copies, in]. */
  readonly rows: tf.Tensor2D;
  /** Which output, shape [copies, out]. */
  readonly output: tf.Tensor2D;
  /** Which input, shape [copies, in], for one differentiation after the other. */
  readonly inputs: readonly tf.Tensor2D[];
}

/** The copies from `start` to before `end`, counted over all rows, the directions of one row following each other. */
export function copiesOf({ x, inputs, outputs, directions }: Copying, start: number, end: number): Copies {
  const directionOf = (copy: number): Direction => directions[copy % directions.length]!;
  const selection = (width: number, column: (direction: Direction) => number): tf.Tensor2D => {
    const selected = new Float32Array((end - start) * width);
    for (let copy = start; copy < end; copy++) selected[(copy - start) * width + column(directionOf(copy))] = 1;
    return tf.tensor2d(selected, [end - start, width]);
  };
  const rows = new Float32Array((end - start) * inputs);
  for (let copy = start; copy < end; copy++) {
    const row = Math.floor(copy / directions.length) * inputs;
    rows.set(x.subarray(row, row + inputs), (copy - start) * inputs);
  }
  return {
    rows: tf.tensor2d(rows, [end - start, inputs]),
    output: selection(outputs, ({ output }) => output),
    inputs: Array.from(directions[0]!.inputs, (_, i) => selection(inputs, (direction) => direction.inputs[i]!)),
  };
}
