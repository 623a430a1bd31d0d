// Plain TensorFlow.js on WebAssembly, as its documentation shows it, gradients for all rows at once.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { MlpOptions } from 'netlens'; // only the type: netlens itself repairs nested gradients
import { BATCH_SIZE, TRAININGS } from '../tasks.js';
import { array, layers, measure } from './measure.js';

await tf.setBackend('wasm');

function tensor(name: string): tf.Tensor2D {
  const { values, shape } = array(name);
  return tf.tensor2d(Float32Array.from(values), shape as [number, number]);
}

function network(name: string, { inputs, hidden, outputs, activation, outputActivation }: MlpOptions): tf.LayersModel {
  const sizes = [...hidden, outputs];
  const dense = sizes.map((units, i) =>
    tf.layers.dense({
      units,
      activation: i < hidden.length ? activation : outputActivation,
      ...(i === 0 && { inputShape: [inputs] }),
    }),
  );
  const model = tf.sequential({ layers: dense });
  const parts = layers(name).flatMap(({ weights, biases }) => [weights, biases]);
  model.setWeights(parts.map(({ values, shape }) => tf.tensor(Float32Array.from(values), [...shape])));
  return model;
}

const options = TRAININGS['train-classifier'].network;
const classifier = network('classifier', options);
const map = network('map', { ...options, inputs: 2 });
const emulator = network('emulator', TRAININGS['train-emulator'].network);
const [events, grid, states] = [tensor('events'), tensor('grid'), tensor('states')];

type Rows = (x: tf.Tensor) => tf.Tensor;
const output =
  (model: tf.LayersModel): Rows =>
  (x) =>
    model.apply(x) as tf.Tensor;
const column =
  (f: Rows, i: number): Rows =>
  (x) =>
    tf.slice(f(x), [0, i], [-1, 1]);
const gradient = (f: Rows): Rows => tf.grad((x) => tf.sum(f(x)));
const columns = (f: Rows, count: number): Rows[] => Array.from({ length: count }, (_, i) => gradient(column(f, i)));

/** The columns of a matrix per row, as a list row by row. */
function stacked(parts: readonly Rows[], x: tf.Tensor): Float32Array {
  return tf
    .tidy(() =>
      tf.stack(
        parts.map((part) => part(x)),
        1,
      ),
    )
    .dataSync<'float32'>();
}

for (const [job, training] of Object.entries(TRAININGS)) {
  const { epochs, learningRate = 0.001, loss } = training.options;
  const [x, y, validX, validY] = ['x', 'y', 'validation-x', 'validation-y'].map((part) => tensor(`${job}-${part}`));
  const fit = async (): Promise<{ loss: number; validationLoss: number }> => {
    const model = network(job, training.network);
    model.compile({ optimizer: tf.train.adam(learningRate), loss });
    const validationData: [tf.Tensor, tf.Tensor] = [validX!, validY!];
    const { history } = await model.fit(x!, y!, { epochs, batchSize: BATCH_SIZE, validationData, verbose: 0 });
    return { loss: Number(history['loss']!.at(-1)), validationLoss: Number(history['val_loss']!.at(-1)) };
  };
  await measure(job, 'fit', fit, 1);
}
await measure('gradients', 'grad of the sum', () => [gradient(output(classifier))(events).dataSync()]);
await measure('hessians', 'grad of grad', () => [stacked(columns(gradient(output(classifier)), 3), events)]);
await measure('grid', 'grad of grad', () => {
  const f = output(map);
  return [f(grid).dataSync(), gradient(f)(grid).dataSync(), stacked(columns(gradient(f), 2), grid)];
});
await measure('jacobians', 'grad of each output', () => [stacked(columns(output(emulator), 8), states)]);
