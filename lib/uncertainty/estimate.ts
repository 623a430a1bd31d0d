/** A mean over rows and its standard error. */
export interface Estimate {
  readonly value: number;
  /** The standard error of the value, from the spread of the rows; NaN if there is only one. */
  readonly error: number;
}
