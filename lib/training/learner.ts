import * as tf from '@tensorflow/tfjs';
import { adam, type Optimiser } from './adam.js';
import { applyStack, denseStack } from './dense-stack.js';
import { accuracy, type Loss, logitActivation, meanLoss, type Output } from './loss.js';

const ROWS_AT_ONCE = 4096;

/** Mean loss over some rows, and the share of right classes where the loss knows classes. */
export type Score = { readonly loss: number; readonly accuracy: number | undefined };

/** A model on its way. */
export interface Learner {
  readonly model: tf.LayersModel;
  readonly loss: Loss;
  readonly variables: readonly tf.Variable[];
  readonly optimiser: Optimiser;
  /** What the model says about rows x; in training some layers work differently. */
  readonly output: (x: tf.Tensor, training: boolean) => Output;
}

/** Prepares a model for training with Adam; the caller disposes the optimiser. */
export function learner(model: tf.LayersModel, loss: Loss, learningRate: number): Learner {
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  return { model, loss, variables, optimiser: adam(variables, learningRate), output: outputOf(model, loss) };
}

/** One step of the optimiser on a batch; the score is that before the step. */
export function learn({ model, loss, variables, optimiser, output }: Learner, x: tf.Tensor, y: tf.Tensor): Score {
  return tf.tidy(() => {
    let right: number | undefined;
    const { value, grads } = tf.variableGrads(() => {
      const out = output(x, true);
      right = number(accuracy(loss, out.value, y));
      return withPenalties(model, meanLoss(loss, out, y));
    }, [...variables]);
    optimiser.step(variables.map((variable) => grads[variable.name] ?? tf.zerosLike<tf.Tensor>(variable)));
    constrain(model);
    return { loss: number(value), accuracy: right };
  });
}

/** The score of rows that are not learnt from. */
export function assess({ model, loss, output }: Learner, x: tf.Tensor, y: tf.Tensor): Score {
  const rows = x.shape[0]!;
  let [lossSum, rightSum] = [0, 0];
  for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, rows - start);
    const score = tf.tidy(() => {
      const target = tf.slice(y, start, count);
      const out = output(tf.slice(x, start, count), false);
      const right = number(accuracy(loss, out.value, target));
      return { loss: number(withPenalties(model, meanLoss(loss, out, target))), right };
    });
    lossSum += count * score.loss;
    rightSum += count * (score.right ?? Number.NaN);
  }
  return { loss: lossSum / rows, accuracy: Number.isNaN(rightSum) ? undefined : rightSum / rows };
}

function outputOf(model: tf.LayersModel, loss: Loss): Learner['output'] {
  const stack = denseStack(model);
  if (stack === undefined)
    return (x, training) => ({ value: model.apply(x, { training }) as tf.Tensor, logits: undefined });
  const givesLogits = stack.at(-1)!.activation === logitActivation[loss];
  return (x) => {
    const { z, value } = applyStack(stack, x as tf.Tensor2D);
    return { value, logits: givesLogits ? z : undefined };
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

function number(scalar: tf.Scalar): number;
function number(scalar: tf.Scalar | undefined): number | undefined;
function number(scalar: tf.Scalar | undefined): number | undefined {
  return scalar?.dataSync()[0];
}
