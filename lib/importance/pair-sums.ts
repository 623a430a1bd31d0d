import type { Points } from './points.js';
import type { Task } from './task.js';

/** Over all pairs of rows. */
export interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

interface PairSums {
  readonly atOnce: number;
  add(firstRow: number): void;
  moments(): readonly Moments[];
}

const POINTS_AT_ONCE = 16_384;

/** Sums of r_ik = l_ik − l_ii: the difference to the row's own loss, which changes no d_ik and keeps an ignored input exactly 0. */
export function pairSums({ rows, everyRow, points, problem, losses }: Task, group: readonly number[]): PairSums {
  const { outputs } = problem;
  const { width } = losses;
  const atOnce = Math.max(1, Math.floor(POINTS_AT_ONCE / rows));
  const [squares, rowSquares, all] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  const [columns, own, into] = [new Float64Array(rows * width), new Float64Array(width), new Float64Array(width)];
  const addRow = (row: number, predictions: Float64Array, at: number): void => {
    losses.row(row, predictions, { at: at + row * outputs, into: own });
    const sums = new Float64Array(width);
    for (let k = 0; k < rows; k++) {
      losses.row(row, predictions, { at: at + k * outputs, into });
      for (let j = 0; j < width; j++) {
        const rise = into[j]! - own[j]!;
        sums[j]! += rise;
        squares[j]! += rise * rise;
        columns[k * width + j]! += rise;
      }
    }
    for (let j = 0; j < width; j++) {
      all[j]! += sums[j]!;
      rowSquares[j]! += sums[j]! ** 2 / rows;
    }
  };
  return {
    atOnce,
    add: (first) => {
      const last = Math.min(rows, first + atOnce);
      const predictions = points.predict(pairs(points, group, { everyRow, first, last }));
      for (let row = first; row < last; row++) addRow(row, predictions, (row - first) * rows * outputs);
    },
    moments: () =>
      Array.from(all, (sum, j) => {
        let columnSquares = 0;
        for (let k = 0; k < rows; k++) columnSquares += columns[k * width + j]! ** 2 / rows;
        const d = squares[j]! - rowSquares[j]! - columnSquares + sum ** 2 / rows ** 2;
        // Rounding can leave a negative sum of squares.
        const deviation = rows === 1 ? 0 : Math.sqrt(Math.max(0, d) / (rows ** 2 * (rows - 1)));
        return { mean: sum / rows ** 2, deviation };
      }),
  };
}

// Rows first … last − 1, each as often as there are rows, with the group's inputs of every row in turn.
function pairs(
  { values, width, exchange }: Points,
  group: readonly number[],
  { everyRow, first, last }: { readonly everyRow: Int32Array; readonly first: number; readonly last: number },
): Float64Array {
  const size = everyRow.length * width;
  const points = new Float64Array((last - first) * size);
  for (let row = first; row < last; row++) {
    const ofRow = points.subarray((row - first) * size, (row - first + 1) * size);
    for (let at = 0; at < size; at += width) for (let i = 0; i < width; i++) ofRow[at + i] = values[row * width + i]!;
    exchange(ofRow, group, { own: new Int32Array(everyRow.length).fill(row), from: everyRow });
  }
  return points;
}
