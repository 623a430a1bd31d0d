// Turns SIGINT into a message, also while the main thread is in a loop: sleeps in a way that the signal ends.
// The outer watch is there for the moment in which the inner one is set up anew; without it that signal ends the process.
import { runInThisContext } from 'node:vm';
import { parentPort } from 'node:worker_threads';

const never = new Int32Array(new SharedArrayBuffer(4));
const watch = (name: string): void => {
  for (;;) {
    try {
      runInThisContext(`${name}()`, { breakOnSigint: true });
    } catch {
      parentPort?.postMessage('SIGINT');
    }
  }
};
Object.assign(globalThis, { sleep: () => Atomics.wait(never, 0, 0), watchInside: () => watch('sleep') });
watch('watchInside');
