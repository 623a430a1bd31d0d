import * as tf from '@tensorflow/tfjs';
import { predict } from '../dense/predict.js';
import type { DenseStack } from '../dense/stack.js';
import { need } from '../need.js';
import { checkRowsApart } from '../tape/rows-apart.js';
import { byDense } from './by-dense.js';
import { byDifferences, DOUBLE_STEPS, type Evaluation, SINGLE_STEPS } from './by-differences.js';
import { byTape } from './by-tape.js';
import { type Conversion, denseModel } from './dense-model.js';
import type { Problem, Wanted } from './problem.js';

const methods = ['auto', 'dense', 'tape', 'finite-difference'] as const;

/**
 * How to differentiate:
 *
 * - `dense`: exactly, by the closed forms of dense layers, in double precision; for models of dense layers, activations,
 *   batch normalisation, rescaling, dropout and noise, one after the other;
 * - `tape`: exactly, by automatic differentiation on the tape of TensorFlow.js, in single precision; for all models and functions;
 * - `finite-difference`: approximately, by central differences, to compare with; in double precision where `dense` could do it;
 * - `auto`, the default: `dense` where that can do it, else `tape`.
 */
export type Method = (typeof methods)[number];

/** Derivatives at rows of x: shape [rows, outputs, in, … in] as a flat list, with as many inputs as the order says. */
export type Differentiate = (x: Float32Array, wanted: Wanted) => Float32Array | Float64Array;

/**
 * What differentiates a model by the method that was asked for; the weights are those of now.
 *
 * @throws RangeError if there is no such method, the model is none for it, or rows of a function depend on each other.
 */
export function differentiator(problem: Problem, method: Method = 'auto'): Differentiate {
  const { owner, model } = problem;
  need(methods.includes(method), `${owner} needs a method among ${methods.join(', ')}`, method);
  if (method === 'tape') return tape(problem);
  const conversion = denseModel(model);
  if (method === 'finite-difference') return differences(problem, conversion);
  if ('stack' in conversion) return (x, wanted) => byDense(conversion.stack, x, wanted);
  const obstacle = { words: conversion.obstacle };
  need(method === 'auto', `${owner} needs a model of dense layers for the method 'dense'`, obstacle);
  return tape(problem);
}

function tape(problem: Problem): Differentiate {
  checkRowsApart(problem);
  return (x, wanted) => byTape({ ...problem, x }, wanted);
}

function differences(problem: Problem, conversion: Conversion): Differentiate {
  const evaluation = differenceEvaluation(problem, conversion);
  return (x, wanted) => byDifferences({ ...problem, x }, wanted, evaluation);
}

/** How a model is evaluated for differences: on the dense engine if it is a stack of dense layers, else on tensors. */
export function differenceEvaluation(problem: Problem, conversion: Conversion): Evaluation {
  if ('stack' in conversion) return exactly(conversion.stack);
  checkRowsApart(problem);
  return onTensors(problem);
}

function exactly(stack: DenseStack): Evaluation {
  return { evaluate: (x) => predict(stack, x), steps: DOUBLE_STEPS, spacing: 2 ** -52 };
}

function onTensors({ f, inputs }: Problem): Evaluation {
  const evaluate = (x: Float64Array): ArrayLike<number> => {
    let values: ArrayLike<number> = [];
    tf.tidy(() => {
      values = f(tf.tensor2d(new Float32Array(x), [x.length / inputs, inputs])).dataSync();
    });
    return values;
  };
  return { evaluate, steps: SINGLE_STEPS, spacing: 2 ** -23 };
}
