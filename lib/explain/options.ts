import type * as tf from '@tensorflow/tfjs';
import type { Metric } from '../importance/metric.js';

/** What is known about the model and its data. */
export interface ExplainOptions {
  /** The truth, [batch, out]; without it inputs are scored by how much the model's own outputs change. */
  readonly y?: tf.Tensor;
  /** How predictions are scored against `y`; `r2` by default. */
  readonly metric?: Metric;
  /** Names of the inputs; x1, x2, … by default. */
  readonly inputs?: readonly string[];
  /** Names of the outputs; y1, y2, … by default. */
  readonly outputs?: readonly string[];
  /** Whether the rows follow each other in time: errors then take into account that neighbours are alike. */
  readonly series?: boolean;
  /** Seed of the shuffles; 0 by default. */
  readonly seed?: number;
  /** Called before each part of the work. */
  readonly onPart?: (part: string) => void | Promise<void>;
}
