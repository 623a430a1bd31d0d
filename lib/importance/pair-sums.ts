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
export function pairSums({ rows, points, problem, losses }: Task, group: readonly number[]): PairSums {
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
      const predictions = points.predict(pairs(points, group, { rows, first, last }));
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
  { rows, first, last }: { readonly rows: number; readonly first: number; readonly last: number },
): Float64Array {
  const points = new Float64Array((last - first) * rows * width);
  for (let row = first; row < last; row++) {
    const own = values.subarray(row * width, (row + 1) * width);
    for (let from = 0; from < rows; from++) {
      const at = ((row - first) * rows + from) * width;
      for (let i = 0; i < width; i++) points[at + i] = own[i]!;
      exchange(points, at, group, { row, from });
    }
  }
  return points;
}
