// Where the engine spends the time of the derivatives: each of its compiled kernels is timed whenever the driver calls it.
import { numpyRandom } from 'netlens';
import * as dense from 'netlens/dense';
import { evaluate, type Task } from '../lib/dense/engine/evaluate.js';
import type { Kernels } from '../lib/dense/engine/kernels.js';
import { compiledEngine } from '../lib/dense/engine/webassembly.js';
import { table } from './measure.js';

const CALLS = 100;
const LEAST_SHARE = 0.02;

const random = numpyRandom(1);
const numbers = (count: number): number[] => Array.from({ length: count }, () => random.normal());

function stack(
  widths: readonly number[],
  hidden: dense.DenseActivation,
  last: dense.DenseActivation,
): dense.DenseStack {
  const layers = widths.slice(1).map((units, i) => ({
    weights: numbers(widths[i]! * units).map((weight) => weight / Math.sqrt(widths[i]!)),
    biases: numbers(units),
    activation: i < widths.length - 2 ? hidden : last,
  }));
  return dense.denseStack(widths[0]!, layers);
}

/** One row per work: the time of a call, and which parts take how much of it. */
export function profileTable(): Promise<string> {
  const classifier = stack([3, 100, 1], 'tanh', 'sigmoid');
  const emulator = stack([8, 16, 16, 8], 'relu', 'linear');
  const rows = [
    ['20,000 gradients of 3-100-1', ...profile(classifier, 20_000, { jacobians: 3 })],
    ['20,000 Hessians of 3-100-1', ...profile(classifier, 20_000, { hessians: 9 })],
    [
      'the 40×40 grid of 2-100-1',
      ...profile(stack([2, 100, 1], 'tanh', 'sigmoid'), 1600, { values: 1, jacobians: 2, hessians: 4 }),
    ],
    ['20,000 Jacobians of 8-16-16-8', ...profile(emulator, 20_000, { jacobians: 64 })],
  ];
  return Promise.resolve(table(['work', 'ms', 'share of the time'], rows));
}

/** `wanted` is how many numbers a row of each result has. */
function profile(network: dense.DenseStack, rows: number, wanted: Readonly<Record<string, number>>): [string, string] {
  const x = Float64Array.from(numbers(rows * network.inputs));
  const outputs = Array.from({ length: network.outputs }, (_, output) => output);
  const spent = new Map<string, number>();
  const { kernels, ...engine } = compiledEngine('float64');
  const timed = { ...engine, kernels: withTimes(kernels, spent) };
  const call = (): void => {
    const results = Object.fromEntries(
      Object.entries(wanted).map(([key, width]) => [key, new Float64Array(rows * width)]),
    );
    evaluate(timed, network, { x, rows, outputs, results } as Task);
  };
  call();
  spent.clear();
  const start = performance.now();
  for (let i = 0; i < CALLS; i += 1) call();
  const total = performance.now() - start;
  spent.set('driver and results', total - [...spent.values()].reduce((sum, time) => sum + time, 0));
  const shares = [...spent].sort(([, one], [, other]) => other - one).filter(([, time]) => time > LEAST_SHARE * total);
  const text = shares.map(([part, time]) => `${part} ${Math.round((100 * time) / total)} %`).join(', ');
  return [(total / CALLS).toFixed(2), text];
}

function withTimes(kernels: Kernels, spent: Map<string, number>): Kernels {
  const timed = Object.entries(kernels).map(([name, kernel]) => [name, timing(name, kernel as Kernel, spent)]);
  return Object.fromEntries(timed) as Kernels;
}

type Kernel = (...args: readonly number[]) => unknown;

function timing(name: string, kernel: Kernel, spent: Map<string, number>): Kernel {
  return (...args) => {
    const start = performance.now();
    const result = kernel(...args);
    spent.set(name, (spent.get(name) ?? 0) + performance.now() - start);
    return result;
  };
}
