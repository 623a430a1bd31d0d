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
