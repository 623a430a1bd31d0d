import type * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';

const trainings = new WeakMap<object, object>();

/**
 * Gives the weights of a model to one training: two at once would each undo what the other learns. The later one has them, as
 * the earlier may be one that was stopped in a notebook and will never say so.
 *
 * @returns whether they still belong to it.
 */
export function takeWeights({ weights }: tf.LayersModel): () => boolean {
  const training = {};
  for (const weight of weights) trainings.set(weight, training);
  return () => weights.every((weight) => trainings.get(weight) === training);
}

/** @throws Error if the weights belong to another training by now. */
export function checkOwner(isOwner: () => boolean): void {
  need(
    isOwner(),
    'train needs a model for itself until it ends',
    { words: 'another train of it (await the first)' },
    Error,
  );
}
