import type { RealArray } from './memory.js';

/** Arrays for the results of a whole batch, row by row; only those that are wanted. */
interface Results {
  /** [rows, outputs]. */
  readonly values?: RealArray | undefined;
  /** [rows, chosen outputs, inputs]. */
  readonly jacobians?: RealArray | undefined;
  /** [rows, inputs, inputs], of one chosen output. */
  readonly hessians?: RealArray | undefined;
  /** [rows, inputs, inputs, inputs], of one chosen output. */
  readonly thirds?: RealArray | undefined;
}

/** Rows of inputs and what is wanted of them. */
export interface Task {
  readonly x: ArrayLike<number>;
  readonly rows: number;
  /** The outputs that derivatives are wanted of: all or one. */
  readonly outputs: readonly number[];
  readonly results: Results;
  /** Whether Jacobians are multiplied by the inputs, and 0 for an output that is 0. */
  readonly timesInputs?: boolean;
  /** Whether to look if the results are finite, which are in single precision. */
  readonly isChecked?: boolean;
  /** For each layer an ε: f(z) / (z + ε sgn z) takes the place of f'(z). */
  readonly stabilisers?: readonly number[] | undefined;
}
