import { createTrainingEngine } from '../dense/training/engine.js';
import { termsPerRow, writeRecords } from '../dense/training/network.js';
import type { Sums } from '../dense/training/share.js';
import { createTrainer } from '../dense/training/trainer.js';
import { assistance, hasFreeProcessor } from './assistance.js';
import type { LearnerOptions } from './by-tensorflow.js';
import { type Helper, startHelper } from './helper.js';
import type { Learner, Score } from './learner.js';
import { startingTime } from './spare-thread.js';
import type { Stack } from './stack.js';

/** A learner on the dense engine, in single precision. */
export function engineLearner(
  { network, read, write }: Stack,
  { x, y, learningRate, seed, batches }: LearnerOptions & { readonly batches: number },
): Learner {
  const rows = x.shape[0]!;
  const trainer = createTrainer(createTrainingEngine(), network, { rows, learningRate, seed });
  writeRecords(network, x.dataSync(), y.dataSync(), trainer.records());
  read(trainer.weights());
  const start = (): Helper => {
    const helper = startHelper(network, trainer.records(), rows);
    trainer.invite(helper);
    return helper;
  };
  const assisted = hasFreeProcessor() ? assistance(start, batches, startingTime()) : undefined;
  const scoreOf = ({ loss, right }: Sums, count: number): Score => {
    const terms = count * termsPerRow(network);
    return { loss: loss / terms, accuracy: network.loss === 'meanSquaredError' ? undefined : right / terms };
  };
  return {
    shuffle: trainer.shuffle,
    *learn(from, to) {
      const before = performance.now();
      const sums = yield* trainer.learn(from, to);
      assisted?.afterBatch(performance.now() - before);
      return scoreOf(sums, to - from);
    },
    *measure(from, to) {
      return scoreOf(yield* trainer.measure(from, to), to - from);
    },
    publish: () => write(trainer.weights()),
    dispose: () => assisted?.end(),
  };
}
