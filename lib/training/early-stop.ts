import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';

/** When to stop a training that no longer improves. */
export interface EarlyStopOptions {
  /** Epochs in a row without an improvement after which training stops; whole, at least 1. */
  readonly patience: number;
  /** What the loss must fall below its best value by to be an improvement; at least 0, default 0. */
  readonly minDelta?: number;
}

/** Watches a loss, and keeps the weights it was best with. */
export interface EarlyStop {
  /** Takes note of an epoch's loss and, if it is the best so far, of the model's weights; whether to stop. */
  afterEpoch(loss: number): boolean;
  /** The best epoch so far, from 1; undefined before the first. */
  best(): number | undefined;
  /** Gives the model the weights of the best epoch, if there was one. */
  restore(): void;
  /** Frees the copy of them. */
  dispose(): void;
}

/**
 * Early stopping as Keras defines it, with `restore_best_weights`; patience counts from the best epoch.
 *
 * @param publish - makes sure that the model's weights are those learnt so far.
 */
export function earlyStop(
  model: tf.LayersModel,
  { patience, minDelta = 0 }: EarlyStopOptions,
  publish: () => void,
): EarlyStop {
  let [epoch, best, lowest] = [0, 0, Number.POSITIVE_INFINITY];
  let kept: tf.Tensor[] = [];
  const keep = (): void => {
    publish();
    tf.dispose(kept);
    kept = variablesOf(model).map((variable) => tf.clone(variable));
  };
  return {
    afterEpoch(loss) {
      epoch += 1;
      if (loss < lowest - minDelta) {
        [best, lowest] = [epoch, loss];
        keep();
      }
      return epoch - best >= patience;
    },
    best: () => best || undefined,
    restore() {
      const copies = kept;
      if (best > 0) variablesOf(model).forEach((variable, i) => variable.assign(copies[i]!));
    },
    dispose() {
      tf.dispose(kept);
    },
  };
}

/** Throws what `train` throws for options without meaning. */
export function checkEarlyStop(options: EarlyStopOptions | null): void {
  const isObject = typeof options === 'object' && options !== null;
  need(isObject, 'train needs an earlyStop { patience, minDelta }', options, TypeError);
  const { patience, minDelta = 0 } = options;
  const isWhole = Number.isInteger(patience) && patience >= 1;
  need(isWhole, 'train needs a whole patience of earlyStop of at least 1', patience);
  const isMargin = minDelta >= 0 && Number.isFinite(minDelta);
  need(isMargin, 'train needs a minDelta of earlyStop of at least 0', minDelta);
}

// Moving means and the like too: all that the model predicts with.
function variablesOf(model: tf.LayersModel): tf.Variable[] {
  return model.weights.map((weight) => weight.read() as tf.Variable);
}
