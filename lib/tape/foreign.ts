import * as tf from '@tensorflow/tfjs';
import type { TapeNode } from './engine.js';

// Operations of TensorFlow.js that bring their own gradient, by the names under which they are recorded.
const operations = [
  'logSoftmax__op',
  'logSigmoid__op',
  'fusedMatMul__op',
  'fusedConv2d__op',
  'fusedDepthwiseConv2d__op',
  'softmaxCrossEntropy__op',
];
const known = new Set<unknown>([...Object.values(tf), ...operations]);

/** Whether the gradient of an operation is someone else's than TensorFlow.js': made by `tf.customGrad` or registered. */
export function isForeign({ kernelName, inputs, gradient }: TapeNode): boolean {
  if (gradient === undefined || known.has(kernelName)) return false;
  // What TensorFlow.js records when it saves a tensor has one input, named x; those of tf.customGrad are numbered.
  const registered = tf.getGradient(kernelName) as tf.GradConfig | undefined;
  return registered !== undefined || '0' in inputs;
}
