import { parameterCount, recordWidth, type TrainingNetwork } from '../dense/training/network.js';

/** What two threads that train share: a few kilobytes for every batch, and the data once. */
export interface Exchange {
  /** Numbers of tasks and states, see {@link SIGNAL}. */
  readonly signals: Int32Array;
  /** The task: from, to, and the loss's factor or NaN if it is only measured. */
  readonly task: Float64Array;
  /** The sums: loss, and how many are right. */
  readonly sums: Float64Array;
  readonly weights: Float32Array;
  readonly gradient: Float32Array;
  readonly order: Int32Array;
  /** Only read when the helper starts. */
  readonly records: Float32Array;
}

/** What a helper is started with. */
export interface HelperData {
  readonly network: TrainingNetwork;
  readonly exchange: Exchange;
}

/**
 * The places of the signals: whether the helper is there (1), the numbers of the last tasks that were given, claimed by one of
 * the threads, and done by the helper, and how often the order of the rows has changed. A number below zero ends the helper.
 */
export const SIGNAL = { there: 0, given: 1, claimed: 2, done: 3, order: 4 } as const;

/** Room for a network and its data, shared between threads. */
export function createExchange(network: TrainingNetwork, rows: number): Exchange {
  const parameters = parameterCount(network);
  return {
    signals: new Int32Array(new SharedArrayBuffer(20)),
    task: new Float64Array(new SharedArrayBuffer(24)),
    sums: new Float64Array(new SharedArrayBuffer(16)),
    weights: new Float32Array(new SharedArrayBuffer(4 * parameters)),
    gradient: new Float32Array(new SharedArrayBuffer(4 * parameters)),
    order: new Int32Array(new SharedArrayBuffer(4 * rows)),
    records: new Float32Array(new SharedArrayBuffer(4 * rows * recordWidth(network))),
  };
}

/** Claims a task; false if the other thread was first. */
export function claim(signals: Int32Array, task: number): boolean {
  return Atomics.compareExchange(signals, SIGNAL.claimed, task - 1, task) === task - 1;
}

/** Looks so often before it sleeps, some 20 µs: mostly the other thread is done by then, and waking up takes longer. */
const LOOKS = 20_000;

/** Waits until a signal is no longer what it was; false if that takes longer than so many milliseconds. */
export function waitForChange(signals: Int32Array, place: number, value: number, patience: number): boolean {
  for (let looks = 0; looks < LOOKS; looks++) if (Atomics.load(signals, place) !== value) return true;
  const end = performance.now() + patience;
  while (Atomics.load(signals, place) === value) {
    const left = end - performance.now();
    if (left <= 0) return false;
    Atomics.wait(signals, place, value, left);
  }
  return true;
}
