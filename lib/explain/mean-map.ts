import type * as tf from '@tensorflow/tfjs';
import { type Displayable, jupyterDisplay } from '../plot/display.js';
import { translucent } from '../plot/palette.js';
import { htmlTable, textTable } from '../table.js';
import type { Estimate } from '../uncertainty/estimate.js';
import { withError } from '../uncertainty/with-error.js';

/** Means over rows, shape [out][in]; in a notebook they show themselves as a coloured table. */
export type MeanMap = readonly (readonly Estimate[])[] & Displayable;

/** What the columns and rows of a map are called. */
export interface Names {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** How a mean and its error are found. */
export type Averaging = (values: Float64Array) => Estimate;

/** The means of maps [batch, out, in] over the rows, each number taken as `part` says. */
export function meanMap(
  maps: tf.Tensor3D,
  { caption, names, average, part = (value) => value }: MeanMapOptions,
): MeanMap {
  const [rows, outputs, inputs] = maps.shape;
  const values = maps.dataSync();
  const column = (k: number, i: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => part(values[(row * outputs + k) * inputs + i]!, i));
  const map = Array.from({ length: outputs }, (_, k) =>
    Array.from({ length: inputs }, (_, i) => average(column(k, i))),
  );
  return Object.freeze(Object.assign(map, shown(map, caption, names)));
}

interface MeanMapOptions {
  readonly caption: string;
  readonly names: Names;
  readonly average: Averaging;
  /** What of a number is averaged, at input i; all of it by default. */
  readonly part?: (value: number, i: number) => number;
}

// Inputs go down: there may be hundreds of them.
function shown(map: readonly (readonly Estimate[])[], caption: string, { inputs, outputs }: Names): Displayable {
  const heads = ['input', ...outputs];
  const largest = Math.max(...map.flat().map(({ value }) => Math.abs(value)));
  const cells = inputs.map((_, i) => map.map((row) => row[i]!));
  const words = cells.map((row, i) => [inputs[i]!, ...row.map(withError)]);
  const backgrounds = cells.map((row) => ['', ...row.map(({ value }) => tint(value / largest))]);
  return {
    [jupyterDisplay]: () => ({
      'text/html': htmlTable({ caption, heads, rows: words, backgrounds }),
      'text/plain': `${caption}\n${textTable({ heads, rows: words })}`,
    }),
  };
}

// Blue below zero, orange above, pale enough for black text; the sign stands in the cell as well.
function tint(share: number): string {
  return Number.isFinite(share) ? translucent(share < 0 ? '#0072B2' : '#D55E00', 0.6 * Math.abs(share)) : '';
}
