import * as tf from '@tensorflow/tfjs';
import { predict } from '../dense/predict.js';
import type { DenseStack } from '../dense/stack.js';
import { denseModel } from '../derivatives/dense-model.js';
import type { Problem } from '../derivatives/problem.js';
import { checkRowsApart } from '../tape/rows-apart.js';

/** How a model predicts. */
export interface Predictor {
  /** Outputs [rows, out] at x [rows, in], row by row; only good until the next call. */
  readonly predict: (x: Float64Array) => Float64Array;
  /** The model as a stack of dense layers, if it is one: then outputs are right to double precision. */
  readonly stack: DenseStack | undefined;
}

/** How a model predicts: on the dense engine if it is a stack of dense layers, else by TensorFlow.js. */
export function predictor(problem: Problem): Predictor {
  const conversion = denseModel(problem.model);
  if ('stack' in conversion) {
    const { stack } = conversion;
    return { predict: stackPredictor(stack), stack };
  }
  checkRowsApart(problem);
  const { f, inputs } = problem;
  const onTensors = (x: Float64Array): Float64Array => {
    let values = new Float64Array(0);
    tf.tidy(() => {
      values = Float64Array.from(f(tf.tensor2d(new Float32Array(x), [x.length / inputs, inputs])).dataSync());
    });
    return values;
  };
  return { predict: onTensors, stack: undefined };
}

/** How a stack of dense layers predicts, always into the same room. */
export function stackPredictor(stack: DenseStack): Predictor['predict'] {
  let out = new Float64Array(0);
  return (x) => {
    const length = (x.length / stack.inputs) * stack.outputs;
    if (out.length < length) out = new Float64Array(length);
    return predict(stack, x, { out: out.subarray(0, length) });
  };
}
