import { need, needOptions } from './need.js';
import { finiteNumbers, rangeOf, type Values } from './values.js';

/** Counts of numbers in bins of equal width. */
export interface Bins {
  /** Where the bins begin and end: one more than there are bins. */
  readonly edges: readonly number[];
  /** How many numbers fell into each bin. */
  readonly counts: readonly number[];
  /** How many numbers lie below the first edge. */
  readonly below: number;
  /** How many numbers lie above the last edge. */
  readonly above: number;
}

/** Which bins. */
export interface BinOptions {
  /** Where the first bin begins and the last one ends; from the smallest to the largest value by default. */
  readonly range?: readonly [number, number];
  /** How many; 40 by default. */
  readonly bins?: number;
}

/**
 * How many values fall into each of some bins of equal width.
 *
 * A value on an edge belongs to the bin on its right, the largest edge to the last bin.
 *
 * @throws RangeError if there are no values, one is not finite, the bins are not a whole number from 1 to 10,000 or the range does
 * not increase; TypeError if values are not numbers in an array, a typed array or a tensor, or options no object; Error if a
 * tensor is disposed.
 * @example
 * const counted = binCounts([0.1, 0.5, 0.9, 1, 1.2], { range: [0, 1], bins: 2 });
 * counted.counts // => [1, 3]
 * counted.edges // => [0, 0.5, 1]
 * counted.above // => 1
 */
export function binCounts(values: Values, options: BinOptions = {}): Bins {
  needOptions('binCounts', options);
  const { range, bins = 40 } = options;
  const numbers = finiteNumbers('binCounts', 'values', values);
  need(isBinCount(bins), 'binCounts needs whole bins from 1 to 10,000', bins);
  return countInBins(numbers, binEdges(...rangeOf('binCounts', [numbers], range), bins));
}

/** Whether there can be so many bins. */
export function isBinCount(bins: number): boolean {
  return Number.isInteger(bins) && bins >= 1 && bins <= 10_000;
}

/** `bins + 1` edges from `low` to `high`, evenly spaced. */
export function binEdges(low: number, high: number, bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
}

/** Counts numbers in [edge, next edge); the last bin holds its upper edge too. */
export function countInBins(numbers: readonly number[], edges: readonly number[]): Bins {
  const counts = new Array<number>(edges.length - 1).fill(0);
  let [below, above] = [0, 0];
  for (const number of numbers) {
    if (number < edges[0]!) below += 1;
    else if (number > edges.at(-1)!) above += 1;
    else counts[binOf(number, edges)]! += 1;
  }
  return { edges, counts, below, above };
}

// A guess by division, put right by the edges themselves, so that rounding never puts a number on the wrong side of its edge.
function binOf(number: number, edges: readonly number[]): number {
  const last = edges.length - 2;
  const [low, high] = [edges[0]!, edges.at(-1)!];
  let bin = Math.min(last, Math.floor(((number - low) / (high - low)) * (last + 1)));
  while (bin < last && number >= edges[bin + 1]!) bin += 1;
  while (number < edges[bin]!) bin -= 1;
  return bin;
}
