import type { Problem } from '../derivatives/problem.js';
import type { Losses } from './metric.js';
import type { Predictor } from './predictor.js';

/** Rows that are predicted at once: few enough that what they are made of stays in a processor's own memory. */
const ROWS = 2048;

/** What is predicted, and how it is scored. */
export interface Scored {
  readonly problem: Problem;
  readonly predict: Predictor['predict'];
  readonly losses: Losses;
}

/**
 * Mean losses of the predictions of all rows, shape [losses.width].
 *
 * @param change - changes some of the rows, from the first one on, before they are predicted.
 */
export function meanLosses(
  { problem: { x, rows, inputs }, predict, losses }: Scored,
  change: (points: Float64Array, first: number) => void = () => undefined,
): Float64Array {
  const sums = new Float64Array(losses.width);
  const room = new Float64Array(Math.min(rows, ROWS) * inputs);
  for (let first = 0; first < rows; first += ROWS) {
    const count = Math.min(ROWS, rows - first);
    const points = room.subarray(0, count * inputs);
    points.set(x.subarray(first * inputs, (first + count) * inputs));
    change(points, first);
    losses.add(sums, predict(points), first);
  }
  return sums.map((sum) => sum / rows);
}
