import type { Bundle } from '../plot/display.js';
import { htmlTable, textTable } from '../table.js';
import { withError } from '../uncertainty/with-error.js';
import type { Statistics } from './statistics.js';
import type { TaylorCoefficient } from './taylor-coefficient.js';

const heads = ['term', 'mean', 'mean |·|', 'root mean square', 'scaled mean', 'scaled mean |·|', 'scaled rms'];

/** Taylor coefficients as a table for a notebook, and as text for everywhere else. */
export function taylorBundle(coefficients: readonly TaylorCoefficient[], names: readonly string[]): Bundle {
  const rows = coefficients.map(({ inputs, scaled, ...own }) => [term(inputs, names), ...cells(own), ...cells(scaled)]);
  const caption = 'Taylor coefficients, mean over the rows ± standard error';
  return {
    'text/html': htmlTable({ caption, heads, rows }),
    'text/plain': `${caption}\n${textTable({ heads, rows })}`,
  };
}

function cells({ mean, meanAbsolute, rootMeanSquare }: Statistics): readonly string[] {
  return [mean, meanAbsolute, rootMeanSquare].map(withError);
}

function term(inputs: readonly number[], names: readonly string[]): string {
  const powers = new Map<number, number>();
  for (const input of inputs) powers.set(input, (powers.get(input) ?? 0) + 1);
  return [...powers].map(([input, power]) => names[input]! + ['', '²', '³'][power - 1]!).join(' ');
}
