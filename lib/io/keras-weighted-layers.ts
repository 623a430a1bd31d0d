import * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import { activationOf } from './keras-activation-layers.js';
import { type LayerPlace, needLastAxis, numberIn } from './keras-layer.js';
import type { KerasLayer } from './keras-network.js';
import { dense, type Part } from './sequential.js';
import { count, shapeText, type Weights } from './weights.js';

/**
 * Reads a Dense layer, and the layer that is its activation as one behind it.
 *
 * @throws Error if its weights do not fit each other or its activation is not known.
 */
export function readDense(layer: KerasLayer, at: LayerPlace): Part | readonly Part[] {
  const { weights, place } = at;
  const { activation: keras = 'linear', use_bias: useBias = true } = layer.config;
  const activation = activationOf(keras, `${layer.name}/activation`, at);
  const [kernel, bias] = weights.read(layer, useBias === true ? ['kernel', 'bias'] : ['kernel']);
  const { shape } = kernel!;
  need(
    shape.length === 2 && count(shape) > 0,
    `loadModel needs a kernel [in, out] in ${place}`,
    shapeText(shape),
    Error,
  );
  if (bias) needShape(bias, [shape[1]!], `a bias in ${place}`);
  const linear = { name: layer.name, kernel: kernel!, bias, activation: 'linear' };
  return typeof activation === 'string' ? dense({ ...linear, activation }) : [dense(linear), activation];
}

/**
 * Reads a BatchNormalization layer.
 *
 * @throws Error if its weights do not fit each other or its settings are not those of a row.
 */
export function readBatchNormalization(layer: KerasLayer, { weights, place }: LayerPlace): Part {
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

function needShape({ shape }: Weights, wanted: readonly number[], what: string): void {
  const same = shapeText(shape) === shapeText(wanted);
  need(same, `loadModel needs shape ${shapeText(wanted)} for ${what}`, { words: shapeText(shape) }, Error);
}
