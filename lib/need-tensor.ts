import * as tf from '@tensorflow/tfjs';
import { need } from './need.js';

/**
 * Throws a TypeError unless something is a tensor, an Error if it is disposed.
 *
 * @param owner - the function that asks, for messages.
 * @param name - what the tensor is, for messages.
 */
export function needTensor(owner: string, name: string, tensor: unknown): asserts tensor is tf.Tensor {
  need(tensor instanceof tf.Tensor, `${owner} needs a tensor ${name}`, tensor, TypeError);
  need(!tensor.isDisposed, `${owner} needs a tensor ${name} that still exists`, { words: 'a disposed one' }, Error);
}
