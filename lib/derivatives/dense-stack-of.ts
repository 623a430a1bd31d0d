import * as tf from '@tensorflow/tfjs';
import type { DenseStack } from '../dense/stack.js';
import { need } from '../need.js';
import { checkModel, type Model } from '../tape/model.js';
import { denseModel } from './dense-model.js';

/**
 * A model of dense layers as plain data for `netlens/dense`: values and derivatives in double precision, in microseconds for a
 * single row, without TensorFlow.js.
 *
 * As the model predicts: dropout and noise do nothing, batch normalisation and rescaling are a scale and a shift. The
 * weights are those of now; training the model later does not change the stack.
 *
 * @param model - from [batch, in] to [batch, out]: dense layers, activations, normalisations and whatever only passes values
 * on, one after the other.
 * @throws TypeError if it is no `tf.LayersModel`; RangeError if it has other layers or shapes, or a weight is not finite;
 * Error if it is disposed.
 * @example
 * const model = createMlp({ inputs: 3, hidden: [5], outputs: 1, activation: 'tanh', outputActivation: 'linear', seed: 1 });
 * const stack = denseStackOf(model);
 * stack.layers.map(({ weights, biases }) => [weights.length, biases.length]) // => [[15, 5], [5, 1]]
 */
export function denseStackOf(model: tf.LayersModel): DenseStack {
  return finiteStackOf('denseStackOf', model);
}

/**
 * The same for another function, which the messages name.
 *
 * @param owner - the function that asks.
 */
export function finiteStackOf(owner: string, model: Model): DenseStack {
  const isModel = model instanceof tf.LayersModel || typeof model === 'function';
  need(isModel, `${owner} needs a tf.LayersModel`, model, TypeError);
  if (model instanceof tf.LayersModel) checkModel(owner, model);
  const conversion = denseModel(model);
  if (!('stack' in conversion)) need(false, `${owner} needs a model of dense layers`, { words: conversion.obstacle });
  const { stack } = conversion;
  stack.layers.forEach(({ weights, biases }, index) => {
    const bad = [weights, biases].flatMap((values) => values.find((value) => !Number.isFinite(value)) ?? []);
    need(bad.length === 0, `${owner} needs finite weights in layer ${index}`, bad[0]);
  });
  return stack;
}
