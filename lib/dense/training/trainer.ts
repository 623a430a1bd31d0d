import type { TrainingEngine } from './kernels.js';
import { zeros } from './layout.js';
import { type TrainingNetwork, termsPerRow } from './network.js';
import { shuffledOrder } from './order.js';
import { type Parts, partsOf } from './parts.js';
import { createShare, type Share, type Sums } from './share.js';

const BETA1 = 0.9;
const BETA2 = 0.999;

/** A network that learns; its weights and the records of the data are zero until they are written. */
export interface Trainer extends Pick<Share, 'weights' | 'records'>, Pick<Parts, 'invite'> {
  /** Puts the rows into a new order, all but the first `from`; the order is 0, 1, 2 … at the beginning. */
  shuffle(from: number): void;
  /** One step on the rows order[from] … order[to - 1], none if their loss is not finite; yields where others may have a turn. */
  learn(from: number, to: number): Generator<undefined, Sums>;
  /** The loss of these rows, likewise. */
  measure(from: number, to: number): Generator<undefined, Sums>;
}

/** What is learnt from, and how fast. */
export interface TrainerOptions {
  /** How many rows the data have. */
  readonly rows: number;
  readonly learningRate: number;
  /** Draws the order of the rows; whole, 0 … 2³² − 1. */
  readonly seed: number;
}

/** Trains with Adam as Keras defines it, in single precision. */
export function createTrainer(engine: TrainingEngine, network: TrainingNetwork, options: TrainerOptions): Trainer {
  const share = createShare(engine, network, options.rows);
  const { gradients, sumsOf, orderChanged, invite } = partsOf(engine, share);
  const shuffle = shuffledOrder(engine, share.layout.order, { count: options.rows, seed: options.seed });
  const step = adam(engine, share, options.learningRate);
  const slope = network.loss === 'meanSquaredError' ? 2 : 1;
  const terms = termsPerRow(network);
  return {
    weights: share.weights,
    records: share.records,
    invite,
    shuffle(from) {
      shuffle(from);
      orderChanged();
    },
    *learn(from, to) {
      const sums = yield* sumsOf({ from, to, scale: slope / ((to - from) * terms) });
      if (Number.isFinite(sums.loss)) step(gradients);
      return sums;
    },
    measure: (from, to) => sumsOf({ from, to, scale: undefined }),
  };
}

// A step against the sum of two gradients. Powers of β by multiplication: a power function need not be the same everywhere.
function adam(
  { kernels, memory }: TrainingEngine,
  { layout }: Share,
  learningRate: number,
): (gradients: Parts['gradients']) => void {
  const { weights, parameters } = layout;
  const [m, v] = [zeros(memory, parameters), zeros(memory, parameters)];
  let [power1, power2] = [1, 1];
  return ([first, second]) => {
    power1 *= BETA1;
    power2 *= BETA2;
    const rate = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
    kernels.adam(weights, first, second, m, v, parameters, rate);
  };
}
