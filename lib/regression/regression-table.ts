import type { Bundle } from '../plot/display.js';
import { htmlTable, textTable } from '../table.js';
import { withError } from '../uncertainty/with-error.js';
import type { LinearFit } from './linear-fit.js';

/** A linear fit as a table, a row for each output. */
export function regressionBundle(fit: LinearFit, names: readonly string[]): Bundle {
  const { coefficients, intercepts, standardErrors, r2, rank } = fit;
  const missing = rank < names.length ? ' (minimum norm)' : '';
  const caption = `Linear regression, coefficients ± standard error; rank ${rank} of ${names.length}${missing}`;
  const heads = ['output', ...names, 'intercept', 'R²'];
  const rows = coefficients.map((slopes, k) => [
    String(k),
    ...slopes.map((value, i) => withError({ value, error: standardErrors[k]![i]! })),
    String(Number(intercepts[k]!.toPrecision(4))),
    String(Number(r2[k]!.toPrecision(4))),
  ]);
  return {
    'text/html': htmlTable({ caption, heads, rows }),
    'text/plain': `${caption}\n${textTable({ heads, rows })}`,
  };
}
