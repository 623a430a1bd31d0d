import { nextTurn } from '../next-turn.js';
import type { RunOptions } from '../sampled-run.js';

const LONGEST_TURN = 20; // ms

/** Between parts of long work: reports where it stands and lets other work of the process go on; false once it is stopped. */
export function turns(steps: number, { onProgress, signal }: RunOptions): (step: number) => Promise<boolean> {
  const start = performance.now();
  let turn = start;
  return async (step) => {
    if (signal?.aborted) return false;
    if (step < steps && performance.now() - turn < LONGEST_TURN) return true;
    await onProgress?.({ step, steps, seconds: (performance.now() - start) / 1000 });
    await nextTurn();
    turn = performance.now();
    return true;
  };
}
