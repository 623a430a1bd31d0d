import { logarithm } from './logarithm.js';
import { mersenneTwister, type Stream } from './mersenne-twister.js';
import { need } from './need.js';

/** Values that can be put into another order in place: an array or a typed array. */
export interface Shufflable<T> {
  readonly length: number;
  [index: number]: T;
}

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
  uniform(low: number, high: number, size: number): Float64Array;
  /** Gaussian; default mean 0 and deviation 1. Throws a RangeError unless both are finite and the deviation is at least 0. */
  normal(mean?: number, deviation?: number): number;
  normal(mean: number, deviation: number, size: number): Float64Array;
  /**
   * Whole numbers n, low ≤ n < high: NumPy's `randint` with its default type int64 (int32 and uint32 give the same).
   * Throws a RangeError unless low < high are safe integers less than 2⁵³ apart.
   */
  integers(low: number, high: number): number;
  integers(low: number, high: number, size: number): Float64Array;
  /** Puts the values into random order, in place. */
  shuffle<T>(values: Shufflable<T>): void;
  /** The numbers 0 … n − 1 in random order, or a copy of the values in random order. Throws a RangeError unless n is a whole number, 0 … 2³¹ − 1. */
  permutation(n: number): Int32Array;
  permutation<T extends NumberArray>(values: T): T;
  permutation<T>(values: readonly T[]): T[];
}

/**
 * Random numbers that repeat: NumPy's legacy `RandomState(seed)`, the same seed giving the same numbers.
 *
 * MT19937, the polar method for Gaussians (the second of each pair is kept for the next call), masked rejection for whole
 * numbers, and the Fisher–Yates shuffle. Equal to NumPy bit for bit, but for one Gaussian in about 3,000: there the C
 * library under NumPy rounds a logarithm the wrong way, and the last bit differs.
 *
 * @param seed - whole number, 0 … 2³² − 1.
 * @returns the stream, at its beginning.
 * @throws RangeError if the seed is not such a number.
 * @example
 * numpyRandom(14).uniform() // => 0.5139433437726902
 * @see https://numpy.org/doc/stable/reference/random/legacy.html
 */
export function numpyRandom(seed: number): Random {
  need(isWhole(seed, 2 ** 32 - 1), 'numpyRandom needs a whole seed, 0 to 4294967295', seed);
  const word = mersenneTwister(seed);
  const shuffle = shuffler(word);
  const uniform = uniformNumbers(word);
  return Object.freeze({
    uniform: scaledUniform(uniform),
    normal: scaledNormal(gaussians(uniform)),
    integers: wholeNumbers(word),
    shuffle,
    permutation: permuter(shuffle),
  });
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

function gaussians(uniform: Stream): Stream {
  let kept: number | undefined;
  return () => {
    const last = kept;
    kept = undefined;
    if (last !== undefined) return last;
    let first: number;
    let second: number;
    let square: number;
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

function scaledUniform(uniform: Stream): Random['uniform'] {
  return ((low = 0, high = 1, size?: number) => {
    const requirement = 'uniform needs finite numbers low <= high';
    need(low <= high && Number.isFinite(high - low), requirement, [low, high]);
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
    const below = high - 1 - low < 2 ** 32 ? bounded : boundedBeyond32Bits;
    return repeat(() => low + below(word, high - 1 - low), size, 'integers');
  }) as Random['integers'];
}

// Uniform over 0 … max: as many random bits as max has, drawn again while they exceed it.
function bounded(word: Stream, max: number): number {
  if (max === 0) return 0;
  const unused = Math.clz32(max);
  let value: number;
  do value = (word() << unused) >>> unused;
  while (value > max);
  return value;
}

function boundedBeyond32Bits(word: Stream, max: number): number {
  const unused = Math.clz32(Math.floor(max / 2 ** 32));
  let value: number;
  do value = ((word() << unused) >>> unused) * 2 ** 32 + word();
  while (value > max);
  return value;
}

function shuffler(word: Stream): Random['shuffle'] {
  return (values) => {
    for (let i = values.length - 1; i > 0; i--) {
      const j = bounded(word, i);
      const value = values[i]!;
      values[i] = values[j]!;
      values[j] = value;
    }
  };
}

function permuter(shuffle: Random['shuffle']): Random['permutation'] {
  return ((values: number | NumberArray | unknown[]) => {
    if (typeof values !== 'number') {
      const copy = values.slice();
      shuffle<unknown>(copy);
      return copy;
    }
    need(isWhole(values, 2 ** 31 - 1), 'permutation needs a whole number, 0 to 2147483647, or values', values);
    const order = Int32Array.from({ length: values }, (_, i) => i);
    shuffle(order);
    return order;
  }) as Random['permutation'];
}
