import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { kerasActivation } from './keras-activation.js';
import type { KerasLayer } from './keras-network.js';
import { dense, type Part } from './sequential.js';
import { count, shapeText, type Weights } from './weights.js';

/** Where the weights of a Keras model are, and which Keras wrote them. */
export interface KerasWeights {
  readonly version: number;
  /** The weights of a layer by their names, which are given in the layer's own order. */
  readonly read: (layer: KerasLayer, names: readonly string[]) => readonly Weights[];
}

interface Place {
  readonly weights: KerasWeights;
  /** The layer and its file, for errors. */
  readonly place: string;
}

type Reader = (layer: KerasLayer, place: Place) => Part | undefined;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['InputLayer', () => undefined],
  ['Dense', readDense],
  ['BatchNormalization', readBatchNormalization],
  ['Flatten', ({ name }) => ({ ...plain(name, tf.layers.flatten), output: (input) => [count(input)] })],
  ['Activation', readActivation],
  ['Softmax', readSoftmax],
  ['ReLU', readRelu],
  ['LeakyReLU', readLeakyRelu],
  ['ELU', readElu],
  ['Dropout', readDropout],
]);

/**
 * Reads a layer of a Keras model; undefined for an input, which computes nothing.
 *
 * @throws Error if the layer is of another kind than a stack of dense layers needs, or its settings or weights do not fit.
 */
export function kerasPart(layer: KerasLayer, weights: KerasWeights, path: string): Part | undefined {
  const reader = READERS.get(layer.className);
  const place = `the layer ${layer.name} of ${path}`;
  const known = [...READERS.keys()].join(', ');
  need(reader !== undefined, `loadModel needs a layer of ${known} in ${place}`, layer.className, Error);
  return reader(layer, { weights, place });
}

// A layer without weights that keeps the shape.
function plain(name: string, build: Part['build']): Part {
  return { name, weights: [], output: (input) => input, build };
}

function readDense(layer: KerasLayer, { weights, place }: Place): Part {
  const { activation = 'linear', use_bias: useBias = true } = layer.config;
  const [kernel, bias] = weights.read(layer, useBias === true ? ['kernel', 'bias'] : ['kernel']);
  const { shape } = kernel!;
  need(
    shape.length === 2 && count(shape) > 0,
    `loadModel needs a kernel [in, out] in ${place}`,
    shapeText(shape),
    Error,
  );
  if (bias) needShape(bias, [shape[1]!], `a bias in ${place}`);
  const name = kerasActivation(activation, weights.version, place);
  return dense({ name: layer.name, kernel: kernel!, bias, activation: name });
}

function readBatchNormalization(layer: KerasLayer, { weights, place }: Place): Part {
  const { center = true, scale = true } = layer.config;
  const epsilon = numberIn(layer, 'epsilon', place);
  const momentum = numberIn(layer, 'momentum', place);
  const names = [...(scale ? ['gamma'] : []), ...(center ? ['beta'] : []), 'moving_mean', 'moving_variance'];
  const values = weights.read(layer, names);
  const width = count(values[0]!.shape);
  for (const [i, value] of values.entries()) needShape(value, [width], `${names[i]} in ${place}`);
  needLastAxis(layer, place);
  return {
    name: layer.name,
    weights: values,
    output: (input) => (input.length === 1 && input[0] === width ? input : undefined),
    build: (common) =>
      tf.layers.batchNormalization({ ...common, epsilon, momentum, center: center === true, scale: scale === true }),
  };
}

function readActivation({ name, config }: KerasLayer, { weights, place }: Place): Part {
  const activation = kerasActivation(config['activation'], weights.version, place);
  return plain(name, (common) => tf.layers.activation({ ...common, activation: activation as 'linear' }));
}

function readSoftmax(layer: KerasLayer, { place }: Place): Part {
  needLastAxis(layer, place);
  return plain(layer.name, (common) => tf.layers.softmax(common));
}

function readRelu(layer: KerasLayer, { place }: Place): Part {
  const { max_value: largest = null, negative_slope: slope = 0, threshold = 0 } = layer.config;
  const usual = (slope === 0 || slope === null) && (threshold === 0 || threshold === null);
  need(usual, `loadModel needs no slope and no threshold in ${place}`, [slope, threshold], Error);
  if (largest === null) return plain(layer.name, (common) => tf.layers.reLU(common));
  const maxValue = numberIn(layer, 'max_value', place);
  return plain(layer.name, (common) => tf.layers.reLU({ ...common, maxValue }));
}

function readLeakyRelu(layer: KerasLayer, { weights, place }: Place): Part {
  const alpha = numberIn(layer, weights.version < 3 ? 'alpha' : 'negative_slope', place);
  return plain(layer.name, (common) => tf.layers.leakyReLU({ ...common, alpha }));
}

function readElu(layer: KerasLayer, { place }: Place): Part {
  const alpha = numberIn(layer, 'alpha', place);
  return plain(layer.name, (common) => tf.layers.elu({ ...common, alpha }));
}

function readDropout(layer: KerasLayer, { place }: Place): Part {
  const rate = numberIn(layer, 'rate', place);
  return plain(layer.name, (common) => tf.layers.dropout({ ...common, rate }));
}

function numberIn({ config }: KerasLayer, name: string, place: string): number {
  const value = config[name];
  need(typeof value === 'number', `loadModel needs a number for ${name} in ${place}`, value, Error);
  return value;
}

// Keras 2 writes an axis as a list, and counts it from the batch: 1 is the last of a row.
function needLastAxis({ config }: KerasLayer, place: string): void {
  const { axis = -1 } = config;
  const [only, ...others] = [axis].flat();
  need((only === -1 || only === 1) && others.length === 0, `loadModel needs the last axis in ${place}`, axis, Error);
}

function needShape({ shape }: Weights, wanted: readonly number[], what: string): void {
  const same = shapeText(shape) === shapeText(wanted);
  need(same, `loadModel needs shape ${shapeText(wanted)} for ${what}`, { words: shapeText(shape) }, Error);
}
