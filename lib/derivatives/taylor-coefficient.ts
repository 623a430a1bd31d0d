import type { Statistics } from './statistics.js';

/** One coefficient of a Taylor expansion, over all rows about which is expanded. */
export interface TaylorCoefficient extends Statistics {
  /** By which inputs is differentiated, from 0, in increasing order: [0] for t_1, [0, 0] for t_11, [0, 1] for t_12. */
  readonly inputs: readonly number[];
  /**
   * The same times the standard deviations of these inputs over the rows, σ_i …: how much the term changes the output when its
   * inputs change as they do. It does not depend on units.
   */
  readonly scaled: Statistics;
}
