import { workerData } from 'node:worker_threads';
import { createTrainingEngine } from '../dense/training/engine.js';
import { zeros } from '../dense/training/layout.js';
import { createShare, type Share } from '../dense/training/share.js';
import { type Exchange, type HelperData, SIGNAL, waitForChange } from './exchange.js';

// The thread's program: does what it is given, until it is given the end or has waited for long.

const LONGEST_WAIT = 10_000; // ms

const { network, exchange } = workerData as HelperData;
const { signals } = exchange;
const engine = createTrainingEngine();
const share = createShare(engine, network, exchange.order.length);
const gradient = zeros(engine.memory, share.layout.parameters);
share.records().set(exchange.records);
Atomics.store(signals, SIGNAL.there, 1);

let done = 0;
let order = 0;
while (waitForChange(signals, SIGNAL.given, done, LONGEST_WAIT)) {
  const given = Atomics.load(signals, SIGNAL.given);
  if (given < done) break;
  order = takeOrder(share, exchange, order);
  work(share, exchange);
  done = given;
  Atomics.store(signals, SIGNAL.done, done);
  Atomics.notify(signals, SIGNAL.done);
}
Atomics.store(signals, SIGNAL.there, 0);

function takeOrder(share: Share, { signals, order }: Exchange, known: number): number {
  const changes = Atomics.load(signals, SIGNAL.order);
  if (changes !== known) share.order().set(order);
  return changes;
}

function work(share: Share, { task, weights, gradient: shared, sums }: Exchange): void {
  const [from, to, scale] = task as unknown as [number, number, number];
  const isLearning = !Number.isNaN(scale);
  share.weights().set(weights);
  const steps = share.work({ from, to, scale: isLearning ? scale : undefined });
  while (!steps.next().done);
  const { loss, right } = share.takeSums();
  sums.set([loss, right]);
  if (!isLearning) return;
  share.takeGradient(gradient);
  shared.set(engine.memory.view(gradient, shared.length));
}
