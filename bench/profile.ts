// Where the engine spends the time of the derivatives and of training.
import { numpyRandom } from 'netlens';
import * as dense from 'netlens/dense';
import { evaluate } from '../lib/dense/engine/evaluate.js';
import type { Task } from '../lib/dense/engine/task.js';
import { compiledEngine } from '../lib/dense/engine/webassembly.js';
import { createTrainingEngine } from '../lib/dense/training/engine.js';
import { createTrainer, type Trainer } from '../lib/dense/training/trainer.js';
import { table } from './measure.js';
import { BATCH_SIZE, TRAININGS } from './tasks.js';
import { profiled } from './timed-engine.js';

const CALLS = 100;

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
    ['20,000 gradients of 3-100-1', ...derivatives(classifier, 20_000, { jacobians: 3 })],
    ['20,000 Hessians of 3-100-1', ...derivatives(classifier, 20_000, { hessians: 9 })],
    [
      'the 40×40 grid of 2-100-1',
      ...derivatives(stack([2, 100, 1], 'tanh', 'sigmoid'), 1600, { values: 1, jacobians: 2, hessians: 4 }),
    ],
    ['20,000 Jacobians of 8-16-16-8', ...derivatives(emulator, 20_000, { jacobians: 64 })],
    ['50 epochs of 3-100-1, 15,000 rows, one thread', ...training('train-classifier', 15_000)],
    ['150 epochs of 8-16-16-8, 16,000 rows, one thread', ...training('train-emulator', 16_000)],
  ];
  return Promise.resolve(table(['work', 'ms', 'share of the time'], rows));
}

/** `wanted` is how many numbers a row of each result has. */
function derivatives(
  network: dense.DenseStack,
  rows: number,
  wanted: Readonly<Record<string, number>>,
): readonly [string, string] {
  const x = Float64Array.from(numbers(rows * network.inputs));
  const outputs = Array.from({ length: network.outputs }, (_, output) => output);
  const { engine, profile } = profiled(compiledEngine('float64'));
  const call = (): void => {
    const results = Object.fromEntries(
      Object.entries(wanted).map(([key, width]) => [key, new Float64Array(rows * width)]),
    );
    evaluate(engine, network, { x, rows, outputs, results } as Task);
  };
  return profile(call, CALLS);
}

function training(job: keyof typeof TRAININGS, rows: number): readonly [string, string] {
  const { network, options } = TRAININGS[job];
  const widths = [network.inputs, ...network.hidden, network.outputs];
  const { activation, outputActivation } = network;
  const { layers } = stack(widths, activation as dense.DenseActivation, outputActivation as dense.DenseActivation);
  const learning = {
    loss: options.loss,
    layers: layers.map(({ biases, activation }, i) => {
      return { inputs: widths[i]!, outputs: biases.length, biased: true, activation, alpha: 0 };
    }),
  };
  const { engine, profile } = profiled(createTrainingEngine());
  const trainer = createTrainer(engine, learning, { rows, learningRate: options.learningRate, seed: 1 });
  trainer.records().set(numbers(trainer.records().length));
  trainer.weights().set(layers.flatMap(layerParameters));
  return profile(() => {
    for (let epoch = 0; epoch < options.epochs; epoch += 1) runEpoch(trainer, rows);
  }, 1);
}

/** W[output][input], behind the inputs the bias. */
function layerParameters({ weights, biases }: dense.DenseLayer): number[] {
  const inputs = weights.length / biases.length;
  return [...biases].flatMap((bias, o) => [...weights.slice(o * inputs, (o + 1) * inputs), bias]);
}

function runEpoch(trainer: Trainer, rows: number): void {
  trainer.shuffle(0);
  for (let from = 0; from < rows; from += BATCH_SIZE) {
    const steps = trainer.learn(from, Math.min(rows, from + BATCH_SIZE));
    while (!steps.next().done);
  }
}
