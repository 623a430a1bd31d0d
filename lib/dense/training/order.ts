import { LENGTH, seededState } from '../../random/mersenne-twister.js';
import type { TrainingEngine } from './kernels.js';

/** Puts numbers at an address into random order, all but the first `from`. */
export type Shuffle = (from: number) => void;

/** The shuffle of `numpyRandom(seed)` on whole numbers at an address, which are 0 … count - 1 at the beginning. */
export function shuffledOrder(
  { kernels, memory }: TrainingEngine,
  order: number,
  { count, seed }: { readonly count: number; readonly seed: number },
): Shuffle {
  const state = memory.reserve(2 * LENGTH);
  memory.integers(state, LENGTH).set(seededState(seed));
  memory.integers(order, count).forEach((_, i, numbers) => {
    numbers[i] = i;
  });
  let next = LENGTH;
  return (from) => {
    next = kernels.shuffle(state, next, order + 4 * from, count - from);
  };
}
