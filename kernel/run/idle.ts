// What the main thread does while nobody asks for anything: it gets ready for the first cell and gives unused memory back.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Phase, Slot } from '../threads.js';
import type { Timers } from './timers.js';

const WARM_UP_MS = 50;
const GIVE_BACK_MS = 2000;
const UNUSED_BYTES = 64 * 1024 * 1024; // of the heap; Node 24 keeps more after the first cell, for 10 seconds or longer

interface IdleContext {
  readonly timers: Timers;
  readonly shared: Int32Array;
  /** Makes the first cell faster. */
  readonly warmUp: () => void;
  /** Makes the next kernel faster. */
  readonly saveCache: () => void;
}

export function createIdle({ timers, shared, warmUp, saveCache }: IdleContext) {
  let timer: NodeJS.Timeout | undefined;

  /** Work that an interrupt must not cut short. */
  function later(work: () => void, ms: number): void {
    clearTimeout(timer);
    timer = timers.own.setTimeout(() => {
      Atomics.store(shared, Slot.phase, Phase.compiling);
      work();
      Atomics.store(shared, Slot.phase, Phase.idle);
    }, ms);
  }
  function settle(): void {
    saveCache();
    later(giveBack, GIVE_BACK_MS);
  }

  return {
    /** The kernel is ready and nobody has asked for anything yet. */
    begin(): void {
      later(() => {
        warmUp();
        settle();
      }, WARM_UP_MS);
    },
    /** A request has come. */
    stop: (): void => clearTimeout(timer),
    /** A request is done. */
    resume: (): void => later(settle, 0),
  };
}

/** Takes up to 0.2 s, so only where it is worth it. */
function giveBack(): void {
  const { total_heap_size: held, used_heap_size: used } = getHeapStatistics();
  if (held - used < UNUSED_BYTES) return;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: object) => void;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' }); // the only flavour that shrinks the young generation
}
