import type { TrainingEngine } from './kernels.js';
import { zeros } from './layout.js';
import type { Share, Sums, Task } from './share.js';

/** Fewer rows are one part: a second sum would cost more than another thread could save. */
const DIVIDED = 64;

/** Another thread that computes the second part of every task. */
export interface Partner {
  /** The order of the rows, before the first task and whenever it changes. */
  setOrder(order: Int32Array): void;
  /** Lets it begin; false if it is not there. */
  begin(task: Task, weights: Float32Array): boolean;
  /** Waits for the sums and, after learning, the gradient; undefined if it does not answer: then the caller does the work. */
  end(gradient: Float32Array): Sums | undefined;
}

/** A task done in two parts. The parts are the same, and so are all bits, whether a partner does the second or not. */
export interface Parts {
  /** Addresses of the two parts' gradients, after learning. */
  readonly gradients: readonly [number, number];
  /** The sums of both parts; yields where others may have a turn. */
  sumsOf(task: Task): Generator<undefined, Sums>;
  /** Has to be called when the order of the rows has changed. */
  orderChanged(): void;
  /** Lets a partner help from now on. */
  invite(partner: Partner): void;
}

/** Does tasks in two parts, both with this share as long as there is no partner. */
export function partsOf({ memory }: TrainingEngine, share: Share): Parts {
  const { parameters } = share.layout;
  const [first, second] = [zeros(memory, parameters), zeros(memory, parameters)];
  const secondGradient = (): Float32Array => memory.view(second, parameters) as Float32Array;
  let partner: Partner | undefined;
  function* own(task: Task, gradient: number): Generator<undefined, Sums> {
    yield* share.work(task);
    if (task.scale !== undefined) share.takeGradient(gradient);
    return share.takeSums();
  }
  function* other(task: Task, isBegun: boolean): Generator<undefined, Sums> {
    if (task.from === task.to) {
      secondGradient().fill(0);
      return { loss: 0, right: 0 };
    }
    const helped = isBegun ? partner?.end(secondGradient()) : undefined;
    return helped ?? (yield* own(task, second));
  }
  return {
    gradients: [first, second],
    *sumsOf(task) {
      const middle = middleOf(task);
      const rest = { ...task, from: middle };
      const isBegun = middle < task.to && (partner?.begin(rest, share.weights()) ?? false);
      const { loss, right } = yield* own({ ...task, to: middle }, first);
      const more = yield* other(rest, isBegun);
      return { loss: loss + more.loss, right: right + more.right };
    },
    orderChanged: () => partner?.setOrder(share.order()),
    invite(invited) {
      invited.setOrder(share.order());
      partner = invited;
    },
  };
}

function middleOf({ from, to }: Task): number {
  return to - from < DIVIDED ? to : from + Math.ceil((to - from) / 32) * 16;
}
