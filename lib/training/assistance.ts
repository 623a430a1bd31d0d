import { availableParallelism, loadavg } from 'node:os';
import type { Helper } from './helper.js';

/** Lets another thread help where that pays. */
export interface Assistance {
  /** Takes note of how long a batch took, in ms, and acts on it. */
  afterBatch(time: number): void;
  /** Lets the helper end, if there is one. */
  end(): void;
}

const WINDOW = 8; // ms of batches that a mean is taken over
const LEAST_BATCH = 0.06; // ms: halves of less are done before the other thread knows
const TRIALS = 4; // windows that a helper is given to be faster in one: a busy moment is no reason to dismiss it

/**
 * Starts a helper if what is left to do takes twice as long as its start, and dismisses it if batches take longer with
 * it than without, as they do where other programs keep the processors busy. Clocks decide who computes, not what.
 *
 * @param start - starts a helper and lets it take part.
 * @param batches - how many there will be.
 * @param starting - how long that start takes, in ms.
 */
export function assistance(start: () => Helper, batches: number, starting: number): Assistance {
  let helper: Helper | undefined;
  let isSettled = false;
  let [done, alone, wasHelped, failures] = [0, Number.POSITIVE_INFINITY, false, 0];
  let meanOf = windows();
  const withoutHelp = (mean: number): void => {
    alone = Math.min(alone, mean);
    if (!helper && alone > LEAST_BATCH && alone * (batches - done) > 2 * starting) helper = start();
  };
  const withHelp = (mean: number): void => {
    failures = mean > alone ? failures + 1 : 0;
    isSettled = failures === TRIALS;
    if (isSettled) helper?.dismiss();
  };
  return {
    afterBatch(time) {
      done += 1;
      if (isSettled) return;
      const isHelped = helper?.isThere() ?? false;
      if (isHelped !== wasHelped) meanOf = windows();
      wasHelped = isHelped;
      const mean = meanOf(time);
      if (mean !== undefined) (isHelped ? withHelp : withoutHelp)(mean);
    },
    end: () => helper?.dismiss(),
  };
}

/** Whether another thread would find a processor: there are several, and over the last minute not more has run than they can do. */
export function hasFreeProcessor(): boolean {
  const processors = availableParallelism();
  return processors > 1 && loadavg()[0]! < processors + 0.5;
}

// The mean of every so many milliseconds of batches, when they are over.
function windows(): (time: number) => number | undefined {
  let [count, sum] = [0, 0];
  return (time) => {
    count += 1;
    sum += time;
    if (sum < WINDOW) return undefined;
    const mean = sum / count;
    [count, sum] = [0, 0];
    return mean;
  };
}
