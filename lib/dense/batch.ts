import { need } from '../need.js';
import type { Engine } from './engine/kernels.js';
import { sharedEngine } from './engine/shared.js';
import type { DenseStack } from './stack.js';

/** How many rows there are in x. */
export function rowsOf(
  caller: string,
  stack: Partial<DenseStack> | undefined,
  x: ArrayLike<number> | undefined,
): number {
  const { inputs = 0, layers = [] } = stack ?? {};
  // JSON, for one, makes something else of the weights.
  need(ArrayBuffer.isView(layers[0]?.weights), `${caller} needs a stack, made by denseStack`, stack, TypeError);
  need(typeof x?.length === 'number', `${caller} needs numbers in an array, row by row`, x, TypeError);
  const rows = x.length / inputs;
  const got = { words: `${x.length} numbers` };
  need(rows > 0, `${caller} needs at least one row of ${inputs} inputs`, got);
  need(Number.isInteger(rows), `${caller} needs whole rows of ${inputs} inputs`, got);
  need(typeof x[0] === 'number', `${caller} needs numbers, row by row`, x[0], TypeError);
  return rows;
}

/** The output that was asked for, or the only one. */
export function chosenOutput(caller: string, { outputs }: DenseStack, output: number | undefined): number {
  const several = `${caller} needs { output } for a network with ${outputs} outputs`;
  need(output !== undefined || outputs === 1, several, output);
  const chosen = output === undefined ? 0 : output;
  const exists = Number.isInteger(chosen) && chosen >= 0 && chosen < outputs;
  need(exists, `${caller} needs a whole output from 0 to ${outputs - 1}`, chosen);
  return chosen;
}

/** The array that results go into: the given one, or a new one. */
export function resultArray(caller: string, length: number, out: Float64Array | undefined): Float64Array {
  if (out === undefined) return new Float64Array(length);
  need(out instanceof Float64Array, `${caller} needs a Float64Array out`, out, TypeError);
  need(out.length === length, `${caller} needs an out of ${length} numbers`, out.length);
  return out;
}

const PRECISIONS: readonly string[] = ['float64', 'float32'];

/** The engine of a precision. */
export function engineFor(caller: string, precision: 'float64' | 'float32' = 'float64'): Engine {
  need(PRECISIONS.includes(precision), `${caller} needs the precision 'float64' or 'float32'`, precision);
  return sharedEngine(precision);
}
