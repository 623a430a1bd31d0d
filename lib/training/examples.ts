import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { needTensor } from '../need-tensor.js';
import type { Loss } from './loss.js';

/** Inputs and their targets, row by row. */
export interface Examples {
  /** Shape [rows, …in]. */
  readonly x: tf.Tensor;
  /** Shape [rows, …out]. */
  readonly y: tf.Tensor;
}

/** The examples of a training: those that are only measured, then the others. */
export interface SplitExamples extends Examples {
  /** How many are only measured. */
  readonly heldOut: number;
  /** Whether these are to be drawn from all. */
  readonly isDrawn: boolean;
}

/** What says which examples are only measured. */
interface Split {
  readonly validation?: Examples | undefined;
  readonly validationSplit?: number | undefined;
}

/** Puts the examples of a training together; new tensors, the caller disposes. */
export function splitExamples({ x, y }: Examples, { validation, validationSplit = 0 }: Split): SplitExamples {
  if (validation === undefined) {
    const heldOut = Math.floor(x.shape[0]! * validationSplit);
    return { x: tf.clone(x), y: tf.clone(y), heldOut, isDrawn: true };
  }
  const joined = (first: tf.Tensor, second: tf.Tensor): tf.Tensor =>
    tf.tidy(() => tf.concat([tf.cast(first, 'float32'), tf.cast(second, 'float32')]));
  const heldOut = validation.x.shape[0]!;
  return { x: joined(validation.x, x), y: joined(validation.y, y), heldOut, isDrawn: false };
}

/** Which model and loss examples are for, and what they are called in messages. */
interface Purpose {
  readonly model: tf.LayersModel;
  readonly loss: Loss;
  readonly names: readonly [x: string, y: string];
}

/** Throws what `train` throws for examples that do not fit. */
export function checkExamples({ x, y }: Examples, { model, loss, names }: Purpose): void {
  checkTensor(x, names[0], model.inputs[0]!.shape);
  checkTensor(y, names[1], model.outputs[0]!.shape);
  const [rows, targets] = [x.shape[0]!, y.shape[0]!];
  need(rows === targets, `train needs as many rows in ${names[1]} as in ${names[0]}`, [rows, targets]);
  need(rows > 0, `train needs at least one row in ${names[0]}`, 0);
  checkFinite(names[0], x);
  checkFinite(names[1], y);
  if (loss !== 'meanSquaredError') checkProbabilities(y, names[1], loss);
}

function checkTensor(tensor: tf.Tensor, name: string, wanted: readonly (number | null)[]): void {
  needTensor('train', name, tensor);
  const fits =
    tensor.shape.length === wanted.length && wanted.every((size, i) => size === null || size === tensor.shape[i]);
  const shape = wanted.map((size) => size ?? 'rows').join(', ');
  need(fits, `train needs ${name} of shape [${shape}]`, tensor.shape);
}

function checkFinite(name: string, values: tf.Tensor): void {
  const data = values.dataSync();
  let bad = 0;
  while (bad < data.length && Number.isFinite(data[bad])) bad++;
  const row = Math.floor(bad / (values.size / values.shape[0]!));
  need(bad === data.length, `train needs finite numbers in ${name}`, { words: `${data[bad]} in row ${row}` });
}

function checkProbabilities(y: tf.Tensor, name: string, loss: Loss): void {
  const data = y.dataSync();
  const outside = data.find((value) => value < 0 || value > 1);
  need(outside === undefined, `train needs ${name} between 0 and 1 for ${loss}`, outside);
  if (loss !== 'categoricalCrossentropy') return;
  const sums = tf.tidy(() => tf.sum(y, -1).dataSync());
  const wrong = sums.find((sum) => Math.abs(sum - 1) > 1e-3);
  need(wrong === undefined, `train needs rows of ${name} that sum to 1 for ${loss}`, wrong);
}
