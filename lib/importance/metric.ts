import { need } from '../need.js';
import type { Targets } from '../regression/targets.js';

const metrics = ['r2', 'meanSquaredError', 'accuracy', 'crossEntropy'] as const;

/**
 * How good predictions are, as a mean over rows:
 *
 * - `r2`, 1 − mean (y − f)² / variance of y, higher is better;
 * - `meanSquaredError`, mean (y − f)², lower is better;
 * - `accuracy`, the share of rows with the right class, higher is better: p > ½ for one output, the largest of several;
 * - `crossEntropy`, −mean Σ y ln p, lower is better; for one output also −(1 − y) ln (1 − p). Probabilities nearer to 0 or 1
 *   than 2⁻⁵² count as that near, as in scikit-learn.
 */
export type Metric = (typeof metrics)[number];

/** Losses of single rows, which a metric is a mean of. */
export interface Losses {
  /** How many numbers a row has: one for each output, and if there are several the mean over them as well, at the end. */
  readonly width: number;
  /** Whether those of outputs come before that of all together. */
  readonly perOutput: boolean;
  /** The losses at a row of the targets of predictions[at…], into `into`. */
  readonly row: (
    row: number,
    predictions: Float64Array,
    place: { readonly at: number; readonly into: Float64Array },
  ) => void;
  /** The metric as it is quoted, from the mean loss. */
  readonly score: (meanLoss: number) => number;
}

/** Which outputs of predictions are compared with which true ones. */
export interface Compared {
  readonly owner: string;
  readonly targets: Targets;
  /** Numbers in a row of predictions. */
  readonly outputs: number;
  /** The output that alone is compared, if one is. */
  readonly output: number | undefined;
}

/**
 * The losses of a metric: squares over the variance for R², 0 or 1 for the accuracy. The drop of a score and the rise of an
 * error are both a rise of the mean loss.
 *
 * @throws RangeError if there is no such metric, the targets do not fit to it, or predictions do not.
 */
export function lossesOf(metric: Metric, compared: Compared): Losses {
  const { owner } = compared;
  need(metrics.includes(metric), `${owner} needs a metric among ${metrics.join(', ')}`, metric);
  const columns = columnsOf(compared);
  if (metric === 'r2' || metric === 'meanSquaredError') return squares(metric, compared, columns);
  return columns.length === 1 ? binary(metric, compared, columns[0]!) : categorical(metric, compared);
}

interface Column {
  readonly predicted: number;
  readonly target: number;
}

function columnsOf({ owner, targets, outputs, output }: Compared): readonly Column[] {
  const { width } = targets;
  if (output === undefined) {
    need(width === outputs, `${owner} needs y of as many columns as the model has outputs, ${outputs}`, width);
    return Array.from({ length: outputs }, (_, k) => ({ predicted: k, target: k }));
  }
  const exists = Number.isInteger(output) && output >= 0 && output < outputs;
  need(exists, `${owner} needs a whole output from 0 to ${outputs - 1}`, output);
  const fits = width === 1 || width === outputs;
  need(fits, `${owner} needs y of one column, or of as many as the model has outputs, ${outputs}`, width);
  return [{ predicted: output, target: width === 1 ? 0 : output }];
}

function squares(metric: Metric, { owner, targets }: Compared, columns: readonly Column[]): Losses {
  const { values, width } = targets;
  const scales = columns.map(({ target }) => (metric === 'r2' ? variance(targets, target) : 1));
  const constant = scales.indexOf(0);
  need(constant < 0, `${owner} needs a y that varies for R²`, {
    words: `the same value in column ${columns[constant]?.target}`,
  });
  const several = columns.length > 1;
  return {
    width: columns.length + (several ? 1 : 0),
    perOutput: true,
    row: (row, predictions, { at, into }) => {
      let sum = 0;
      for (let k = 0; k < columns.length; k++) {
        const { predicted, target } = columns[k]!;
        const loss = (predictions[at + predicted]! - values[row * width + target]!) ** 2 / scales[k]!;
        into[k] = loss;
        sum += loss;
      }
      if (several) into[columns.length] = sum / columns.length;
    },
    score: metric === 'r2' ? (loss) => 1 - loss : (loss) => loss,
  };
}

const NEAREST = 2 ** -52;

function binary(metric: Metric, { owner, targets }: Compared, { predicted, target }: Column): Losses {
  const { values, width } = targets;
  for (let i = target; i < values.length; i += width) checkLabel(owner, metric, values[i]!);
  const loss = metric === 'accuracy' ? wrongSide : binaryEntropy;
  return {
    width: 1,
    perOutput: true,
    row: (row, predictions, { at, into }) => {
      const p = predictions[at + predicted]!;
      checkProbability(owner, p);
      into[0] = loss(p, values[row * width + target]!);
    },
    score: metric === 'accuracy' ? (mean) => 1 - mean : (mean) => mean,
  };
}

function wrongSide(p: number, y: number): number {
  return p > 0.5 === y > 0.5 ? 0 : 1;
}

function binaryEntropy(p: number, y: number): number {
  return entropy(y, p) + entropy(1 - y, 1 - p);
}

function entropy(y: number, p: number): number {
  return y === 0 ? 0 : -y * Math.log(Math.min(Math.max(p, NEAREST), 1 - NEAREST));
}

function categorical(metric: Metric, { owner, targets, outputs }: Compared): Losses {
  const { values, width } = targets;
  for (const value of values) checkLabel(owner, metric, value);
  return {
    width: 1,
    perOutput: false,
    row: (row, predictions, { at, into }) => {
      const start = row * width;
      let sum = 0;
      for (let k = 0; k < outputs; k++) {
        checkProbability(owner, predictions[at + k]!);
        sum += entropy(values[start + k]!, predictions[at + k]!);
      }
      if (metric === 'crossEntropy') into[0] = sum;
      else into[0] = largest(values, start, outputs) === largest(predictions, at, outputs) ? 0 : 1;
    },
    score: metric === 'accuracy' ? (mean) => 1 - mean : (mean) => mean,
  };
}

function checkLabel(owner: string, metric: Metric, label: number): void {
  const isGood = metric === 'accuracy' ? label === 0 || label === 1 : label >= 0 && label <= 1;
  need(
    isGood,
    `${owner} needs ${metric === 'accuracy' ? 'labels 0 and 1' : 'probabilities 0 to 1'} in y for ${metric}`,
    label,
  );
}

function checkProbability(owner: string, p: number): void {
  need(p >= 0 && p <= 1, `${owner} needs a model that gives probabilities for accuracy and crossEntropy`, p);
}

// The place of the largest, the first of equals.
function largest(values: ArrayLike<number>, at: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[at + k]! > values[at + best]!) best = k;
  return best;
}

function variance({ values, width }: Targets, column: number): number {
  const rows = values.length / width;
  let [mean, sum] = [0, 0];
  for (let i = column; i < values.length; i += width) mean += values[i]! / rows;
  for (let i = column; i < values.length; i += width) sum += (values[i]! - mean) ** 2;
  return values.every((value, i) => i % width !== column || value === values[column]) ? 0 : sum / rows;
}
