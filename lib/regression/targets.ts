import type * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { needTensor } from '../need-tensor.js';

/** True outputs, row by row. */
export interface Targets {
  readonly values: Float32Array;
  readonly width: number;
}

/**
 * Checks true outputs: a tensor [batch, out], or [batch] for one output, of finite numbers.
 *
 * @param owner - the function that asks, for messages.
 * @param rows - how many rows there must be.
 * @throws TypeError if y is no tensor; RangeError if its shape does not fit or a value is not finite; Error if it is disposed.
 */
export function checkTargets(owner: string, y: tf.Tensor, rows: number): Targets {
  needTensor(owner, 'y', y);
  const fits = (y.rank === 1 || y.rank === 2) && y.shape[0] === rows && y.size > 0;
  need(fits, `${owner} needs y of shape [${rows}, out] or [${rows}]`, y.shape);
  const width = y.size / rows;
  const values = Float32Array.from(y.dataSync());
  const bad = values.findIndex((value) => !Number.isFinite(value));
  const place = `row ${Math.floor(bad / width)}, column ${bad % width}`;
  need(bad < 0, `${owner} needs finite numbers in y`, { words: `${values[bad]} in ${place}` });
  return { values, width };
}
