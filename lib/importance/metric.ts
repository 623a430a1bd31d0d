import type { Targets } from '../regression/targets.js';

export const metrics = ['r2', 'meanSquaredError', 'accuracy', 'crossEntropy'] as const;

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
  /** Adds the losses of predictions at the rows of the targets from `first` on, much faster than row by row. */
  readonly add: (sums: Float64Array, predictions: Float64Array, first: number) => void;
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

/** A column of predictions, and the column of targets that it should equal. */
export interface Column {
  readonly predicted: number;
  readonly target: number;
}
