import type { Bundle } from '../plot/display.js';
import { htmlTable, textTable } from '../table.js';
import type { Estimate, Statistics } from './statistics.js';
import type { TaylorCoefficient } from './taylor-coefficients.js';

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

// A value with as many digits as its error, of which two are shown, leaves sense in.
function withError({ value, error }: Estimate): string {
  if (!Number.isFinite(error)) return text(value, 4);
  if (error === 0) return `${text(value, 4)} ± 0`;
  const decimals = 1 - Math.floor(Math.log10(error));
  if (decimals < 0 || decimals > 7) return `${text(value, 4)} ± ${text(error, 2)}`;
  return `${value.toFixed(decimals)} ± ${error.toFixed(decimals)}`;
}

function text(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
