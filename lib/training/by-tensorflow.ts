import * as tf from '@tensorflow/tfjs';
import { numpyRandom } from '../random.js';
import { differentiated } from '../tape/differentiated.js';
import { repairTape } from '../tape/repair.js';
import { adam } from './adam.js';
import { dropoutMasks } from './dropout.js';
import type { Learner, Score } from './learner.js';
import { accuracy, type Loss, meanLoss } from './loss.js';
import { rowsOf } from './rows.js';

repairTape();

const ROWS_AT_ONCE = 4096;

/** What is learnt from, and how. */
export interface LearnerOptions {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
  readonly loss: Loss;
  readonly learningRate: number;
  /** Draws the order of the rows, and the masks of dropout layers. */
  readonly seed: number;
}

/** A learner for any model: TensorFlow.js computes the gradients, mended where it has them wrong (lib/tape/corrections.ts). */
export function tensorFlowLearner(model: tf.LayersModel, { x, y, loss, learningRate, seed }: LearnerOptions): Learner {
  const [takeX, takeY] = [rowsOf(x), rowsOf(y)];
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimiser = adam(variables, learningRate);
  const masks = dropoutMasks(model, seed);
  const random = numpyRandom(seed);
  const order = new Int32Array(x.shape[0]!).map((_, i) => i);
  const scoreOf = (from: number, to: number, use: typeof learn): Score =>
    use(takeX(order.subarray(from, to)), takeY(order.subarray(from, to)));
  const learn = (rows: tf.Tensor, targets: tf.Tensor): Score => {
    masks.draw();
    let right: number | undefined;
    const { value, grads } = tf.variableGrads(() => {
      const output = model.apply(rows, { training: true }) as tf.Tensor;
      right = accuracy(loss, output, targets);
      return withPenalties(model, meanLoss(loss, output, targets));
    }, variables);
    optimiser.step(variables.map((variable) => grads[variable.name] ?? tf.zerosLike<tf.Tensor>(variable)));
    constrain(model);
    return { loss: number(value), accuracy: right };
  };
  const measure = (rows: tf.Tensor, targets: tf.Tensor): Score => {
    const output = model.apply(rows, { training: false }) as tf.Tensor;
    const value = withPenalties(model, meanLoss(loss, output, targets));
    return { loss: number(value), accuracy: accuracy(loss, output, targets) };
  };
  return {
    shuffle: (from) => random.shuffle(order.subarray(from)),
    *learn(from, to) {
      const score = differentiated('train', () => scoreOf(from, to, learn));
      yield;
      return score;
    },
    *measure(from, to) {
      let [lossSum, rightSum] = [0, 0];
      for (let start = from; start < to; start += ROWS_AT_ONCE) {
        const end = Math.min(start + ROWS_AT_ONCE, to);
        const score = tf.tidy(() => scoreOf(start, end, measure));
        lossSum += (end - start) * score.loss;
        rightSum += (end - start) * (score.accuracy ?? Number.NaN);
        yield;
      }
      const right = rightSum / (to - from);
      return { loss: lossSum / (to - from), accuracy: Number.isNaN(right) ? undefined : right };
    },
    publish: () => {},
    dispose() {
      optimiser.dispose();
      masks.restore();
    },
  };
}

function withPenalties(model: tf.LayersModel, loss: tf.Scalar): tf.Scalar {
  return model.calculateLosses().reduce<tf.Scalar>((sum, penalty) => tf.add(sum, penalty), loss);
}

// Weights that must stay within limits (as non-negative ones) are put back there; writing a copy does that.
function constrain(model: tf.LayersModel): void {
  for (const weight of model.trainableWeights) {
    const { constraint }: { readonly constraint: unknown } = weight;
    if (constraint) weight.write(tf.clone(weight.read()));
  }
}

function number(scalar: tf.Scalar): number {
  return scalar.dataSync()[0]!;
}
