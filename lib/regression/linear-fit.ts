/** A linear model y_k = intercept_k + Σ_i coefficient_ki x_i, and how well it fits. */
export interface LinearFit {
  /** Shape [out, in]. */
  readonly coefficients: readonly (readonly number[])[];
  /** Shape [out]. */
  readonly intercepts: readonly number[];
  /**
   * Standard errors of the coefficients, shape [out, in], for independent residuals of the same spread. NaN for a coefficient
   * that the data do not determine, and where there are no more rows than parameters.
   */
  readonly standardErrors: readonly (readonly number[])[];
  /** R² = 1 − Σ residual² / Σ (y − mean)² of each output, shape [out]; NaN for an output that is constant. */
  readonly r2: readonly number[];
  /** How many independent inputs there are; less than all: the coefficients are those of minimum norm. */
  readonly rank: number;
}
