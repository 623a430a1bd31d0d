import { LENGTH, temper, twist } from '../../../random/mersenne-twister.js';
import type { TwinParts } from '../../twins/layers.js';
import type { TrainingKernels } from '../kernels.js';

/** The shuffle of lib/random on numbers in a memory. */
export function shuffleTwin({ memory }: Pick<TwinParts, 'memory'>): TrainingKernels['shuffle'] {
  return (state, next, values, count) => {
    const twister = memory.integers(state, 2 * LENGTH);
    const [words, numbers] = [twister.subarray(0, LENGTH), new Uint32Array(twister.buffer, state + 4 * LENGTH, LENGTH)];
    const order = memory.integers(values, count);
    let used = next;
    for (let i = count - 1; i > 0; ) {
      if (used === LENGTH) {
        twist(words);
        temper(words, numbers);
        used = 0;
      }
      const j = (numbers[used++]! & (-1 >>> Math.clz32(i))) >>> 0;
      if (j > i) continue;
      [order[i], order[j]] = [order[j]!, order[i]!];
      i--;
    }
    return used;
  };
}
