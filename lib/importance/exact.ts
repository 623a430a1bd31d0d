import type * as tf from '@tensorflow/tfjs';
import { need } from '../need.js';
import type { Displayable } from '../plot/display.js';
import type { Model } from '../tape/model.js';
import { type Moments, pairSums } from './pair-sums.js';
import { importanceTable } from './result.js';
import { type ImportanceOptions, type Task, taskOf, wholeAndOutputs } from './task.js';
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
  const { whole, outputs } = wholeAndOutputs(task, (k): ExactImportances => {
    const own = moments.map((group) => group[k]!);
    return {
      importancesMean: Float64Array.from(own, ({ mean }) => mean),
      importancesStd: Float64Array.from(own, ({ deviation }) => deviation),
      baselineScore: task.losses.score(task.baseline[k]!),
    };
  });
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
