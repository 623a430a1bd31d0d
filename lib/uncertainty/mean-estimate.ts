import { need, needOptions } from '../need.js';
import { finiteNumbers, mean, type Values } from '../values.js';
import type { Estimate } from './estimate.js';

/**
 * The mean of independent values and its standard error, s / √n with s² = Σ (v − mean)² / (n − 1).
 *
 * Neighbours in a time series are not independent: `seriesMeanEstimate` is for those.
 *
 * @returns an error of NaN for a single value, which shows no spread.
 * @throws RangeError if there are no values or one is not finite; TypeError if they are no numbers in an array, a typed array or a
 * tensor; Error if that is disposed.
 * @example
 * meanEstimate([1, 2, 3, 6]).value // => 3
 * meanEstimate([1, 2, 3, 6]).error // ≈ 1.0801
 */
export function meanEstimate(values: Values): Estimate {
  const numbers = finiteNumbers('meanEstimate', 'values', values);
  const value = mean(numbers);
  const squares = numbers.reduce((sum, number) => sum + (number - value) ** 2, 0);
  return { value, error: Math.sqrt(squares / (numbers.length - 1) / numbers.length) };
}

/** How blocks of a series are chosen. */
export interface SeriesOptions {
  /** Values that stay together; by default eight autocorrelation times, at least eight values, at most a tenth of the series. */
  readonly block?: number;
}

/** The mean of a series, and how sure it is. */
export interface SeriesEstimate extends Estimate {
  /** The integrated autocorrelation time τ, in steps: 1 for independent values. */
  readonly autocorrelationTime: number;
  /** n / τ: so many independent values would tell as much about the mean. */
  readonly effectiveSampleSize: number;
  /** Values in a block. Where a tenth of the series is less than three τ, the series is too short for an error to trust. */
  readonly block: number;
}

/**
 * The mean of a time series and its standard error, by the moving-block bootstrap.
 *
 * The variance is that of infinitely many resamples in blocks of length b, which has a closed form: of the means of all blocks
 * M_j it is b/n times their mean (M_j − mean)², over 1 − b/n for what the mean itself takes of the spread. No chance, no seed.
 * τ = 1 + 2 Σ ρ_t, summed up to the first t ≥ 5 τ, but at least to t = 4.
 *
 * @param values - in the order of time, at least 20.
 * @throws RangeError if there are fewer values, one is not finite, or `block` is no whole number from 1 to half of them; TypeError
 * if they are no numbers in an array, a typed array or a tensor, or options no object; Error if the tensor is disposed.
 * @example
 * const noise = numpyRandom(1).normal(0, 1, 100);
 * const slow = Array.from({ length: 1000 }, (_, t) => noise[Math.floor(t / 10)]);
 * seriesMeanEstimate(slow).effectiveSampleSize < 200 // => true
 * @see Künsch (1989), Ann. Statist. 17, 1217; Sokal (1997) for τ; Meketon & Schmeiser (1984) for the means of all blocks
 */
export function seriesMeanEstimate(values: Values, options: SeriesOptions = {}): SeriesEstimate {
  needOptions('seriesMeanEstimate', options);
  const numbers = finiteNumbers('seriesMeanEstimate', 'values', values);
  const n = numbers.length;
  need(n >= 20, 'seriesMeanEstimate needs at least 20 values', n);
  const value = mean(numbers);
  const distances = Float64Array.from(numbers, (number) => number - value);
  const autocorrelationTime = integratedTime(distances);
  const block = options.block ?? Math.min(Math.ceil(8 * Math.max(autocorrelationTime, 1)), Math.floor(n / 10));
  const isGood = Number.isInteger(block) && block >= 1 && block <= n / 2;
  need(isGood, `seriesMeanEstimate needs a whole block from 1 to ${Math.floor(n / 2)}`, block);
  const error = Math.sqrt((meanSquareOfBlocks(distances, block) * block) / (n - block));
  return { value, error, autocorrelationTime, effectiveSampleSize: n / autocorrelationTime, block };
}

// Of a constant series 1: nothing tells that its values depend on each other.
function integratedTime(distances: Float64Array): number {
  const variance = covariance(distances, 0);
  if (variance === 0) return 1;
  let time = 1;
  for (let lag = 1; lag < 5 * Math.max(time, 1) && lag < distances.length / 2; lag++)
    time += (2 * covariance(distances, lag)) / variance;
  // Where neighbours alternate the sum can fall to 0: the mean is never surer than n² values would make it.
  return Math.max(time, 1 / distances.length);
}

function covariance(distances: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < distances.length; t++) sum += distances[t]! * distances[t - lag]!;
  return sum / distances.length;
}

function meanSquareOfBlocks(distances: Float64Array, block: number): number {
  let [sum, squares] = [0, 0];
  for (let t = 0; t < distances.length; t++) {
    sum += distances[t]! - (t >= block ? distances[t - block]! : 0);
    if (t >= block - 1) squares += (sum / block) ** 2;
  }
  return squares / (distances.length - block + 1);
}
