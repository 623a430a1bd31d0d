import type * as tf from '@tensorflow/tfjs';
import { namesOf, numbered } from '../names.js';
import { needOptions } from '../need.js';
import { type Displayable, jupyterDisplay } from '../plot/display.js';
import { checkInputs } from '../tape/inputs.js';
import { leastSquares } from './least-squares.js';
import type { LinearFit } from './linear-fit.js';
import { regressionBundle } from './regression-table.js';
import { checkTargets } from './targets.js';

/** What the columns are called in the table. */
export interface LinearRegressionOptions {
  /** Names of the inputs; x1, x2, … by default. */
  readonly names?: readonly string[];
}

/** A linear fit; in a notebook it shows itself as a table. */
export type LinearRegression = LinearFit & Displayable;

/**
 * Linear regression with intercepts: of all linear models the one with the least squares of residuals.
 *
 * By the singular value decomposition of the inputs, each less its mean and over its standard deviation. Where inputs depend
 * on each other (one constant, two the same, fewer rows than inputs) many models fit equally well: of these it gives the one
 * with the smallest Σ coefficient² (minimum norm, as NumPy's `lstsq` and scikit-learn do), and `rank` tells.
 *
 * @param x - inputs, shape [batch, in], finite.
 * @param y - outputs, shape [batch, out], or [batch] for one.
 * @throws RangeError if a shape is not as said, there are no rows, a value is not finite, or `names` are not as many as the
 * inputs; TypeError if x or y is no tensor (x of type float32), `names` are no list of text, or options no object; Error if one is disposed.
 * @example
 * const fit = linearRegression(tf.tensor2d([[0, 1], [1, 0], [2, 2], [3, 5]]), tf.tensor1d([1, 3, 5, 7]));
 * fit.coefficients // ≈ [[2.0000, 0.0000]]
 * fit.intercepts // ≈ [1.0000]
 * fit.rank // => 2
 */
export function linearRegression(
  x: tf.Tensor2D,
  y: tf.Tensor,
  options: LinearRegressionOptions = {},
): LinearRegression {
  needOptions('linearRegression', options);
  const inputs = checkInputs('linearRegression', x);
  const [rows, width] = x.shape;
  const targets = checkTargets('linearRegression', y, rows);
  const names = namesOf('linearRegression', numbered('x', width), options.names);
  const fit = leastSquares({ values: inputs, width }, targets);
  const shown: Displayable = { [jupyterDisplay]: () => regressionBundle(fit, names) };
  return Object.freeze({ ...fit, ...shown });
}
