import { nextTurn } from '../next-turn.js';

const LONGEST_TURN = 20; // ms

/** Finishes some work and gives what it returns. */
export type Finish = <T>(work: Generator<undefined, T>) => Promise<T>;

/** A way to finish work, where it yields and after it, the rest of the process has a turn whenever the last one is long ago. */
export function finisher(): Finish {
  let turn = performance.now();
  const giveTurn = async (): Promise<void> => {
    if (performance.now() - turn < LONGEST_TURN) return;
    await nextTurn();
    turn = performance.now();
  };
  return async (work) => {
    let step = work.next();
    while (!step.done) {
      await giveTurn();
      step = work.next();
    }
    await giveTurn();
    return step.value;
  };
}
