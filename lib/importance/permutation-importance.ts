import type * as tf from '@tensorflow/tfjs';
import { need, needOptions } from '../need.js';
import { checkSeed, numpyRandom, type Random } from '../random.js';
import type { Model } from '../tape/model.js';
import { meanLosses } from './mean-losses.js';
import { importancesOf, importanceTable, type PermutationImportance } from './result.js';
import { type Data, type ImportanceOptions, type Task, taskOf, wholeAndOutputs } from './task.js';
import { turns } from './turns.js';

/** What is scored, and how it is shuffled. */
export interface PermutationImportanceOptions extends ImportanceOptions {
  /** How often every group is shuffled; 5 by default. */
  readonly repeats?: number;
  /** Seed of the shuffles, a whole number, 0 … 2³² − 1. */
  readonly seed: number;
  /** Rows that stay together, one after the other, as the rows of a time series should; fewer than there are; 1 by default. */
  readonly block?: number;
}

/**
 * Permutation importance: how much worse a model predicts once an input is shuffled among the rows, which keeps its values but
 * tells nothing about the row any more.
 *
 * Signed: the rise of an error or the drop of a score. A single shuffle is a random number; the mean of several has a standard
 * error, and {@link exactPermutationImportance} is what it tends to. Where inputs depend on each other, shuffled rows are unlike
 * all that the model has learnt from. A model of dense layers predicts on the dense engine.
 *
 * Each repeat shuffles group after group, all by NumPy's `permutation` of one stream: with one repeat the shuffles are those of
 * `np.random.seed(seed)` and one `np.random.shuffle` for each column.
 *
 * @param model - a model or a function, as `gradient` takes it.
 * @param x - inputs, shape [batch, in], finite.
 * @param y - the truth, shape [batch, out], or [batch] for one output.
 * @returns scikit-learn's result, in camelCase; stopped by `signal`, of the repeats that are complete.
 * @throws RangeError if x, y or an option is not as said, y is constant and scored by R², or probabilities or labels are needed and
 * not given; TypeError for something else than tensors, models, functions, lists and an object of options; Error if a tensor or the
 * model is disposed, or a signal stopped before the first repeat.
 * @example
 * const x = tf.tensor2d([[1, 5], [2, 3], [3, 4], [4, 6]]);
 * const y = tf.tensor1d([1, 2, 3, 4]);
 * const found = await permutationImportance((x) => tf.slice(x, [0, 0], [-1, 1]), x, y, { seed: 14, repeats: 3 });
 * found.baselineScore // => 1
 * found.importancesMean.map((value) => Number(value > 0)) // => [1, 0]
 * @see Breiman (2001), Machine Learning 45, 5; Fisher, Rudin, Dominici (2019), JMLR 20:177
 */
export async function permutationImportance(
  model: Model,
  x: tf.Tensor2D,
  y: tf.Tensor,
  options: PermutationImportanceOptions,
): Promise<PermutationImportance> {
  return importanceFor('permutationImportance', model, { x, y }, options);
}

/**
 * The same for another function, which the messages name.
 *
 * @param owner - the function that asks.
 */
export async function importanceFor(
  owner: string,
  model: Model,
  data: Data,
  options: PermutationImportanceOptions,
): Promise<PermutationImportance> {
  needOptions(owner, options);
  const { repeats = 5, seed, block = 1, metric = 'r2' } = options;
  checkSeed(owner, seed);
  need(isCount(repeats), `${owner} needs whole repeats of at least 1`, repeats);
  need(isCount(block), `${owner} needs a whole block of at least 1`, block);
  const task = taskOf(owner, model, data, options);
  const { rows } = task;
  need(block === 1 || block < rows, `${owner} needs a block of fewer than ${rows} rows`, block);
  const rises = await shuffled(task, { ...options, repeats, random: numpyRandom(seed), block });
  need(rises.length > 0, `${owner} needs time for one repeat`, { words: 'a signal to stop before' }, Error);
  const { whole, outputs } = wholeAndOutputs(task, (k) => partOf(task, rises, k));
  const caption = `Permutation importance (${metric}), mean of ${rises.length} shuffles ± standard error`;
  const { importancesMean: means, importancesSem: errors, importancesStd: deviations } = whole;
  const shown = importanceTable({ caption, names: task.names, means, errors, deviations });
  return Object.freeze({ ...whole, repeats: rises.length, outputs, ...shown });
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

function partOf({ losses, groups, baseline }: Task, rises: readonly Float64Array[], k: number) {
  const values = groups.map((_, group) => Float64Array.from(rises, (rise) => rise[group * losses.width + k]!));
  return importancesOf(values, losses.score(baseline[k]!));
}

interface Shuffles extends PermutationImportanceOptions {
  readonly repeats: number;
  readonly random: Random;
  readonly block: number;
}

// The rise of the mean losses in each complete repeat, shape [groups, losses.width].
async function shuffled(task: Task, { repeats, random, block, ...watch }: Shuffles): Promise<readonly Float64Array[]> {
  const { groups, losses, baseline } = task;
  const goOn = turns(repeats * groups.length, watch);
  const done: Float64Array[] = [];
  while (done.length < repeats) {
    const rises = new Float64Array(groups.length * losses.width);
    for (const [place, group] of groups.entries()) {
      if (!(await goOn(done.length * groups.length + place))) return done;
      const loss = shuffledLosses(task, group, blockOrder(random, task.rows, block));
      rises.set(
        loss.map((value, k) => value - baseline[k]!),
        place * losses.width,
      );
    }
    done.push(rises);
  }
  await goOn(repeats * groups.length);
  return done;
}

// Mean losses where a group of inputs comes from the rows in another order.
function shuffledLosses(task: Task, group: readonly number[], order: Int32Array): Float64Array {
  const { width, exchange } = task.points;
  const found = meanLosses(task, (points, first) => {
    const some = (rows: Int32Array): Int32Array => rows.subarray(first, first + points.length / width);
    exchange(points, group, { own: some(task.everyRow), from: some(order) });
  });
  const areFinite = found.every(Number.isFinite);
  const { owner } = task.problem;
  need(areFinite, `${owner} needs a model that gives finite numbers for shuffled inputs`, [...found]);
  return found;
}

/** Rows in the order of shuffled blocks; the last block may be shorter. */
function blockOrder(random: Random, rows: number, block: number): Int32Array {
  if (block === 1) return random.permutation(rows);
  const order = new Int32Array(rows);
  let place = 0;
  for (const start of random.permutation(Math.ceil(rows / block)))
    for (let row = start * block; row < Math.min(rows, (start + 1) * block); row++) order[place++] = row;
  return order;
}
