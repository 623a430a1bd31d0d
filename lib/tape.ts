import * as tf from '@tensorflow/tfjs';
import { need } from './need.js';

/**
 * What can be differentiated: a model with one input [batch, in] and one output [batch, out], or a function of a tensor
 * [batch, in] that gives [batch, out] or [batch].
 */
export type Model = tf.LayersModel | ((x: tf.Tensor2D) => tf.Tensor);

/** The output [batch, out] of a model or function at x [batch, in]. */
export type Outputs = (x: tf.Tensor2D) => tf.Tensor2D;

/**
 * A model or function as a function from [batch, in] to [batch, out] (inference mode).
 *
 * @param owner - the function that differentiates, for messages.
 * @throws RangeError if the model has not one input and one output of rank 2, or x has another width; the function itself
 * throws a RangeError if an output has another shape, and a TypeError if it is no tensor.
 */
export function outputsOf(owner: string, model: Model, x: tf.Tensor2D): Outputs {
  const isModel = model instanceof tf.LayersModel;
  need(isModel || typeof model === 'function', `${owner} needs a tf.LayersModel or a function`, model, TypeError);
  if (!isModel) return (rows) => checkedOutput(owner, model(rows), rows.shape[0]);
  const [inputs, outputs] = [model.inputs.map(({ shape }) => shape), model.outputs.map(({ shape }) => shape)];
  need(inputs.length === 1 && inputs[0]!.length === 2, `${owner} needs a model with one input [batch, in]`, inputs);
  need(
    outputs.length === 1 && outputs[0]!.length === 2,
    `${owner} needs a model with one output [batch, out]`,
    outputs,
  );
  const width = inputs[0]![1]!;
  need(x.shape[1] === width, `${owner} needs x of shape [batch, ${width}], as the model's input`, x.shape);
  return (rows) => model.apply(rows) as tf.Tensor2D;
}

function checkedOutput(owner: string, y: tf.Tensor, rows: number): tf.Tensor2D {
  need(y instanceof tf.Tensor, `${owner} needs a function that gives a tensor`, y, TypeError);
  const fits = y.shape[0] === rows && (y.rank === 1 || y.rank === 2);
  need(fits, `${owner} needs a function that gives [${rows}] or [${rows}, out] for ${rows} rows`, y.shape);
  return y.rank === 1 ? tf.reshape(y, [rows, 1]) : (y as tf.Tensor2D);
}

/**
 * Throws unless x is a tensor [batch, in] of type float32 with at least one row and finite values only.
 *
 * @param owner - the function that differentiates, for messages.
 */
export function checkInputs(owner: string, x: tf.Tensor2D): void {
  need(x instanceof tf.Tensor, `${owner} needs a tensor x`, x, TypeError);
  need(x.dtype === 'float32', `${owner} needs x of type float32`, x.dtype, TypeError);
  need(x.rank === 2, `${owner} needs x of shape [batch, in]`, x.shape);
  const [rows, width] = x.shape;
  need(rows > 0 && width > 0, `${owner} needs at least one row and one column in x`, x.shape);
  const values = x.dataSync();
  const bad = values.findIndex((value) => !Number.isFinite(value));
  const place = `row ${Math.floor(bad / width)}, column ${bad % width}`;
  need(bad < 0, `${owner} needs finite numbers in x`, { words: `${values[bad]} in ${place}` });
}

/**
 * Throws unless the rows of x are treated one by one: the first row must give the same alone as beside the second.
 *
 * @param owner - the function that differentiates, for messages.
 */
export function checkRowsApart(owner: string, f: Outputs, x: tf.Tensor2D): void {
  if (x.shape[0] < 2) return;
  const change = tf.tidy(() => {
    const [alone, beside] = [f(tf.slice(x, 0, 1)), tf.slice(f(tf.slice(x, 0, 2)), 0, 1)];
    const scale = tf.maximum(tf.max(tf.abs(alone)), tf.max(tf.abs(beside)));
    return tf.divNoNan(tf.max(tf.abs(tf.sub(alone, beside))), scale).dataSync()[0]!;
  });
  const got = { words: `one whose first row changes by a share of ${change.toPrecision(2)} beside another row` };
  need(change < 1e-4, `${owner} needs a function that treats every row by itself`, got);
}

/**
 * The gradient of one output at every row, on the tape: that of the sum over the rows, in which each row has only its own
 * output. Zeros where the output does not depend on x.
 *
 * @param owner - the function that differentiates, for messages.
 * @throws Error if an operation cannot be differentiated.
 */
export function gradientOfSum(owner: string, f: Outputs, x: tf.Tensor2D, output: number): tf.Tensor2D {
  // The vanishing term connects x to the result, without which tf.grad throws where an output does not depend on x.
  const sum = (rows: tf.Tensor2D): tf.Scalar => {
    const y = f(rows);
    const column = y.shape[1] === 1 ? y : tf.slice(y, [0, output], [-1, 1]);
    return tf.add(tf.sum(column), tf.sum(tf.mul(rows, 0)));
  };
  try {
    return tf.grad(sum as (rows: tf.Tensor) => tf.Tensor)(x) as tf.Tensor2D;
  } catch (cause) {
    const missing = /gradient function not found for (\w+)/.exec((cause as Error).message)?.[1];
    if (missing === undefined) throw cause;
    throw new Error(`${owner} needs operations that can be differentiated, got ${missing}`, { cause });
  }
}
