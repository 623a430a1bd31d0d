import * as tf from '@tensorflow/tfjs';
import type { Activation } from '../model.js';
import { need } from '../need.js';
import { isObject, type JsonObject } from './json-object.js';
import { kerasActivation } from './keras-activation.js';
import { type LayerPlace, needLastAxis, numberIn } from './keras-layer.js';
import { type KerasLayer, kerasLayer } from './keras-network.js';
import { type Part, plain } from './sequential.js';

type ActivationReader = (layer: KerasLayer, place: LayerPlace) => Part;

const FUNCTIONS: ReadonlyMap<string, ActivationReader> = new Map([
  ['ReLU', readRelu],
  ['LeakyReLU', readLeakyRelu],
  ['ELU', readElu],
  ['Softmax', readSoftmax],
]);

/** How to read the layers of Keras that are an activation, by class; each throws Error if a setting has no like in TensorFlow.js. */
export const activationLayers: ReadonlyMap<string, ActivationReader> = new Map([
  ['Activation', readActivation],
  ...FUNCTIONS,
]);

/**
 * The activation of a layer: its name in TensorFlow.js; or, read, the layer that Keras has in its place, or that TensorFlow.js has
 * for a function.
 *
 * @param keras - as the configuration has it.
 * @param name - what a layer in its place is to be called.
 * @throws Error if TensorFlow.js has no such activation.
 */
export function activationOf(keras: unknown, name: string, { weights, place }: LayerPlace): Activation | Part {
  const inside = classOf(keras) === 'Activation' ? kerasLayer(keras as JsonObject, place).config['activation'] : keras;
  if (inside === 'leaky_relu' && weights.version >= 3) return leakyRelu(name, 0.2);
  const reader = FUNCTIONS.get(classOf(inside));
  if (reader === undefined) return kerasActivation(inside, weights.version, place);
  const layer = kerasLayer(inside as JsonObject, place);
  return reader({ ...layer, name }, { weights, place: `the activation ${layer.name} of ${place}` });
}

function classOf(keras: unknown): string {
  return isObject(keras) ? String(keras['class_name']) : '';
}

function readActivation({ name, config }: KerasLayer, at: LayerPlace): Part {
  const activation = activationOf(config['activation'], name, at);
  if (typeof activation !== 'string') return activation;
  return plain(name, (common) => tf.layers.activation({ ...common, activation: activation as 'linear' }));
}

function readSoftmax(layer: KerasLayer, { place }: LayerPlace): Part {
  needLastAxis(layer, place);
  const part = plain(layer.name, (common) => tf.layers.softmax(common));
  return { ...part, output: (input) => (input.length === 1 ? input : undefined) };
}

function readRelu(layer: KerasLayer, { place }: LayerPlace): Part {
  const { max_value: largest = null, negative_slope: slope = 0, threshold = 0 } = layer.config;
  const usual = (slope === 0 || slope === null) && (threshold === 0 || threshold === null);
  need(usual, `loadModel needs no slope and no threshold in ${place}`, [slope, threshold], Error);
  if (largest === null) return plain(layer.name, (common) => tf.layers.reLU(common));
  const maxValue = numberIn(layer, 'max_value', place);
  return plain(layer.name, (common) => tf.layers.reLU({ ...common, maxValue }));
}

function readLeakyRelu(layer: KerasLayer, { weights, place }: LayerPlace): Part {
  const alpha = numberIn(layer, weights.version < 3 ? 'alpha' : 'negative_slope', place);
  return leakyRelu(layer.name, alpha);
}

function leakyRelu(name: string, alpha: number): Part {
  return plain(name, (common) => tf.layers.leakyReLU({ ...common, alpha }));
}

function readElu(layer: KerasLayer, { place }: LayerPlace): Part {
  const alpha = numberIn(layer, 'alpha', place);
  need(alpha === 1, `loadModel needs an alpha of 1, the only one of TensorFlow.js, in ${place}`, alpha, Error);
  return plain(layer.name, (common) => tf.layers.elu(common));
}
