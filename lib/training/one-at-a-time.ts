import type * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';

const learning = new WeakSet<object>();

/**
 * Keeps the weights of a model for one training: two at once would each undo what the other learns.
 *
 * @returns what gives them free again.
 * @throws Error if they, or some that the model shares with another one, are still learning.
 */
export function claimWeights({ weights }: tf.LayersModel): () => void {
  const claimed = [...weights];
  const words = 'one that still is (await the first train)';
  const isFree = !claimed.some((weight) => learning.has(weight));
  need(isFree, 'train needs a model that is not being trained', { words }, Error);
  for (const weight of claimed) learning.add(weight);
  return () => {
    for (const weight of claimed) learning.delete(weight);
  };
}
