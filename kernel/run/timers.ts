// Timers of the notebook. They know the cell that set them and end with it: when it is stopped, a loop that awaits a timer
// does not go on behind the user's back.
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';

type Callback = (this: unknown, ...args: unknown[]) => void;
type Setter = (callback: unknown, ...rest: unknown[]) => object;
type Promised = (...args: unknown[]) => Promise<unknown>;
type Ticks = (...args: unknown[]) => AsyncIterable<unknown>;

const never = new Promise<never>(() => {});

export type Timers = ReturnType<typeof createTimers>;

/** Replaces the timers of Node. `own` are the real ones, for the kernel. */
export function createTimers() {
  const own = { setTimeout, setImmediate };
  const builtin = createRequire(import.meta.url);
  const promises = builtin('node:timers/promises') as {
    setTimeout: Promised;
    setImmediate: Promised;
    setInterval: Ticks;
  };
  let current = 0; // the cell whose work runs now, or ran last
  let allUpTo = -1; // these cells are stopped
  const single = new Set<number>(); // and these
  const isStopped = (cell: number) => cell <= allUpTo || single.has(cell);

  function guard(callback: Callback): Callback {
    const cell = current;
    return function (...args) {
      if (isStopped(cell)) return clearInterval(this as NodeJS.Timeout);
      current = cell;
      callback.apply(this, args);
    };
  }
  function guardPromise(original: Promised): Promised {
    return async (...args) => {
      const cell = current;
      const value = await original(...args);
      if (isStopped(cell)) return never;
      current = cell;
      return value;
    };
  }
  async function* guardTicks(original: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    const cell = current;
    for await (const value of original) yield isStopped(cell) ? never : value;
  }

  function replacement(original: Setter, promised?: Promised): Setter {
    const set: Setter = (callback, ...rest) =>
      original(typeof callback === 'function' ? guard(callback as Callback) : callback, ...rest);
    Object.defineProperty(set, 'name', { value: original.name });
    return promised ? Object.assign(set, { [promisify.custom]: promised }) : set;
  }

  const { setInterval: ticks } = promises;
  const promised = { setTimeout: guardPromise(promises.setTimeout), setImmediate: guardPromise(promises.setImmediate) };
  const global = {
    setTimeout: replacement(setTimeout as Setter, promised.setTimeout),
    setImmediate: replacement(setImmediate as Setter, promised.setImmediate),
    setInterval: replacement(setInterval as Setter),
  };
  Object.assign(promises, promised, { setInterval: (...args: unknown[]) => guardTicks(ticks(...args)) });
  Object.assign(builtin('node:timers'), global);
  Object.assign(globalThis, global);
  syncBuiltinESMExports();

  return {
    own,
    /** The work that follows is this cell's. */
    enter(cell: number): void {
      current = cell;
    },
    /** The cell whose work runs now, or ran last. */
    current: () => current,
    /** Ends what this cell has scheduled. */
    stop: (cell: number): unknown => single.add(cell),
    /** Ends what all cells up to this one have scheduled. */
    stopAll(last: number): void {
      allUpTo = last;
    },
  };
}
