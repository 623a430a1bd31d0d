import { need } from '../need.js';
import type { EarlyStop } from './early-stop.js';
import type { Progress } from './history.js';
import type { Learner, Score } from './learner.js';
import { checkOwner } from './one-at-a-time.js';
import type { TrainOptions } from './options.js';
import { type Finish, finisher } from './turns.js';

/** Which rows are learnt from, and how long. */
interface Epochs {
  /** So many rows, the first in the order, are only measured. */
  readonly heldOut: number;
  readonly rows: number;
  readonly watch: EarlyStop | undefined;
  /** Whether the model's weights still belong to this training. */
  readonly isOwner: () => boolean;
  readonly seconds: () => number;
  readonly options: TrainOptions;
}

/** Learns epoch by epoch, until it is the last or a signal stops it, and reports each. */
export async function learnEpochs(
  learner: Learner,
  { heldOut, rows, watch, isOwner, seconds, options }: Epochs,
): Promise<readonly Progress[]> {
  const { epochs, onProgress, signal } = options;
  const finish = owned(finisher(), isOwner);
  const done: Progress[] = [];
  while (!done.at(-1)?.isLast && !signal?.aborted) {
    const epoch = done.length + 1;
    learner.shuffle(heldOut);
    const score = await learnEpoch(learner, { epoch, from: heldOut, to: rows, finish, options });
    if (score === undefined) break;
    const held = heldOut > 0 ? await finish(learner.measure(0, heldOut)) : undefined;
    if (held) checkLoss(held, epoch);
    const isLast = watch?.afterEpoch((held ?? score).loss) || epoch === epochs;
    const validation = { validationLoss: held?.loss, validationAccuracy: held?.accuracy };
    done.push({ epoch, epochs, isLast, ...score, ...validation, seconds: seconds() });
    if (!onProgress) continue;
    learner.publish();
    await onProgress(done.at(-1)!);
    checkOwner(isOwner);
  }
  return done;
}

/** The same, checked each time that others may have had a turn. */
function owned(finish: Finish, isOwner: () => boolean): Finish {
  return async (work) => {
    const result = await finish(work);
    checkOwner(isOwner);
    return result;
  };
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
