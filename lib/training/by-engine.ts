import { availableParallelism } from 'node:os';
import { createTrainingEngine } from '../dense/training/engine.js';
import { termsPerRow, writeRecords } from '../dense/training/network.js';
import type { Sums } from '../dense/training/share.js';
import { createTrainer } from '../dense/training/trainer.js';
import { isSource } from '../worker-entry.js';
import type { LearnerOptions } from './by-tensorflow.js';
import { type Helper, startHelper } from './helper.js';
import type { Learner, Score } from './learner.js';
import type { Stack } from './stack.js';

/** A learner on the dense engine, in single precision. */
export function engineLearner(
  { network, read, write }: Stack,
  { x, y, learningRate, batches }: LearnerOptions & { readonly batches: number },
): Learner {
  const rows = x.shape[0]!;
  const trainer = createTrainer(createTrainingEngine(), network, { rows, learningRate });
  writeRecords(network, x.dataSync(), y.dataSync(), trainer.records());
  read(trainer.weights());
  const wouldPay = helperPays(batches);
  let helper: Helper | undefined;
  const scoreOf = ({ loss, right }: Sums, count: number): Score => {
    const terms = count * termsPerRow(network);
    return { loss: loss / terms, accuracy: network.loss === 'meanSquaredError' ? undefined : right / terms };
  };
  return {
    setOrder: trainer.setOrder,
    *learn(from, to) {
      const start = performance.now();
      const sums = yield* trainer.learn(from, to);
      if (!helper && wouldPay(performance.now() - start)) {
        helper = startHelper(network, trainer.records(), rows);
        trainer.invite(helper);
      }
      return scoreOf(sums, to - from);
    },
    *measure(from, to) {
      return scoreOf(yield* trainer.measure(from, to), to - from);
    },
    publish: () => write(trainer.weights()),
    dispose: () => helper?.dismiss(),
  };
}

/** A thread from source takes longer to start: it compiles itself. */
const STARTING = isSource(import.meta.url) ? 300 : 40; // ms
const SEEN = 5; // ms of work, before anything is said about the rest
const LEAST_BATCH = 0.06; // ms: halves of less are done before the other thread knows

// Whether another thread would pay, from the times of the batches so far: if half of what is left is much more than its start.
function helperPays(batches: number): (time: number) => boolean {
  let [seen, spent] = [0, 0];
  const canHelp = availableParallelism() > 1;
  return (time) => {
    seen += 1;
    spent += time;
    const mean = spent / seen;
    return canHelp && spent > SEEN && mean > LEAST_BATCH && mean * (batches - seen) > 3 * STARTING;
  };
}
