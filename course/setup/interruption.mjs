// @ts-check
import { constants } from 'node:os';
import { Failure } from './failure.mjs';

const controller = new AbortController();

/** Aborted, with a Failure as its reason, when set-up is to stop: Ctrl-C, a closed terminal, `kill`, a lost lock. */
export const interruption = controller.signal;

/** @param {Failure} reason */
export function interrupt(reason) {
  controller.abort(reason);
}

/**
 * Makes the signals that end a process interrupt set-up, which tidies up and then ends with the signal's exit code.
 *
 * @returns {() => void} gives the signals back
 */
export function interruptOnSignals() {
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    process.exitCode = 128 + constants.signals[signal];
    interrupt(new Failure('Set-up was interrupted.', { help: 'Run the command again: it goes on from here.' }));
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}
