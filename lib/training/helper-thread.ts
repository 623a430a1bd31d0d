import { workerData } from 'node:worker_threads';
import { createTrainingEngine } from '../dense/training/engine.js';
import { zeros } from '../dense/training/layout.js';
import { createShare, type Share, type Task } from '../dense/training/share.js';
import { claim, type Exchange, type HelperData, SIGNAL, waitForChange } from './exchange.js';

// The thread's program: does what it is given, until it is given the end or has waited for long.

const LONGEST_WAIT = 10_000; // ms
const WARM_UP = 15; // ms: code that has run for a while is fast, and until then nobody waits for it

const { network, exchange } = workerData as HelperData;
const { signals } = exchange;
const engine = createTrainingEngine();
const share = createShare(engine, network, exchange.order.length);
const gradient = zeros(engine.memory, share.layout.parameters);
share.records().set(exchange.records);
warmUp(share, gradient);
Atomics.store(signals, SIGNAL.there, 1);

let [seen, order] = [0, 0];
while (waitForChange(signals, SIGNAL.given, seen, LONGEST_WAIT)) {
  const given = Atomics.load(signals, SIGNAL.given);
  if (given < seen) break;
  seen = given;
  if (!claim(signals, given)) continue;
  order = takeOrder(share, exchange, order);
  work(share, exchange);
  Atomics.store(signals, SIGNAL.done, given);
  Atomics.notify(signals, SIGNAL.done);
}
Atomics.store(signals, SIGNAL.there, 0);

function warmUp(share: Share, gradient: number): void {
  const task = { from: 0, to: Math.min(512, share.order().length), scale: 1 };
  for (const end = performance.now() + WARM_UP; performance.now() < end; ) {
    carryOut(share, task);
    share.takeSums();
    share.takeGradient(gradient);
  }
}

function carryOut(share: Share, task: Task): void {
  const steps = share.work(task);
  let step = steps.next();
  while (!step.done) step = steps.next();
}

function takeOrder(share: Share, { signals, order }: Exchange, known: number): number {
  const changes = Atomics.load(signals, SIGNAL.order);
  if (changes !== known) share.order().set(order);
  return changes;
}

function work(share: Share, { task, weights, gradient: shared, sums }: Exchange): void {
  const [from, to, scale] = task as unknown as [number, number, number];
  const isLearning = !Number.isNaN(scale);
  share.weights().set(weights);
  carryOut(share, { from, to, scale: isLearning ? scale : undefined });
  const { loss, right } = share.takeSums();
  sums.set([loss, right]);
  if (!isLearning) return;
  share.takeGradient(gradient);
  shared.set(engine.memory.view(gradient, shared.length));
}
