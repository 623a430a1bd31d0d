import type { TrainingEngine } from './kernels.js';
import { type Layout, layoutOf } from './layout.js';
import type { TrainingNetwork } from './network.js';
import { passesOf } from './passes.js';

/** Products of a weight and a value between two moments when others may have a turn: some milliseconds. */
const WORK = 5e6;

/** The rows order[from] … order[to - 1]: to learn from, with a factor for the loss, or to measure, without. */
export interface Task {
  readonly from: number;
  readonly to: number;
  readonly scale: number | undefined;
}

/** Sums over some rows: of the loss, and of the outputs (or rows, where these have a class) that are right. */
export interface Sums {
  readonly loss: number;
  readonly right: number;
}

/** What a thread needs to do its share of the work. What comes out does not depend on the thread. */
export interface Share {
  readonly layout: Layout;
  /** The weights, layer after layer, to be read and written. */
  weights(): Float32Array;
  /** All rows of the data, as records. */
  records(): Float32Array;
  /** The numbers of the rows, in the order that tasks are about. */
  order(): Int32Array;
  /** Adds the loss of a task to the sums, and its gradient to the gradient; yields where others may have a turn. */
  work(task: Task): Generator<undefined, void>;
  /** The sums since they were last taken. */
  takeSums(): Sums;
  /** Writes the gradient since it was last taken to an address. */
  takeGradient(address: number): void;
}

/** A share of the training of a network with this many rows of data. */
export function createShare({ kernels, memory }: TrainingEngine, network: TrainingNetwork, rows: number): Share {
  const layout = layoutOf(memory, network, rows);
  const passes = passesOf(kernels, layout, network.loss);
  const block = layout.rows;
  const turn = Math.ceil(WORK / layout.parameters / block) * block;
  const floats = (address: number, count: number): Float32Array => memory.view(address, count) as Float32Array;
  return {
    layout,
    weights: () => floats(layout.weights, layout.parameters),
    records: () => floats(layout.records, rows * layout.width),
    order: () => memory.integers(layout.order, rows),
    *work({ from, to, scale }) {
      for (let first = from; first < to; first += block) {
        if (first > from && (first - from) % turn === 0) yield;
        passes.forward(first, Math.min(block, to - first), scale ?? 0);
        if (scale !== undefined) passes.backward();
      }
    },
    takeSums() {
      const score = new Float64Array(memory.all().buffer, layout.score, 2);
      const [loss, right] = [score[0]!, score[1]!];
      score.fill(0);
      return { loss, right };
    },
    takeGradient: (address) => kernels.fold(address, layout.gradient, layout.parameters),
  };
}
