import type { TrainingEngine } from './kernels.js';
import { zeros } from './layout.js';
import { type TrainingNetwork, termsPerRow } from './network.js';
import { createShare, type Share, type Sums, type Task } from './share.js';

/** Fewer rows are not halved: a second sum would cost more than another thread could save. */
const HALVED = 64;
const BETA1 = 0.9;
const BETA2 = 0.999;

/** Another thread that computes the second half of every batch. */
export interface Partner {
  /** The order of the rows, before the first task and whenever it changes. */
  setOrder(order: Int32Array): void;
  /** Lets it begin; false if it is not there. */
  begin(task: Task, weights: Float32Array): boolean;
  /** Waits for the sums and, after learning, the gradient; undefined if it does not answer: then the caller does the work. */
  end(gradient: Float32Array): Sums | undefined;
}

/** A network that learns; its weights and the records of the data are zero until they are written. */
export interface Trainer extends Pick<Share, 'weights' | 'records'> {
  /** The order of the rows from now on. */
  setOrder(order: Int32Array): void;
  /** One step on the rows order[from] … order[to - 1], none if their loss is not finite; yields where others may have a turn. */
  learn(from: number, to: number): Generator<undefined, Sums>;
  /** The loss of these rows, likewise. */
  measure(from: number, to: number): Generator<undefined, Sums>;
  /** Lets another thread help from now on. */
  invite(partner: Partner): void;
}

/** What is learnt from, and how fast. */
export interface TrainerOptions {
  /** How many rows the data have. */
  readonly rows: number;
  readonly learningRate: number;
}

/**
 * Trains with Adam as Keras defines it, in single precision.
 *
 * A batch is the sum of two parts, whoever computes them: its bits are the same with one thread and with two.
 */
export function createTrainer(engine: TrainingEngine, network: TrainingNetwork, options: TrainerOptions): Trainer {
  const share = createShare(engine, network, options.rows);
  const { parameters } = share.layout;
  const [first, second, none] = [0, 1, 2].map(() => zeros(engine.memory, parameters)) as [number, number, number];
  const step = adam(engine, share.layout, options.learningRate);
  const terms = termsPerRow(network);
  let partner: Partner | undefined;

  function* ownSums(task: Task, gradient: number): Generator<undefined, Sums> {
    yield* share.work(task);
    if (task.scale !== undefined) share.takeGradient(gradient);
    return share.takeSums();
  }
  function* sumsOf(task: Task, middle: number): Generator<undefined, Sums> {
    const rest = { ...task, from: middle };
    const isHelped = middle < task.to && (partner?.begin(rest, share.weights()) ?? false);
    const sums = yield* ownSums({ ...task, to: middle }, first);
    if (middle === task.to) return sums;
    const helped = isHelped ? partner?.end(engine.memory.view(second, parameters) as Float32Array) : undefined;
    const { loss, right } = helped ?? (yield* ownSums(rest, second));
    return { loss: sums.loss + loss, right: sums.right + right };
  }
  return {
    weights: share.weights,
    records: share.records,
    setOrder(order) {
      share.order().set(order);
      partner?.setOrder(order);
    },
    *learn(from, to) {
      const slope = network.loss === 'meanSquaredError' ? 2 : 1;
      const middle = middleOf(from, to);
      const sums = yield* sumsOf({ from, to, scale: slope / ((to - from) * terms) }, middle);
      if (Number.isFinite(sums.loss)) step(first, middle < to ? second : none);
      return sums;
    },
    measure: (from, to) => sumsOf({ from, to, scale: undefined }, middleOf(from, to)),
    invite(other) {
      other.setOrder(share.order());
      partner = other;
    },
  };
}

function middleOf(from: number, to: number): number {
  return to - from < HALVED ? to : from + Math.ceil((to - from) / 32) * 16;
}

// A step against the sum of two gradients. Powers of β by multiplication: a power function need not be the same everywhere.
function adam(
  { kernels, memory }: TrainingEngine,
  { weights, parameters }: { readonly weights: number; readonly parameters: number },
  learningRate: number,
): (first: number, second: number) => void {
  const [m, v] = [zeros(memory, parameters), zeros(memory, parameters)];
  let [power1, power2] = [1, 1];
  return (first, second) => {
    power1 *= BETA1;
    power2 *= BETA2;
    const rate = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
    kernels.adam(weights, first, second, m, v, parameters, rate);
  };
}
