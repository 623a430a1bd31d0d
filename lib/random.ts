import { need } from './need.js';
import { gaussians } from './random/gaussians.js';
import { mersenneTwister, type Stream } from './random/mersenne-twister.js';
import { type Shufflable, shuffleBy, wholeBelow } from './random/whole.js';
import { isList } from './values.js';

export type { Shufflable } from './random/whole.js';

/** A typed array that {@link Random} can copy and put into another order. */
export type NumberArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/**
 * A stream of random numbers: every call goes on where the last one stopped. Arguments are ordered as in NumPy.
 *
 * With a `size` the methods return that many numbers; `size` is a whole number of at least 0, else a RangeError.
 */
export interface Random {
  /** Uniform on [low, high), from 53 random bits; default [0, 1). Throws a RangeError unless low ≤ high, both finite. */
  uniform(low?: number, high?: number): number;
  /** The next `size` of them. */
  uniform(low: number, high: number, size: number): Float64Array;
  /** Gaussian; default mean 0 and deviation 1. Throws a RangeError unless both are finite and the deviation is at least 0. */
  normal(mean?: number, deviation?: number): number;
  /** The next `size` of them. */
  normal(mean: number, deviation: number, size: number): Float64Array;
  /**
   * Whole numbers n, low ≤ n < high: NumPy's `randint` with its default type int64 (int32 and uint32 give the same).
   * Throws a RangeError unless low < high are safe integers less than 2⁵³ apart.
   */
  integers(low: number, high: number): number;
  /** The next `size` of them. */
  integers(low: number, high: number, size: number): Float64Array;
  /** Puts the values into random order, in place. Throws a TypeError unless they are an array or a typed array. */
  shuffle<T>(values: Shufflable<T>): void;
  /** The numbers 0 … n − 1 in random order. Throws a RangeError unless n is a whole number, 0 … 2³¹ − 1. */
  permutation(n: number): Int32Array;
  /** A copy of the values in random order. */
  permutation<T extends NumberArray>(values: T): T;
  /** A copy of the values in random order. */
  permutation<T>(values: readonly T[]): T[];
}

/**
 * Random numbers that repeat: NumPy's legacy `RandomState(seed)`, the same seed giving the same numbers.
 *
 * MT19937, the polar method for Gaussians (the second of each pair is kept for the next call), masked rejection for whole
 * numbers, and the Fisher–Yates shuffle. Equal to NumPy bit for bit; Gaussians to NumPy on Linux with the GNU C library and a
 * processor with a fused multiply-add, because NumPy takes the logarithm of the system that it runs on.
 *
 * @param seed - whole number, 0 … 2³² − 1.
 * @returns the stream, at its beginning.
 * @throws RangeError if the seed is not such a number.
 * @example
 * numpyRandom(14).uniform() // => 0.5139433437726902
 * @see https://numpy.org/doc/stable/reference/random/legacy.html
 */
export function numpyRandom(seed: number): Random {
  checkSeed('numpyRandom', seed);
  const word = mersenneTwister(seed);
  const shuffle = <T>(values: Shufflable<T>): void => {
    need(isList(values), 'shuffle needs an array or a typed array', values, TypeError);
    shuffleBy(word, values);
  };
  const uniform = uniformNumbers(word);
  return Object.freeze({
    uniform: scaledUniform(uniform),
    normal: scaledNormal(gaussians(uniform)),
    integers: wholeNumbers(word),
    shuffle,
    permutation: permuter(shuffle),
  });
}

/** Throws a RangeError unless the seed is one; `owner` is the function that was given it. */
export function checkSeed(owner: string, seed: number): void {
  need(isWhole(seed, 2 ** 32 - 1), `${owner} needs a whole seed, 0 to 4294967295`, seed);
}

function isWhole(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}

function repeat(draw: () => number, size: number | undefined, caller: string): number | Float64Array {
  if (size === undefined) return draw();
  need(isWhole(size, Number.MAX_SAFE_INTEGER), `${caller} needs a whole size of at least 0`, size);
  return new Float64Array(size).map(draw);
}

function uniformNumbers(word: Stream): Stream {
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
}

function scaledUniform(uniform: Stream): Random['uniform'] {
  return ((low = 0, high = 1, size?: number) => {
    const requirement = 'uniform needs finite numbers low <= high';
    need(Number.isFinite(low) && low <= high && Number.isFinite(high - low), requirement, [low, high]);
    return repeat(() => low + (high - low) * uniform(), size, 'uniform');
  }) as Random['uniform'];
}

function scaledNormal(gauss: Stream): Random['normal'] {
  return ((mean = 0, deviation = 1, size?: number) => {
    need(Number.isFinite(mean), 'normal needs a finite mean', mean);
    need(deviation >= 0 && Number.isFinite(deviation), 'normal needs a finite deviation of at least 0', deviation);
    return repeat(() => mean + deviation * gauss(), size, 'normal');
  }) as Random['normal'];
}

function wholeNumbers(word: Stream): Random['integers'] {
  return ((low: number, high: number, size?: number) => {
    const fits = Number.isSafeInteger(low) && Number.isSafeInteger(high) && Number.isSafeInteger(high - 1 - low);
    need(fits && low < high, 'integers needs safe integers low < high, less than 2^53 apart', [low, high]);
    return repeat(() => low + wholeBelow(word, high - low), size, 'integers');
  }) as Random['integers'];
}

function permuter(shuffle: Random['shuffle']): Random['permutation'] {
  return ((values: number | NumberArray | unknown[]) => {
    if (isList(values)) {
      const copy = values.slice();
      shuffle<unknown>(copy);
      return copy;
    }
    need(isWhole(values, 2 ** 31 - 1), 'permutation needs a whole number, 0 to 2147483647, or values', values);
    const order = new Int32Array(values);
    for (let i = 0; i < values; i++) order[i] = i;
    shuffle(order);
    return order;
  }) as Random['permutation'];
}
