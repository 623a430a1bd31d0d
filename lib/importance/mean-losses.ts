import type { Losses } from './metric.js';
import type { Points } from './points.js';

/** Rows that are predicted at once: few enough that what they are made of stays in a processor's own memory. */
const ROWS = 2048;

/** What is predicted, and how it is scored. */
export interface Scored {
  readonly rows: number;
  readonly points: Points;
  readonly losses: Losses;
}

/**
 * Mean losses of the predictions of all rows, shape [losses.width].
 *
 * @param change - changes some of the points, from that of a row on, before they are predicted.
 */
export function meanLosses(
  { rows, points: { values, width, predict }, losses }: Scored,
  change: (points: Float64Array, first: number) => void = () => undefined,
): Float64Array {
  const sums = new Float64Array(losses.width);
  const room = new Float64Array(Math.min(rows, ROWS) * width);
  for (let first = 0; first < rows; first += ROWS) {
    const count = Math.min(ROWS, rows - first);
    const points = room.subarray(0, count * width);
    points.set(values.subarray(first * width, (first + count) * width));
    change(points, first);
    losses.add(sums, predict(points), first);
  }
  return sums.map((sum) => sum / rows);
}
