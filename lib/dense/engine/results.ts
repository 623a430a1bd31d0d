/** Where the results of some rows go, row by row; 0 where they are not wanted. */
export interface RowResults {
  /** [row][output], all outputs. */
  readonly values: number;
  /** [row][chosen output][input]. */
  readonly jacobians: number;
  /** [row][input][input] of the first chosen output. */
  readonly hessians: number;
  /** [row][input][input][input] of the first chosen output. */
  readonly thirds: number;
}

/** Writes the results of `count` rows of a block; after the pass forward. */
export type WriteBlock = (count: number, results: RowResults) => void;
