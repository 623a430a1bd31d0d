// What a cell awaits at its top level is held here: while nothing else refers to it, it and the cell would be garbage.
import type { Json } from '../threads.js';

/** By the cell's key. */
export function createHolds() {
  const held: Json = {};
  const hold = (key: string, value: unknown): Promise<unknown> => {
    const promise = Promise.resolve(value);
    held[key] = promise;
    return promise;
  };
  return {
    /** For `await value`. */
    hold,
    /** For `for await (… of values)`. */
    holdEach(key: string, values: Iterable<unknown> | AsyncIterable<unknown>): AsyncIterable<unknown> {
      const each = (async function* () {
        yield* values;
      })();
      const next = () => hold(key, each.next());
      const close = () => hold(key, each.return(undefined));
      return { [Symbol.asyncIterator]: () => ({ next, return: close }) as AsyncIterator<unknown> };
    },
    release(key: string): void {
      delete held[key];
    },
  };
}
