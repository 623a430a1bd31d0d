import * as tf from '@tensorflow/tfjs';
import { engineLearner } from './training/by-engine.js';
import { tensorFlowLearner } from './training/by-tensorflow.js';
import { earlyStop } from './training/early-stop.js';
import { learnEpochs } from './training/epochs.js';
import { type Examples, splitExamples } from './training/examples.js';
import { type History, history } from './training/history.js';
import type { Learner } from './training/learner.js';
import { takeWeights } from './training/one-at-a-time.js';
import { checkTraining, type TrainOptions } from './training/options.js';
import { stackOf } from './training/stack.js';

/**
 * Trains a model with Adam as Keras defines it, in shuffled batches. Same seed, model and data: same weights, bit for bit.
 *
 * The rows of a `validationSplit` are drawn at random. (Keras takes the last rows: files are often sorted, and then it learns from
 * one kind of row and measures another. Rows in the order of time are better held out by hand, as `validation`: neighbours are too
 * much alike.) Every epoch takes the other rows in a new order; the last batch may be smaller.
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
 * to the last batch; with `earlyStop` always the weights of the best epoch, once there is one. A notebook's Stop breaks it
 * off: where the engine trains, the model has what it had at the last report, without `onProgress` what it had before.
 * @throws RangeError if an option, the model, a shape or a value is not as said; TypeError if the model is no model, a tensor no tensor,
 * options no object, `onProgress` no function or `signal` none, or both `validation` and `validationSplit` are given; Error if one of these is disposed, another training of the model, or of one
 * that shares layers with it, begins before this one ends, or, with the epoch, if the loss becomes NaN or infinite (the weights are
 * spoilt then: a smaller learning rate helps).
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
  checkTraining(model, { x, y }, options);
  const isOwner = takeWeights(model);
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const { heldOut, isDrawn, ...examples } = splitExamples({ x, y }, options);
  const rows = examples.x.shape[0]!;
  const learner = learnerFor(model, examples, { ...options, rows: rows - heldOut });
  tf.dispose([examples.x, examples.y]);
  const watch = options.earlyStop && earlyStop(model, options.earlyStop, learner.publish);
  try {
    learner.shuffle(isDrawn ? 0 : heldOut);
    const done = await learnEpochs(learner, { heldOut, rows, watch, isOwner, seconds, options });
    return history(done, { stopped: done.length < options.epochs, bestEpoch: watch?.best(), seconds: seconds() });
  } finally {
    if (isOwner()) {
      learner.publish();
      watch?.restore();
    }
    watch?.dispose();
    learner.dispose();
  }
}

// The dense engine where it can, else TensorFlow.js.
function learnerFor(
  model: tf.LayersModel,
  { x, y }: Examples,
  { loss, seed, epochs, rows, batchSize = 32, learningRate = 0.001 }: TrainOptions & { readonly rows: number },
): Learner {
  const stack = stackOf(model, loss);
  const options = { x, y, loss, learningRate, seed };
  if (stack === undefined) return tensorFlowLearner(model, options);
  return engineLearner(stack, { ...options, batches: epochs * Math.ceil(rows / batchSize) });
}
