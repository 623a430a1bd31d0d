import * as tf from '@tensorflow/tfjs';

/** What training makes small. */
export type Loss = 'binaryCrossentropy' | 'categoricalCrossentropy' | 'meanSquaredError';

/** What a model says about some rows: its output and, where it is known, the value before the last activation. */
export interface Output {
  /** Shape [batch, out]. */
  readonly value: tf.Tensor;
  /** Logits, shape [batch, out], if the value is their sigmoid (binary) or softmax (categorical cross-entropy). */
  readonly logits: tf.Tensor | undefined;
}

const MIN_PROBABILITY = 1e-7;

/** The last activation whose argument, the logits, a loss can use directly: exact even where the output rounds to 0 or 1. */
export const logitActivation = {
  binaryCrossentropy: 'sigmoid',
  categoricalCrossentropy: 'softmax',
  meanSquaredError: undefined,
} as const;

/** Mean loss over the rows of a batch, a scalar. Probabilities are kept 10⁻⁷ away from 0 and 1, as in Keras. */
export function meanLoss(loss: Loss, { value, logits }: Output, y: tf.Tensor): tf.Scalar {
  switch (loss) {
    case 'meanSquaredError':
      return tf.mean(tf.square(tf.sub(value, y)));
    case 'binaryCrossentropy':
      return tf.mean<tf.Scalar>(logits ? tf.sub(tf.softplus(logits), tf.mul(y, logits)) : binary(value, y));
    case 'categoricalCrossentropy':
      return tf.mean<tf.Scalar>(tf.neg(tf.sum(tf.mul(y, logits ? tf.logSoftmax(logits) : logOfShares(value)), -1)));
  }
}

/** Share of the rows whose class is right; undefined where the loss knows no classes. */
export function accuracy(loss: Loss, value: tf.Tensor, y: tf.Tensor): tf.Scalar | undefined {
  switch (loss) {
    case 'meanSquaredError':
      return undefined;
    case 'binaryCrossentropy':
      return tf.mean<tf.Scalar>(tf.cast(tf.equal(tf.greater(value, 0.5), tf.greater(y, 0.5)), 'float32'));
    case 'categoricalCrossentropy':
      return tf.mean<tf.Scalar>(tf.cast(tf.equal(tf.argMax(value, -1), tf.argMax(y, -1)), 'float32'));
  }
}

function binary(p: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const clipped = tf.clipByValue(p, MIN_PROBABILITY, 1 - MIN_PROBABILITY);
  const signal = tf.mul(y, tf.log(clipped));
  const background = tf.mul(tf.sub(1, y), tf.log(tf.sub(1, clipped)));
  return tf.neg(tf.add(signal, background));
}

function logOfShares(p: tf.Tensor): tf.Tensor {
  const shares = tf.div(p, tf.sum(p, -1, true));
  return tf.log(tf.clipByValue(shares, MIN_PROBABILITY, 1 - MIN_PROBABILITY));
}
