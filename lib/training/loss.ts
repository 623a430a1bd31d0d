import * as tf from '@tensorflow/tfjs';

/** What training makes small. */
export type Loss = 'binaryCrossentropy' | 'categoricalCrossentropy' | 'meanSquaredError';

const MIN_PROBABILITY = 1e-7;

/** Mean loss over the rows of a batch, a scalar. Probabilities are kept 10⁻⁷ away from 0 and 1, as in Keras. */
export function meanLoss(loss: Loss, value: tf.Tensor, y: tf.Tensor): tf.Scalar {
  switch (loss) {
    case 'meanSquaredError':
      return tf.mean(tf.square(tf.sub(value, y)));
    case 'binaryCrossentropy':
      return tf.mean<tf.Scalar>(binary(value, y));
    case 'categoricalCrossentropy':
      return tf.mean<tf.Scalar>(tf.neg(tf.sum(tf.mul(y, logOfShares(value)), -1)));
  }
}

/** Share of the outputs (rows, for the categorical loss) that are right; undefined where the loss knows no classes. */
export function accuracy(loss: Loss, value: tf.Tensor, y: tf.Tensor): number | undefined {
  switch (loss) {
    case 'meanSquaredError':
      return undefined;
    case 'binaryCrossentropy':
      return shareOf(tf.equal(tf.greater(value, 0.5), tf.greater(y, 0.5)));
    case 'categoricalCrossentropy':
      return shareOf(tf.equal(tf.argMax(value, -1), tf.argMax(y, -1)));
  }
}

// Divided in double precision: a mean in single precision of 34 of 60 is not 34/60.
function shareOf(right: tf.Tensor): number {
  return tf.sum(tf.cast(right, 'float32')).dataSync()[0]! / right.size;
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
