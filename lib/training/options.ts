import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { checkSeed } from '../random.js';
import { unseededLayer } from './dropout.js';
import type { Progress } from './history.js';
import type { Loss } from './loss.js';

/** How to train. */
export interface TrainOptions {
  /** How often every row is learnt from; whole, at least 1. */
  readonly epochs: number;
  /** What is made small: its mean over the rows, and over the outputs unless categorical. */
  readonly loss: Loss;
  /** Draws the validation rows and the order of the others in every epoch; whole, 0 … 2³² − 1. */
  readonly seed: number;
  /** Rows per step, whole, at least 1; default 32. */
  readonly batchSize?: number;
  /** Adam's step size, above 0; default 0.001. */
  readonly learningRate?: number;
  /** Share of the rows that is held out and only measured, 0 ≤ share < 1; default 0. */
  readonly validationSplit?: number;
  /** Called after every epoch; waited for. */
  readonly onProgress?: (progress: Progress) => void | Promise<void>;
  /** Stops the training after the current batch. */
  readonly signal?: AbortSignal;
}

const LOSSES: readonly string[] = [
  'binaryCrossentropy',
  'categoricalCrossentropy',
  'meanSquaredError',
] satisfies Loss[];

/** Throws what `train` throws before it starts. */
export function checkTraining(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor, options: TrainOptions): void {
  need(model instanceof tf.LayersModel, 'train needs a tf.LayersModel', model, TypeError);
  need(x instanceof tf.Tensor, 'train needs a tensor x', x, TypeError);
  need(y instanceof tf.Tensor, 'train needs a tensor y', y, TypeError);
  checkModel(model);
  checkOptions(options);
  checkShapes(model, x, y);
  checkSplit(x.shape[0]!, options.validationSplit ?? 0);
  checkFinite('x', x);
  checkFinite('y', y);
  if (options.loss !== 'meanSquaredError') checkProbabilities(y, options.loss);
}

function checkModel(model: tf.LayersModel): void {
  need(model.inputs.length === 1, 'train needs a model with one input', model.inputs.length);
  need(model.outputs.length === 1, 'train needs a model with one output', model.outputs.length);
  need(model.trainableWeights.length > 0, 'train needs a model with trainable weights', { words: 'none' });
  const unseeded = unseededLayer(model);
  need(unseeded === undefined, 'train needs layers whose random numbers follow a seed', unseeded);
}

function checkOptions({ epochs, batchSize = 32, learningRate = 0.001, loss, seed, onProgress }: TrainOptions): void {
  checkSeed('train', seed);
  need(Number.isInteger(epochs) && epochs >= 1, 'train needs whole epochs of at least 1', epochs);
  need(Number.isInteger(batchSize) && batchSize >= 1, 'train needs a whole batchSize of at least 1', batchSize);
  need(learningRate > 0 && Number.isFinite(learningRate), 'train needs a learningRate above 0', learningRate);
  need(LOSSES.includes(loss), `train needs a loss of ${LOSSES.join(', ')}`, loss);
  need(
    onProgress === undefined || typeof onProgress === 'function',
    'train needs a function onProgress',
    onProgress,
    TypeError,
  );
}

function checkShapes(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor): void {
  const [inputs, outputs] = [model.inputs[0]!.shape, model.outputs[0]!.shape];
  need(fits(x.shape, inputs), `train needs x of shape ${shape(inputs)}`, x.shape);
  need(fits(y.shape, outputs), `train needs y of shape ${shape(outputs)}`, y.shape);
  need(x.shape[0] === y.shape[0], 'train needs as many rows in y as in x', [x.shape[0], y.shape[0]]);
  need(x.shape[0]! > 0, 'train needs at least one row', 0);
}

function fits(given: readonly number[], wanted: readonly (number | null)[]): boolean {
  return given.length === wanted.length && wanted.every((size, i) => size === null || size === given[i]);
}

function shape(sizes: readonly (number | null)[]): string {
  return `[${sizes.map((size) => size ?? 'rows').join(', ')}]`;
}

function checkSplit(rows: number, split: number): void {
  need(split >= 0 && split < 1, 'train needs a validationSplit of at least 0 and below 1', split);
  const heldOut = Math.floor(rows * split);
  need(split === 0 || heldOut > 0, `train needs a validationSplit that holds out some of ${rows} rows`, split);
}

function checkFinite(name: string, values: tf.Tensor): void {
  const data = values.dataSync();
  let bad = 0;
  while (bad < data.length && Number.isFinite(data[bad])) bad++;
  const row = Math.floor(bad / (values.size / values.shape[0]!));
  need(bad === data.length, `train needs finite numbers in ${name}`, { words: `${data[bad]} in row ${row}` });
}

function checkProbabilities(y: tf.Tensor, loss: Loss): void {
  const data = y.dataSync();
  const outside = data.find((value) => value < 0 || value > 1);
  need(outside === undefined, `train needs y between 0 and 1 for ${loss}`, outside);
  if (loss !== 'categoricalCrossentropy') return;
  const sums = tf.tidy(() => tf.sum(y, -1).dataSync());
  const wrong = sums.find((sum) => Math.abs(sum - 1) > 1e-3);
  need(wrong === undefined, `train needs rows of y that sum to 1 for ${loss}`, wrong);
}
