import { parentPort } from 'node:worker_threads';
import type { RealArray } from '../dense/engine/memory.js';
import { createTrainingEngine } from '../dense/training/engine.js';
import { zeros } from '../dense/training/layout.js';
import { createShare, type Share, type Task } from '../dense/training/share.js';
import { claim, type Exchange, type HelperData, SIGNAL, waitForChange } from './exchange.js';

// The thread's program: one training after the other, of each what it is given, until it is told to stop or has waited for long.

const LONGEST_WAIT = 10_000; // ms for a task
const LONGEST_REST = 60_000; // ms for another training
const WARM_UP = 15; // ms: code that has run for a while is fast, and until then nobody waits for it

const port = parentPort!;
let rest: NodeJS.Timeout | undefined;
let isWarm = false;
port.on('message', (job: HelperData) => {
  clearTimeout(rest);
  help(job);
  rest = setTimeout(() => port.close(), LONGEST_REST);
});

function help({ network, exchange }: HelperData): void {
  const { signals } = exchange;
  const engine = createTrainingEngine();
  const share = createShare(engine, network, exchange.order.length);
  const { parameters } = share.layout;
  const gradient = zeros(engine.memory, parameters);
  const takeGradient = (): RealArray => {
    share.takeGradient(gradient);
    return engine.memory.view(gradient, parameters);
  };
  share.records().set(exchange.records);
  if (!isWarm) warmUp(share, takeGradient);
  isWarm = true;
  Atomics.store(signals, SIGNAL.there, 1);
  let [seen, order] = [0, 0];
  while (waitForChange(signals, SIGNAL.given, seen, LONGEST_WAIT)) {
    const given = Atomics.load(signals, SIGNAL.given);
    if (given < seen) break;
    seen = given;
    if (!claim(signals, given)) continue;
    order = takeOrder(share, exchange, order);
    work(share, exchange, takeGradient);
    Atomics.store(signals, SIGNAL.done, given);
    Atomics.notify(signals, SIGNAL.done);
  }
  Atomics.store(signals, SIGNAL.there, 0);
}

type TakeGradient = () => RealArray;

function warmUp(share: Share, takeGradient: TakeGradient): void {
  const task = { from: 0, to: Math.min(512, share.order().length), scale: 1 };
  for (const end = performance.now() + WARM_UP; performance.now() < end; ) {
    carryOut(share, task);
    share.takeSums();
    takeGradient();
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

function work(share: Share, { task, weights, gradient, sums }: Exchange, takeGradient: TakeGradient): void {
  const [from, to, scale] = task as unknown as [number, number, number];
  const isLearning = !Number.isNaN(scale);
  share.weights().set(weights);
  carryOut(share, { from, to, scale: isLearning ? scale : undefined });
  const { loss, right } = share.takeSums();
  sums.set([loss, right]);
  if (isLearning) gradient.set(takeGradient());
}
