import type { Random } from '../random.js';

/** Numbers of rows drawn with replacement, in runs of `block` rows that follow each other (the moving-block bootstrap). */
export function resampledRows(random: Random, rows: number, block: number): Int32Array {
  const drawn = new Int32Array(rows);
  for (let place = 0; place < rows; place += block) {
    const start = random.integers(0, rows - block + 1);
    for (let i = 0; i < block && place + i < rows; i++) drawn[place + i] = start + i;
  }
  return drawn;
}

/** The numbers between which the middle `share` of some numbers lies, interpolated as NumPy's `quantile` does. */
export function middle(values: readonly number[], share: number): readonly [low: number, high: number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (place: number): number => {
    const [below, rest] = [Math.floor(place), place % 1];
    return sorted[below]! + (rest > 0 ? rest * (sorted[below + 1]! - sorted[below]!) : 0);
  };
  const last = sorted.length - 1;
  return [at((last * (1 - share)) / 2), at((last * (1 + share)) / 2)];
}
