import * as tf from '@tensorflow/tfjs';
import type { DenseStack } from '../dense/stack.js';
import { denseModel } from '../derivatives/dense-model.js';
import { need } from '../need.js';
import { checkModel, type Model } from '../tape/model.js';

/**
 * A model as a stack of dense layers that relevance can pass through.
 *
 * @throws RangeError if it is no such model, or a weight is not finite; TypeError if it is no model; Error if it is disposed.
 */
export function denseStackOf(owner: string, model: Model): DenseStack {
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
