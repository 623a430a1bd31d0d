// Stops what the main thread does: asks first, and if nobody answers tells V8 to end what runs.
import { Session } from 'node:inspector';
import { Phase, Slot, type ToMain } from '../threads.js';

const PATIENCE_MS = 150; // a main thread that has not noticed by then is in a loop
const COMPILER_MS = 100;
const AGAIN_MS = 300;

export type Interrupts = ReturnType<typeof createInterrupts>;

export function createInterrupts(shared: Int32Array, tellMain: (message: ToMain) => void) {
  const inspector = new Session();
  inspector.connectToMainThread();
  let asked = 0;
  let insisting = false;
  let terminating = false; // V8 was told to end what runs and has not yet done so
  let whenSafe = () => {};

  const seen = () => Atomics.load(shared, Slot.interruptSeen) >= asked;
  const ask = () => tellMain({ kind: 'interrupt', number: asked });
  const later = (ms: number) => setTimeout(insist, ms);

  function insist(): void {
    if (terminating) {
      ask(); // gives V8 something to end, in case the loop ended by itself
      later(COMPILER_MS);
    } else if (seen()) {
      insisting = false;
      whenSafe();
    } else if (Atomics.load(shared, Slot.phase) === Phase.compiling) {
      later(COMPILER_MS); // cut short, the compiler would be in pieces; it always ends by itself
    } else {
      terminating = true;
      inspector.post('Runtime.terminateExecution', () => {
        terminating = false;
        ask(); // the first message may have been lost in the termination
      });
      later(AGAIN_MS);
    }
  }

  return {
    request(): void {
      asked += 1;
      ask();
      if (!insisting) later(PATIENCE_MS);
      insisting = true;
    },
    /** False while an interrupt is on its way: what is handed to the main thread now could be hit by it. */
    safe: () => seen() && !terminating,
    onSafe(callback: () => void): void {
      whenSafe = callback;
    },
    seen,
    disconnect: () => inspector.disconnect(),
  };
}
