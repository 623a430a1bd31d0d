import { logarithm } from './logarithm.js';
import type { Stream } from './mersenne-twister.js';

/**
 * Gaussian numbers of mean 0 and deviation 1 by the polar method. Of each pair the second comes first, as in NumPy, and the
 * first is kept for the next call.
 *
 * @param uniform - numbers uniform on [0, 1).
 * @see Marsaglia & Bray (1964), SIAM Rev. 6, 260
 */
export function gaussians(uniform: Stream): Stream {
  let kept: number | undefined;
  return () => {
    const last = kept;
    kept = undefined;
    if (last !== undefined) return last;
    let [first, second, square] = [0, 0, 0];
    do {
      first = 2 * uniform() - 1;
      second = 2 * uniform() - 1;
      square = first * first + second * second;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * logarithm(square)) / square);
    kept = factor * first;
    return factor * second;
  };
}
