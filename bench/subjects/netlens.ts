// netlens: the dense engine on plain arrays, and the functions for models of TensorFlow.js, on the engine and on the tape.
import * as tf from '@tensorflow/tfjs';
import {
  createMlp,
  epsilonRule,
  gradient,
  hessian,
  jacobian,
  type MlpOptions,
  permutationImportance,
  relevance,
  simulateLorenz96,
  train,
  useBackend,
  zeroRule,
} from 'netlens';
import * as dense from 'netlens/dense';
import { BATCH_SIZE, EPSILON, LORENZ96, SHUFFLES, TRAININGS, WIDE } from '../tasks.js';
import { array, layers, measure } from './measure.js';

await useBackend('wasm');

function tensor(...names: string[]): tf.Tensor2D {
  const parts = names.map(array);
  const rows = parts.reduce((sum, { shape }) => sum + shape[0]!, 0);
  return tf.tensor2d(Float32Array.from(parts.flatMap(({ values }) => [...values])), [rows, parts[0]!.shape[1]!]);
}

function network(name: string, options: MlpOptions): tf.LayersModel {
  const model = createMlp(options);
  const parts = layers(name).flatMap(({ weights, biases }) => [weights, biases]);
  model.setWeights(parts.map(({ values, shape }) => tf.tensor(Float32Array.from(values), [...shape])));
  return model;
}

function stack(name: string, { inputs, hidden, activation, outputActivation }: MlpOptions): dense.DenseStack {
  const parts = layers(name).map(({ weights: { values, shape }, biases }, i) => ({
    weights: transposed(values, shape as [number, number]),
    biases: biases.values,
    activation: (i < hidden.length ? activation : outputActivation) as dense.DenseActivation,
  }));
  return dense.denseStack(inputs, parts);
}

// Keras has a column per unit, the engine a row.
function transposed(values: ArrayLike<number>, [inputs, outputs]: readonly [number, number]): Float64Array {
  return Float64Array.from({ length: inputs * outputs }, (_, i) => {
    return values[(i % inputs) * outputs + Math.floor(i / inputs)]!;
  });
}

for (const [job, training] of Object.entries(TRAININGS)) {
  const x = tensor(`${job}-x`, `${job}-validation-x`);
  const y = tensor(`${job}-y`, `${job}-validation-y`);
  const validationSplit = array(`${job}-validation-x`).shape[0]! / x.shape[0];
  const fit = async (): Promise<{ loss: number; validationLoss: number }> => {
    const options = { ...training.options, batchSize: BATCH_SIZE, validationSplit, seed: 1 };
    const { loss, validationLoss } = await train(network(job, training.network), x, y, options);
    return { loss: loss.at(-1)!, validationLoss: validationLoss.at(-1)! };
  };
  await measure(job, 'train', fit, 15);
}

const options = TRAININGS['train-classifier'].network;
const [classifier, map, wide, emulator] = [
  { model: network('classifier', options), stack: stack('classifier', options) },
  { model: network('map', { ...options, inputs: 2 }), stack: stack('map', { ...options, inputs: 2 }) },
  { model: network('wide', WIDE), stack: stack('wide', WIDE) },
  {
    model: network('emulator', TRAININGS['train-emulator'].network),
    stack: stack('emulator', TRAININGS['train-emulator'].network),
  },
];
const [events, grid, image, states] = ['events', 'grid', 'image', 'states'].map((name) => ({
  x: tensor(name),
  values: array(name).values,
}));

await measure('gradients', 'dense float64', () => [dense.gradient(classifier.stack, events!.values)]);
await measure('hessians', 'dense float64', () => [dense.hessian(classifier.stack, events!.values)]);
await measure('grid', 'dense float64', () => {
  const { values, gradient: slopes, hessian: curvatures } = dense.derivatives(map.stack, grid!.values, { order: 2 });
  return [values, slopes, curvatures];
});
await measure('wide-hessian', 'dense float64', () => [dense.hessian(wide.stack, image!.values)]);
await measure('jacobians', 'dense float64', () => [dense.jacobian(emulator.stack, states!.values)]);
await measure('lorenz96', 'float64', async () => {
  await simulateLorenz96(LORENZ96);
  return undefined;
});
/** Makes tensors, and disposes those of the call before. */
function held(...make: readonly (() => tf.Tensor)[]): () => tf.Tensor[] {
  let tensors: tf.Tensor[] = [];
  return () => {
    tf.dispose(tensors);
    tensors = make.map((one) => one());
    return tensors;
  };
}

for (const method of ['auto', 'tape'] as const) {
  const how = method === 'auto' ? 'of a model' : 'of a model, by the tape';
  await measure(
    'gradients',
    how,
    held(() => gradient(classifier.model, events!.x, { method })),
  );
  await measure(
    'hessians',
    how,
    held(() => hessian(classifier.model, events!.x, { method })),
  );
  const { model } = map;
  const { x } = grid!;
  const [values, slopes] = [() => model.apply(x) as tf.Tensor, () => gradient(model, x, { method })];
  await measure(
    'grid',
    how,
    held(values, slopes, () => hessian(model, x, { method })),
  );
  await measure(
    'wide-hessian',
    how,
    held(() => hessian(wide.model, image!.x, { method })),
  );
  await measure(
    'jacobians',
    how,
    held(() => jacobian(emulator.model, states!.x, { method })),
  );
}

const imitator = network('imitator', TRAININGS['train-emulator'].network);
const attractor = tensor('attractor');
const plain = { stack: stack('imitator', TRAININGS['train-emulator'].network), x: array('attractor').values };
await measure('imitator-jacobians', 'dense float64', () => [dense.jacobian(plain.stack, plain.x)]);
const out = new Float64Array(plain.x.length * plain.stack.outputs);
for (const precision of ['float64', 'float32'] as const) {
  await measure('imitator-jacobians', `dense ${precision}, into the same array`, () => [
    dense.jacobian(plain.stack, plain.x, { precision, out }),
  ]);
}
await measure(
  'imitator-jacobians',
  'of a model',
  held(() => jacobian(imitator, attractor)),
);
for (const precision of ['float64', 'float32'] as const) {
  const rules = { 'relevance-zero': zeroRule(), 'relevance-epsilon': epsilonRule(EPSILON) };
  for (const [job, rule] of Object.entries(rules)) {
    await measure(
      job,
      `of a model, ${precision}`,
      held(() => relevance(imitator, attractor, { rule, precision }).values),
    );
  }
}
const coupling = tensor('coupling');
await measure('importance', 'of a model', async () => {
  await permutationImportance(imitator, attractor, coupling, { output: 3, repeats: SHUFFLES, seed: 1 });
  return undefined;
});
