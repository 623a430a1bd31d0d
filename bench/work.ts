// The work that netlens and its peers do side by side, written down once, so that all of them take the same numbers.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { createMlp, loadModel, numpyRandom, readEvents, simulateLorenz96, train, useBackend } from 'netlens';
import { root } from '../course/tools.js';
import { BATCH_SIZE, LORENZ96, TRAININGS, WIDE } from './tasks.js';

/** Numbers in rows. */
export interface Matrix {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** Where the work and the results lie. */
export const FOLDER: string = join(root, 'build/bench');

/** Writes the work into its folder: an array of float64 per file, and their shapes. */
export async function writeWork(): Promise<Readonly<Record<string, Matrix>>> {
  await useBackend();
  const events = await readEvents(join(root, 'data/events.csv'));
  const pairs = events.train.x.slice([0, 0], [-1, 2]);
  const emulated = emulatorData();
  const run = await simulateLorenz96(LORENZ96);
  const [X, Y] = [run.X.subarray(0, run.K), run.Y.subarray(0, run.K * run.J)];
  const states = { values: run.X.subarray(0, 160_000), shape: [20_000, 8] };
  const imitator = await loadModel(join(root, 'data/lorenz96-network'));
  const arrays = {
    events: matrix(events.test.x),
    grid: { values: grid(40), shape: [1600, 2] },
    image: { values: numpyRandom(8).normal(0, 1, WIDE.inputs), shape: [1, WIDE.inputs] },
    states: { values: numpyRandom(7).normal(2.6, 5, 160_000), shape: [20_000, 8] },
    attractor: states,
    coupling: { values: run.coupling.subarray(0, 160_000), shape: [20_000, 8] },
    lorenz96: { values: [...X, ...Y], shape: [X.length + Y.length] },
    ...split('train-classifier', matrix(events.train.x), matrix(events.train.y), 15_000),
    ...split('train-emulator', emulated.x, emulated.y, 16_000),
    ...layers('train-classifier', createMlp(TRAININGS['train-classifier'].network)),
    ...layers('train-emulator', createMlp(TRAININGS['train-emulator'].network)),
    ...layers('classifier', await trained('train-classifier', events.train.x, events.train.y)),
    ...layers('map', await trained('train-classifier', pairs, events.train.y)),
    ...layers('wide', createMlp(WIDE)),
    ...layers('imitator', imitator),
    ...layers('emulator', createMlp({ ...TRAININGS['train-emulator'].network, seed: 5 })),
  };
  await mkdir(FOLDER, { recursive: true });
  for (const [name, { values }] of Object.entries(arrays)) {
    await writeFile(join(FOLDER, `${name}.bin`), new Uint8Array(Float64Array.from(values).buffer));
  }
  const shapes = Object.fromEntries(Object.entries(arrays).map(([name, { shape }]) => [name, shape]));
  await writeFile(join(FOLDER, 'work.json'), JSON.stringify(shapes));
  return arrays;
}

function matrix(tensor: tf.Tensor): Matrix {
  return { values: tensor.dataSync(), shape: tensor.shape };
}

async function trained(name: keyof typeof TRAININGS, x: tf.Tensor, y: tf.Tensor): Promise<tf.LayersModel> {
  const { network, options } = TRAININGS[name];
  const model = createMlp({ ...network, inputs: x.shape[1]! });
  await train(model, x, y, { ...options, batchSize: BATCH_SIZE, seed: 1 });
  return model;
}

function layers(network: string, model: tf.LayersModel): Record<string, Matrix> {
  const weights = model.getWeights().map(matrix);
  const name = (i: number): string => `${network}-${i % 2 === 0 ? 'weights' : 'biases'}-${Math.floor(i / 2)}`;
  return Object.fromEntries(weights.map((values, i) => [name(i), values]));
}

function split(job: string, x: Matrix, y: Matrix, rows: number): Record<string, Matrix> {
  const order = numpyRandom(2).permutation(x.shape[0]!);
  const [taken, held] = [order.slice(0, rows), order.slice(rows)];
  return {
    [`${job}-x`]: rowsOf(x, taken),
    [`${job}-y`]: rowsOf(y, taken),
    [`${job}-validation-x`]: rowsOf(x, held),
    [`${job}-validation-y`]: rowsOf(y, held),
  };
}

function rowsOf({ values, shape }: Matrix, rows: Int32Array): Matrix {
  const width = shape[1]!;
  return {
    values: Float64Array.from({ length: rows.length * width }, (_, i) => {
      return values[rows[Math.floor(i / width)]! * width + (i % width)]!;
    }),
    shape: [rows.length, width],
  };
}

// What a network with other random weights gives, with noise.
function emulatorData(): { x: Matrix; y: Matrix } {
  const random = numpyRandom(5);
  const x = random.normal(3, 5, 160_000);
  const noise = random.normal(0, 0.3, 160_000);
  const teacher = createMlp({ ...TRAININGS['train-emulator'].network, seed: 9 });
  const y = tf.tidy(() => (teacher.predict(tf.tensor2d(Float32Array.from(x), [20_000, 8])) as tf.Tensor).dataSync());
  return {
    x: { values: x, shape: [20_000, 8] },
    y: { values: Float64Array.from(y, (value, i) => value + noise[i]!), shape: [20_000, 8] },
  };
}

// The centres of n × n cells on the square from -2 to 5.
function grid(n: number): Float64Array {
  const centre = (cell: number): number => -2 + (7 * (cell + 0.5)) / n;
  return Float64Array.from({ length: 2 * n * n }, (_, i) =>
    centre(i % 2 === 0 ? Math.floor(i / (2 * n)) : (i >> 1) % n),
  );
}
