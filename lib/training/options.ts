import type * as tf from '@tensorflow/tfjs';
import { need, needOptions } from '../need.js';
import { checkSeed } from '../random.js';
import { checkWatch } from '../sampled-run.js';
import { needModel } from '../tape/model.js';
import { unseededLayer } from './dropout.js';
import { checkEarlyStop, type EarlyStopOptions } from './early-stop.js';
import { checkExamples, type Examples } from './examples.js';
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
  /** Other rows that are only measured, instead of a share of x and y: those that come later in time, say. They change no bit of what is learnt. */
  readonly validation?: Examples;
  /**
   * Stops when the loss no longer improves: that of the rows that are held out if there are some, else that of the epoch. However the
   * training ends, the model then has the weights of its best epoch (Keras: `restore_best_weights`).
   */
  readonly earlyStop?: EarlyStopOptions;
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
export function checkTraining(model: tf.LayersModel, examples: Examples, options: TrainOptions): void {
  needModel('train', model);
  checkModel(model);
  checkOptions(options);
  checkExamples(examples, { model, loss: options.loss, names: ['x', 'y'] });
  checkHeldOut(model, examples.x.shape[0]!, options);
}

function checkModel(model: tf.LayersModel): void {
  need(model.inputs.length === 1, 'train needs a model with one input', model.inputs.length);
  need(model.outputs.length === 1, 'train needs a model with one output', model.outputs.length);
  need(model.trainableWeights.length > 0, 'train needs a model with trainable weights', { words: 'none' });
  const unseeded = unseededLayer(model);
  need(unseeded === undefined, 'train needs layers whose random numbers follow a seed', unseeded);
}

function checkOptions(options: TrainOptions): void {
  needOptions('train', options);
  const { epochs, batchSize = 32, learningRate = 0.001, loss, seed, earlyStop } = options;
  checkWatch('train', options);
  checkSeed('train', seed);
  if (earlyStop !== undefined) checkEarlyStop(earlyStop);
  need(Number.isInteger(epochs) && epochs >= 1, 'train needs whole epochs of at least 1', epochs);
  need(Number.isInteger(batchSize) && batchSize >= 1, 'train needs a whole batchSize of at least 1', batchSize);
  need(learningRate > 0 && Number.isFinite(learningRate), 'train needs a learningRate above 0', learningRate);
  need(LOSSES.includes(loss), `train needs a loss of ${LOSSES.join(', ')}`, loss);
}

function checkHeldOut(model: tf.LayersModel, rows: number, options: TrainOptions): void {
  const { validation, validationSplit, loss } = options;
  const isOne = validation === undefined || validationSplit === undefined;
  need(isOne, 'train needs a validation or a validationSplit', { words: 'both' }, TypeError);
  if (validationSplit !== undefined) checkSplit(rows, validationSplit);
  if (validation !== undefined) checkValidation(validation, model, loss);
}

function checkValidation(validation: Examples | null, model: tf.LayersModel, loss: Loss): void {
  const isPair = typeof validation === 'object' && validation !== null;
  need(isPair, 'train needs a validation { x, y }', validation, TypeError);
  checkExamples(validation, { model, loss, names: ['validation.x', 'validation.y'] });
}

function checkSplit(rows: number, split: number): void {
  need(split >= 0 && split < 1, 'train needs a validationSplit of at least 0 and below 1', split);
  const heldOut = Math.floor(rows * split);
  need(split === 0 || heldOut > 0, `train needs a validationSplit that holds out some of ${rows} rows`, split);
}
