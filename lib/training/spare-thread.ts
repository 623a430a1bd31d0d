import { Worker } from 'node:worker_threads';
import { isSource, workerEntry } from '../worker-entry.js';
import type { HelperData } from './exchange.js';

/** Until a thread can help, in ms; one from source compiles itself first. */
const STARTING = { spare: 2, built: 50, source: 300 } as const;

// A thread that has helped and may help again, which is there many times sooner than a new one.
let kept: Worker | undefined;

/** How long it takes until a thread can help, in ms. */
export function startingTime(): number {
  if (spareThread()) return STARTING.spare;
  return isSource(import.meta.url) ? STARTING.source : STARTING.built;
}

/**
 * Sends a job to the spare thread or to a new one. It never keeps the process alive, and ends by itself when nobody has
 * needed it for a while.
 *
 * @param giveUp - is called if it does not start or breaks down.
 * @returns what makes it the spare thread again; to be called once, when it has been told to stop.
 */
export function borrowThread(job: HelperData, giveUp: () => void): () => void {
  try {
    const thread = spareThread() ?? newThread();
    kept = undefined;
    thread.once('error', giveUp);
    thread.postMessage(job);
    return () => {
      thread.off('error', giveUp);
      keep(thread);
    };
  } catch {
    giveUp();
    return () => undefined;
  }
}

function keep(thread: Worker): void {
  if (spareThread()) void thread.terminate();
  else kept = thread;
}

function spareThread(): Worker | undefined {
  const isAlive = kept !== undefined && kept.threadId >= 0;
  return isAlive ? kept : undefined;
}

function newThread(): Worker {
  const thread = new Worker(workerEntry(import.meta.url, 'helper-thread'), { eval: true, execArgv: [] });
  thread.unref();
  thread.on('error', () => undefined); // who borrows it listens; while it is spare nobody needs to know
  return thread;
}
