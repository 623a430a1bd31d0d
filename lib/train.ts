import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { need } from './need.js';
import { numpyRandom } from './random.js';
import { type History, history, type Progress } from './training/history.js';
import { assess, type Learner, learn, learner, type Score } from './training/learner.js';
import { checkTraining, type TrainOptions } from './training/options.js';
import { type Rows, rowsOf } from './training/rows.js';

const LONGEST_TURN = 20; // ms

/**
 * Trains a model with Adam as Keras defines it, in shuffled batches. Same seed, model and data: same weights, bit for bit.
 *
 * The validation rows are drawn at random. (Keras takes the last rows: files are often sorted, and then it learns from one
 * kind of row and measures another.) Every epoch takes the other rows in a new order; the last batch may be smaller.
 * Other work of the process goes on meanwhile: output, timers, the live curve.
 *
 * @param model - changed in place; any model with one input and one output. Layers with random numbers of their own (dropout,
 * noise) are refused: they would not follow the seed.
 * @param x - inputs, shape [rows, …in]; left alone.
 * @param y - targets, shape [rows, …out]; for cross-entropies between 0 and 1, for the categorical one each row sums to 1.
 * @returns loss and, for cross-entropies, accuracy of every completed epoch.
 * @throws RangeError if an option, the model, a shape or a value is not as said; TypeError if the model is no model or a tensor no tensor; Error with
 * the epoch if the loss becomes NaN or infinite (the weights are spoilt then: a smaller learning rate helps).
 * @example
 * const model = createMlp({ inputs: 1, hidden: [4], outputs: 1, activation: 'tanh', outputActivation: 'linear', seed: 1 });
 * const x = tf.tensor2d([[0], [1], [2], [3]]);
 * const history = await train(model, x, x.mul(2), { epochs: 5, loss: 'meanSquaredError', seed: 1 });
 * history.epochs // => 5
 * history.stopped // => false
 */
export async function train(
  model: tf.LayersModel,
  x: tf.Tensor,
  y: tf.Tensor,
  options: TrainOptions,
): Promise<History> {
  checkTraining(model, x, y, options);
  const random = numpyRandom(options.seed);
  const order = random.permutation(x.shape[0]!);
  const heldOut = order.slice(0, Math.floor(order.length * (options.validationSplit ?? 0)));
  const rows = order.slice(heldOut.length);
  const [takeX, takeY] = [rowsOf(x), rowsOf(y)];
  const validation = { x: takeX(heldOut), y: takeY(heldOut) };
  const learning = learner(model, options.loss, options.learningRate ?? 0.001);
  const done: Progress[] = [];
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  try {
    while (done.length < options.epochs && !options.signal?.aborted) {
      random.shuffle(rows);
      const score = await learnEpoch(learning, { takeX, takeY, rows, epoch: done.length + 1, options });
      if (score === undefined) break;
      const held = heldOut.length > 0 ? assess(learning, validation.x, validation.y) : undefined;
      if (held) checkLoss(held, done.length + 1);
      const measured = { ...score, validationLoss: held?.loss, validationAccuracy: held?.accuracy };
      done.push({ epoch: done.length + 1, epochs: options.epochs, ...measured, seconds: seconds() });
      await options.onProgress?.(done.at(-1)!);
    }
    return history(done, done.length < options.epochs, seconds());
  } finally {
    learning.optimiser.dispose();
    tf.dispose(validation);
  }
}

interface Epoch {
  readonly takeX: Rows;
  readonly takeY: Rows;
  readonly rows: Int32Array;
  readonly epoch: number;
  readonly options: TrainOptions;
}

// The mean score of an epoch's batches; undefined if it was stopped.
async function learnEpoch(
  learning: Learner,
  { takeX, takeY, rows, epoch, options }: Epoch,
): Promise<Score | undefined> {
  const { batchSize = 32, signal } = options;
  let [loss, right] = [0, 0];
  let turn = performance.now();
  for (let start = 0; start < rows.length; start += batchSize) {
    const indices = rows.subarray(start, start + batchSize);
    const score = tf.tidy(() => learn(learning, takeX(indices), takeY(indices)));
    checkLoss(score, epoch);
    const weight = indices.length / rows.length;
    loss += weight * score.loss;
    right += weight * (score.accuracy ?? Number.NaN);
    if (performance.now() - turn > LONGEST_TURN) {
      await setImmediate();
      turn = performance.now();
    }
    if (signal?.aborted) return undefined;
  }
  return { loss, accuracy: Number.isNaN(right) ? undefined : right };
}

function checkLoss({ loss }: Score, epoch: number): void {
  need(Number.isFinite(loss), `train needs a finite loss, in epoch ${epoch}`, loss, Error);
}
