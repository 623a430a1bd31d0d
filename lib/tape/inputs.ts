import type * as tf from '@tensorflow/tfjs';
import { firstNotFinite } from '../finite.js';
import { need } from '../need.js';
import { needTensor } from '../need-tensor.js';

/**
 * Throws unless x is a tensor [batch, in] of type float32 with at least one row and finite values only.
 *
 * @param owner - the function that differentiates, for messages.
 * @returns the values of x, row by row.
 */
export function checkInputs(owner: string, x: tf.Tensor2D): Float32Array {
  needTensor(owner, 'x', x);
  need(x.dtype === 'float32', `${owner} needs x of type float32`, x.dtype, TypeError);
  need(x.rank === 2, `${owner} needs x of shape [batch, in]`, x.shape);
  const [rows, width] = x.shape;
  need(rows > 0 && width > 0, `${owner} needs at least one row and one column in x`, x.shape);
  const values = x.dataSync<'float32'>();
  const bad = firstNotFinite(values);
  const place = `row ${Math.floor(bad / width)}, column ${bad % width}`;
  need(bad < 0, `${owner} needs finite numbers in x`, { words: `${values[bad]} in ${place}` });
  return values;
}
