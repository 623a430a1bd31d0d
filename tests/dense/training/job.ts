import { denseStack, predict } from '../../../lib/dense/index.js';
import type { TrainingEngine } from '../../../lib/dense/training/kernels.js';
import { type TrainingNetwork, writeRecords } from '../../../lib/dense/training/network.js';
import { createTrainer, type Trainer } from '../../../lib/dense/training/trainer.js';
import { numpyRandom } from '../../../lib/random.js';

/** Data and weights for a network, drawn from a seed; targets are what its loss asks for. */
export interface Job {
  readonly network: TrainingNetwork;
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly weights: Float32Array;
}

type Activation = TrainingNetwork['layers'][number]['activation'];

/** A network of these widths, from inputs to outputs. */
export function networkOf(
  widths: readonly number[],
  loss: TrainingNetwork['loss'],
  activations: readonly Activation[],
  biased = true,
): TrainingNetwork {
  const layers = widths.slice(1).map((outputs, i) => ({
    inputs: widths[i]!,
    outputs,
    biased,
    activation: activations[i]!,
    alpha: 0.7,
  }));
  return { loss, layers };
}

export function jobOf(network: TrainingNetwork, rows: number, seed = 1): Job {
  const random = numpyRandom(seed);
  const outputs = network.layers.at(-1)!.outputs;
  const x = Float32Array.from(random.normal(0, 1, rows * network.layers[0]!.inputs));
  const draws = random.uniform(0, 1, rows * outputs);
  const target: Record<TrainingNetwork['loss'], (i: number) => number> = {
    meanSquaredError: (i) => draws[i]!,
    binaryCrossentropy: (i) => Math.round(draws[i]!),
    categoricalCrossentropy: (i) => Number(Math.floor(draws[i - (i % outputs)]! * outputs) === i % outputs),
  };
  const y = Float32Array.from({ length: rows * outputs }, (_, i) => target[network.loss](i));
  const count = network.layers.reduce(
    (sum, { inputs, outputs, biased }) => sum + outputs * (inputs + Number(biased)),
    0,
  );
  return { network, rows, x, y, weights: Float32Array.from(random.normal(0, 0.5, count)) };
}

export function trainerOf(engine: TrainingEngine, { network, rows, x, y, weights }: Job, learningRate = 0.01): Trainer {
  const trainer = createTrainer(engine, network, { rows, learningRate, seed: 2 });
  writeRecords(network, x, y, trainer.records());
  trainer.weights().set(weights);
  return trainer;
}

/** The value of a generator that has finished. */
export function finished<T>(work: Generator<undefined, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

/** What a training says and leaves: sums of every batch, then the weights. */
export function trained(trainer: Trainer, { rows }: Job, { epochs = 2, batchSize = 100 } = {}): number[] {
  const said: number[] = [];
  const held = Math.floor(rows / 4);
  trainer.shuffle(0);
  for (let epoch = 0; epoch < epochs; epoch++) {
    trainer.shuffle(held);
    for (let from = held; from < rows; from += batchSize) {
      const { loss, right } = finished(trainer.learn(from, Math.min(from + batchSize, rows)));
      said.push(loss, right);
    }
    const { loss, right } = finished(trainer.measure(0, held));
    said.push(loss, right);
  }
  return [...said, ...trainer.weights()];
}

/** The loss as a sum over all rows, in double precision, from the network's outputs. */
export function slowLoss({ network, x, y }: Job, weights: ArrayLike<number>): number {
  const outputs = slowOutputs({ network, x }, weights);
  const terms: Record<TrainingNetwork['loss'], (p: number, wanted: number) => number> = {
    meanSquaredError: (p, wanted) => (p - wanted) ** 2,
    binaryCrossentropy: (p, wanted) => -(wanted * Math.log(p) + (1 - wanted) * Math.log(1 - p)),
    categoricalCrossentropy: (p, wanted) => (wanted === 0 ? 0 : -wanted * Math.log(p)),
  };
  return outputs.reduce((sum, p, i) => sum + terms[network.loss](p, y[i]!), 0);
}

/** The network's outputs in double precision, by the dense engine that knows nothing of training. */
export function slowOutputs({ network, x }: Pick<Job, 'network' | 'x'>, parameters: ArrayLike<number>): Float64Array {
  let start = 0;
  const layers = network.layers.map(({ inputs, outputs, biased, activation, alpha }) => {
    const line = inputs + Number(biased);
    const at = (o: number, i: number): number => parameters[start + o * line + i]!;
    const weights = Float64Array.from({ length: outputs * inputs }, (_, k) => at(Math.floor(k / inputs), k % inputs));
    const biases = Float64Array.from({ length: outputs }, (_, o) => (biased ? at(o, inputs) : 0));
    start += outputs * line;
    const takesAlpha = ['leakyRelu', 'elu', 'swish'].includes(activation);
    return { weights, biases, activation, ...(takesAlpha && { alpha }) };
  });
  return predict(denseStack(network.layers[0]!.inputs, layers), x);
}
