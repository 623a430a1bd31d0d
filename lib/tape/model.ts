import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';

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
 * @throws RangeError if the model has not one input and one output of rank 2, or x has another width; Error if the model is
 * disposed; the function itself throws a RangeError if an output has another shape, and a TypeError if it is no tensor.
 */
export function outputsOf(owner: string, model: Model, x: tf.Tensor2D): Outputs {
  const isModel = model instanceof tf.LayersModel;
  need(isModel || typeof model === 'function', `${owner} needs a tf.LayersModel or a function`, model, TypeError);
  if (!isModel) return (rows) => checkedOutput(owner, model(rows), rows.shape[0]);
  checkModel(owner, model);
  const width = model.inputs[0]!.shape[1]!;
  need(x.shape[1] === width, `${owner} needs x of shape [batch, ${width}], as the model's input`, x.shape);
  return (rows) => model.apply(rows) as tf.Tensor2D;
}

/**
 * Throws unless a model goes from [batch, in] to [batch, out] and still exists.
 *
 * @param owner - the function that asks, for messages.
 */
export function checkModel(owner: string, model: tf.LayersModel): void {
  needModel(owner, model);
  const [inputs, outputs] = [model.inputs.map(({ shape }) => shape), model.outputs.map(({ shape }) => shape)];
  need(inputs.length === 1 && inputs[0]!.length === 2, `${owner} needs a model with one input [batch, in]`, inputs);
  need(
    outputs.length === 1 && outputs[0]!.length === 2,
    `${owner} needs a model with one output [batch, out]`,
    outputs,
  );
}

/**
 * Throws a TypeError unless something is a model of layers, an Error if it is disposed.
 *
 * @param owner - the function that asks, for messages.
 */
export function needModel(owner: string, model: unknown): asserts model is tf.LayersModel {
  need(model instanceof tf.LayersModel, `${owner} needs a tf.LayersModel`, model, TypeError);
  need(exists(model), `${owner} needs a model that still exists`, { words: 'a disposed one' }, Error);
}

function exists(model: tf.LayersModel): boolean {
  try {
    return model.getWeights().length >= 0;
  } catch {
    return false;
  }
}

function checkedOutput(owner: string, y: tf.Tensor, rows: number): tf.Tensor2D {
  need(y instanceof tf.Tensor, `${owner} needs a function that gives a tensor`, y, TypeError);
  const fits = y.shape[0] === rows && (y.rank === 1 || y.rank === 2);
  need(fits, `${owner} needs a function that gives [${rows}] or [${rows}, out] for ${rows} rows`, y.shape);
  return y.rank === 1 ? tf.reshape(y, [rows, 1]) : (y as tf.Tensor2D);
}

// A tensor of a known rank is a tensor: unless told, the compiler finds out by comparing all methods, in every cell anew.
declare module '@tensorflow/tfjs' {
  interface Tensor<out R extends tf.Rank = tf.Rank> {}
}
