import type * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import type { Displayable } from '../plot/display.js';
import type { Model } from '../tape/model.js';
import { importanceTable } from './result.js';
import { type ImportanceOptions, type Task, taskOf } from './task.js';
import { turns } from './turns.js';

/** What shuffles would show on average, and how far a single one strays. */
export interface ExactImportances {
  /** The expectation over all shuffles, shape [groups]. */
  readonly importancesMean: Float64Array;
  /** The standard deviation of a single shuffle, shape [groups]. */
  readonly importancesStd: Float64Array;
  /** The metric of the data as they are. */
  readonly baselineScore: number;
}

/** The exact permutation importance; in a notebook it shows itself as a table. */
export type ExactPermutationImportance = ExactImportances &
  Displayable & {
    /** The same for every output by itself, shape [outputs]; empty for classes that exclude each other. */
    readonly outputs: readonly ExactImportances[];
  };

/**
 * The permutation importance without chance: the mean over all n! shuffles, by n² predictions for each group of inputs.
 *
 * With l_ik the loss at row i when the group's inputs come from row k, the mean loss is Σ l_ik / n², and with
 * d_ik = l_ik − row mean − column mean + mean of all, the variance of a single shuffle is Σ d_ik² / (n² (n − 1)); 0 for n = 1.
 *
 * @param model - a model or a function, as `gradient` takes it.
 * @param x - inputs, shape [batch, in], finite.
 * @param y - the truth, shape [batch, out], or [batch] for one output.
 * @throws as `permutationImportance`; Error if a signal stopped it.
 * @example
 * const x = tf.tensor2d([[1, 5], [2, 3], [3, 4], [4, 6]]);
 * const first = (x: tf.Tensor2D) => tf.slice(x, [0, 0], [-1, 1]);
 * const exact = await exactPermutationImportance(first, x, tf.tensor1d([1, 2, 3, 4]));
 * exact.importancesMean // => [2, 0]
 * @see Hoeffding (1951), Ann. Math. Statist. 22, 558
 */
export async function exactPermutationImportance(
  model: Model,
  x: tf.Tensor2D,
  y: tf.Tensor,
  options: ImportanceOptions = {},
): Promise<ExactPermutationImportance> {
  const task = taskOf('exactPermutationImportance', model, { x, y }, options);
  const moments = await allPairs(task, options);
  const parts = [...task.baseline.keys()].map((k): ExactImportances => {
    const own = moments.map((group) => group[k]!);
    return {
      importancesMean: Float64Array.from(own, ({ mean }) => mean),
      importancesStd: Float64Array.from(own, ({ deviation }) => deviation),
      baselineScore: task.losses.score(task.baseline[k]!),
    };
  });
  const whole = parts.at(-1)!;
  const outputs = task.losses.perOutput ? parts.slice(0, Math.max(1, parts.length - 1)) : [];
  const caption = `Exact permutation importance (${options.metric ?? 'r2'})`;
  const { importancesMean: means, importancesStd: deviations } = whole;
  const shown = importanceTable({
    caption,
    names: task.names,
    means,
    errors: new Float64Array(means.length),
    deviations,
  });
  return Object.freeze({ ...whole, outputs, ...shown });
}

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

// For each group, for each number of a row of losses.
async function allPairs(task: Task, watch: ImportanceOptions): Promise<readonly (readonly Moments[])[]> {
  const { rows } = task.problem;
  const goOn = turns(task.groups.length * rows, watch);
  const found: (readonly Moments[])[] = [];
  for (const [place, group] of task.groups.entries()) {
    const sums = pairSums(task, group);
    for (let row = 0; row < rows; row += sums.atOnce) {
      const going = await goOn(place * rows + row);
      need(going, 'exactPermutationImportance needs time to end', { words: 'a signal to stop' }, Error);
      sums.add(row);
    }
    const moments = sums.moments();
    const areFinite = moments.every(({ mean }) => Number.isFinite(mean));
    const got = { words: `others for inputs ${group.join(', ')}` };
    need(areFinite, 'exactPermutationImportance needs a model that gives finite numbers for all pairs of rows', got);
    found.push(moments);
  }
  await goOn(task.groups.length * rows);
  return found;
}

interface PairSums {
  readonly atOnce: number;
  add(firstRow: number): void;
  moments(): readonly Moments[];
}

const POINTS_AT_ONCE = 16_384;

// Sums of r_ik = l_ik − l_ii: the difference to the row's own loss, which changes no d_ik and keeps an ignored input exactly 0.
function pairSums({ problem, predict, losses }: Task, group: readonly number[]): PairSums {
  const { x, rows, inputs, outputs } = problem;
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
      const predictions = predict(pairs({ x, rows, inputs }, group, { first, last }));
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
  { x, rows, inputs }: { readonly x: Float32Array; readonly rows: number; readonly inputs: number },
  group: readonly number[],
  { first, last }: { readonly first: number; readonly last: number },
): Float64Array {
  const points = new Float64Array((last - first) * rows * inputs);
  for (let row = first; row < last; row++) {
    const own = x.subarray(row * inputs, (row + 1) * inputs);
    for (let k = 0; k < rows; k++) {
      const at = ((row - first) * rows + k) * inputs;
      for (let i = 0; i < inputs; i++) points[at + i] = own[i]!;
      for (const input of group) points[at + input] = x[k * inputs + input]!;
    }
  }
  return points;
}
