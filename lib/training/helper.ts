import type { TrainingNetwork } from '../dense/training/network.js';
import type { Partner } from '../dense/training/parts.js';
import { claim, createExchange, type Exchange, SIGNAL, waitForChange } from './exchange.js';
import { borrowThread } from './spare-thread.js';

const THE_END = -1;
/** Waited for at least, in ms, and so many times as long as the own half took: then the helper is given up. */
const PATIENCE = { least: 200, times: 20 } as const;

/** A thread that computes the second half of every batch until it is dismissed. */
export interface Helper extends Partner {
  /** Whether it is ready to work. */
  isThere(): boolean;
  /** Tells the thread to stop; another training may have it then. */
  dismiss(): void;
}

/**
 * Starts a helper; training goes on meanwhile, and without it where threads cannot start.
 *
 * It never keeps the process alive, and ends by itself when nothing has come for a while.
 *
 * @param records - the data, copied here once.
 */
export function startHelper(network: TrainingNetwork, records: Float32Array, rows: number): Helper {
  const { records: shared, ...exchange } = createExchange(network, rows);
  shared.set(records);
  const end = (): void => give(exchange.signals, THE_END);
  const release = borrowThread({ network, exchange: { ...exchange, records: shared } }, end);
  return helperWith(exchange, release);
}

function helperWith(
  { signals, task, sums, weights, gradient, order }: Omit<Exchange, 'records'>,
  release: () => void,
): Helper {
  let [given, done] = [0, 0];
  let start = 0;
  const isOver = (): boolean => Atomics.load(signals, SIGNAL.given) === THE_END;
  const isThere = (): boolean => Atomics.load(signals, SIGNAL.there) === 1 && !isOver();
  const dismiss = (): void => {
    if (isOver()) return; // another training may have the thread by now
    give(signals, THE_END);
    release();
  };
  return {
    isThere,
    dismiss,
    setOrder(rows) {
      order.set(rows);
      Atomics.add(signals, SIGNAL.order, 1);
    },
    begin({ from, to, scale }, own) {
      if (!isThere()) return false;
      weights.set(own);
      task.set([from, to, scale ?? Number.NaN]);
      given += 1;
      start = performance.now();
      give(signals, given);
      return true;
    },
    end(own) {
      if (claim(signals, given)) return undefined; // it has not begun: other programs keep the processors busy
      const patience = PATIENCE.least + PATIENCE.times * (performance.now() - start);
      if (!waitForChange(signals, SIGNAL.done, done, patience)) {
        dismiss();
        return undefined;
      }
      done = given;
      own.set(gradient);
      return { loss: sums[0]!, right: sums[1]! };
    },
  };
}

function give(signals: Int32Array, task: number): void {
  Atomics.store(signals, SIGNAL.given, task);
  Atomics.notify(signals, SIGNAL.given);
}
