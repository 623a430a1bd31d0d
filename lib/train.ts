import type * as tf from '@tensorflow/tfjs';
import { need } from './need.js';
import { engineLearner } from './training/by-engine.js';
import { tensorFlowLearner } from './training/by-tensorflow.js';
import { type History, history, type Progress } from './training/history.js';
import type { Learner, Score } from './training/learner.js';
import { checkTraining, type TrainOptions } from './training/options.js';
import { stackOf } from './training/stack.js';
import { type Finish, finisher } from './training/turns.js';

/**
 * Trains a model with Adam as Keras defines it, in shuffled batches. Same seed, model and data: same weights, bit for bit.
 *
 * The validation rows are drawn at random. (Keras takes the last rows: files are often sorted, and then it learns from one
 * kind of row and measures another.) Every epoch takes the other rows in a new order; the last batch may be smaller.
 * Other work of the process goes on meanwhile: output, timers, the live curve.
 *
 * A stack of dense layers (`tf.sequential`, without penalties, constraints or frozen layers) is trained on the dense engine, in
 * single precision, long trainings with a second thread, which changes no bit; any other model by TensorFlow.js.
 *
 * @param model - changed in place: after every batch or, where the engine trains, before every report and at the end; any model
 * with one input and one output. Dropout follows the seed; layers whose random numbers cannot (noise) are refused.
 * @param x - inputs, shape [rows, …in]; left alone.
 * @param y - targets, shape [rows, …out]; for cross-entropies between 0 and 1, for the categorical one each row sums to 1.
 * @returns loss and, for cross-entropies, accuracy of every completed epoch. Stopped by `signal`, the model has what it learnt up
 * to the last batch.
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
  const start = performance.now();
  const rows = x.shape[0]!;
  const heldOut = Math.floor(rows * (options.validationSplit ?? 0));
  const learner = learnerFor(model, x, y, { ...options, rows: rows - heldOut });
  const finish = finisher();
  const done: Progress[] = [];
  const seconds = (): number => (performance.now() - start) / 1000;
  try {
    learner.shuffle(0);
    while (done.length < options.epochs && !options.signal?.aborted) {
      const epoch = done.length + 1;
      learner.shuffle(heldOut);
      const score = await learnEpoch(learner, { epoch, from: heldOut, to: rows, finish, options });
      if (score === undefined) break;
      const held = heldOut > 0 ? await finish(learner.measure(0, heldOut)) : undefined;
      if (held) checkLoss(held, epoch);
      const measured = { ...score, validationLoss: held?.loss, validationAccuracy: held?.accuracy };
      done.push({ epoch, epochs: options.epochs, ...measured, seconds: seconds() });
      if (!options.onProgress) continue;
      learner.publish();
      await options.onProgress(done.at(-1)!);
    }
    return history(done, done.length < options.epochs, seconds());
  } finally {
    learner.publish();
    learner.dispose();
  }
}

// The dense engine where it can, else TensorFlow.js.
function learnerFor(
  model: tf.LayersModel,
  x: tf.Tensor,
  y: tf.Tensor,
  { loss, seed, epochs, rows, batchSize = 32, learningRate = 0.001 }: TrainOptions & { readonly rows: number },
): Learner {
  const stack = stackOf(model, loss);
  const options = { x, y, loss, learningRate, seed };
  if (stack === undefined) return tensorFlowLearner(model, options);
  return engineLearner(stack, { ...options, batches: epochs * Math.ceil(rows / batchSize) });
}

interface Epoch {
  readonly epoch: number;
  /** The rows that are learnt from, by their places in the order. */
  readonly from: number;
  readonly to: number;
  readonly finish: Finish;
  readonly options: TrainOptions;
}

// The mean score of an epoch's batches; undefined if it was stopped.
async function learnEpoch(learner: Learner, { epoch, from, to, finish, options }: Epoch): Promise<Score | undefined> {
  const { batchSize = 32, signal } = options;
  let [loss, right] = [0, 0];
  for (let start = from; start < to; start += batchSize) {
    const end = Math.min(start + batchSize, to);
    const score = await finish(learner.learn(start, end));
    checkLoss(score, epoch);
    const weight = (end - start) / (to - from);
    loss += weight * score.loss;
    right += weight * (score.accuracy ?? Number.NaN);
    if (signal?.aborted) return undefined;
  }
  return { loss, accuracy: Number.isNaN(right) ? undefined : right };
}

function checkLoss({ loss }: Score, epoch: number): void {
  need(Number.isFinite(loss), `train needs a finite loss, in epoch ${epoch}`, loss, Error);
}
