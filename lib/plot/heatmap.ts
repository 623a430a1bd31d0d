import { need, needOptions } from '../need.js';
import { checkRange, extent, mean, type Values } from '../values.js';
import { describe, spoken, whole } from './alt-text.js';
import { signContours } from './contours.js';
import { type Figure, figureOf } from './figure.js';
import { axis, colourBar, frame } from './layout.js';
import { diverging, sequential } from './palette.js';
import { type Places, placesOf } from './places.js';
import type { HeatmapTrace } from './plotly-traces.js';
import { columnsOf, type Rows } from './rows.js';

/** What `heatmap` draws. */
export interface HeatmapOptions {
  /** What the figure shows or asks. */
  readonly title: string;
  /** The name of the horizontal axis, with its unit. */
  readonly xAxis: string;
  /** The name of the vertical axis, with its unit. */
  readonly yAxis: string;
  /** What the colours mean, with its unit. */
  readonly zAxis: string;
  /** The centres of the columns, increasing, or their names. */
  readonly x: Values | readonly string[];
  /** The centres of the rows, increasing, or their names; from below. */
  readonly y: Values | readonly string[];
  /** The values: one row for each y, one column for each x, as a list of rows or row by row. */
  readonly z: Rows;
  /** Colours for values around zero (`diverging`, the same on both sides) or from low to high (`sequential`). */
  readonly scale: 'diverging' | 'sequential';
  /** The values of the first and last colour; by default those of the data, on both sides of zero alike if diverging. */
  readonly limits?: readonly [number, number];
  /** The alternative text; composed from the data by default. */
  readonly alt?: string;
  /** Width in CSS pixels; 600 by default. */
  readonly width?: number;
  /** Height in CSS pixels; 500 by default. */
  readonly height?: number;
}

const SCALES: readonly string[] = ['diverging', 'sequential'];

/**
 * Values on a grid as colours. Every cell is drawn around its centre, its borders half-way to the neighbours.
 *
 * With a diverging scale, lines of equal height tell the sign without colour: solid above zero, dashed below.
 *
 * @throws RangeError if x, y or z is empty or not finite, x or y does not increase, z has another shape than [y, x], the limits
 * do not increase (or, if diverging, are not the same on both sides of zero), there is no title, or a size is not from 200 to 10,000
 * pixels, or there is no such scale; TypeError if values are not numbers, an axis has no name, or options are no object; Error if a
 * tensor is disposed.
 * @example
 * const map = heatmap({ title: 'Slope', xAxis: 'x', yAxis: 'y', zAxis: 'slope', x: [0, 1, 2], y: [0, 1], z: [[-1, 0, 1], [0, 1, 2]], scale: 'diverging' });
 * map.layout.coloraxis // => undefined
 * map.alt // => 'Heat map “Slope”. Horizontal: x, 0 to 2; vertical: y. Colour: slope, -1 to 2, mean 0.5; lowest at x 0, y 0, highest at x 2, y 1.'
 */
export function heatmap(options: HeatmapOptions): Figure {
  needOptions('heatmap', options);
  const { title, xAxis, yAxis, zAxis, scale, width = 600, height = 500 } = options;
  need(SCALES.includes(scale), `heatmap needs a scale of ${SCALES.join(' or ')}`, scale);
  const columns = placesOf('heatmap', 'x', options.x);
  const rows = placesOf('heatmap', 'y', options.y);
  const [x, y] = [columns.centres, rows.centres];
  const z = rowsOf(options.z, x, y);
  const [low, high] = limitsOf(options, extent(z.flat()));
  const trace: HeatmapTrace = {
    type: 'heatmap',
    name: zAxis,
    x,
    y,
    z,
    zmin: low,
    zmax: high,
    colorscale: scale === 'diverging' ? diverging : sequential,
    colorbar: colourBar(zAxis),
  };
  const layout = {
    ...frame({
      owner: 'heatmap',
      title,
      caption: beyond(z.flat(), low, high),
      axes: { xAxis, yAxis, zAxis },
      width,
      height,
      legend: false,
    }),
    xaxis: axis(xAxis, { range: outerEdges(x), showgrid: false, ...columns.ticks }),
    yaxis: axis(yAxis, { range: outerEdges(y), showgrid: false, ...rows.ticks }),
  };
  const subject = { kind: 'Heat map', title, xAxis, yAxis, range: columns.range };
  const alt = options.alt ?? describe(subject, [sentence(trace, columns, rows)]);
  const contours = scale === 'diverging' ? signContours(trace, high) : [];
  return figureOf([trace, ...contours], layout, alt);
}

function rowsOf(z: Rows, x: readonly number[], y: readonly number[]): number[][] {
  const columns = columnsOf(z, x.length, { owner: 'heatmap', name: 'z' });
  need(columns[0]!.length === y.length, `heatmap needs z of ${y.length} rows`, columns[0]!.length);
  return y.map((_, row) => columns.map((column) => column[row]!));
}

function limitsOf({ scale, limits }: HeatmapOptions, [lowest, highest]: readonly [number, number]): [number, number] {
  if (limits !== undefined) {
    checkRange('heatmap needs limits that increase', limits);
    const isBalanced = scale === 'sequential' || limits[0] === -limits[1];
    need(isBalanced, 'heatmap needs limits the same on both sides of zero for a diverging scale', limits);
    return [...limits];
  }
  if (scale === 'sequential') return lowest < highest ? [lowest, highest] : [lowest - 0.5, highest + 0.5];
  const largest = Math.max(Math.abs(lowest), Math.abs(highest)) || 1;
  return [-largest, largest];
}

// The borders of the first and the last cell.
function outerEdges(centres: readonly number[]): [number, number] {
  const last = centres.length - 1;
  const first = last > 0 ? (centres[1]! - centres[0]!) / 2 : 0.5;
  return [centres[0]! - first, centres[last]! + (last > 0 ? (centres[last]! - centres[last - 1]!) / 2 : 0.5)];
}

// What only rounding in single precision puts beyond an end is not.
function beyond(values: readonly number[], low: number, high: number): string | undefined {
  const slack = 1e-6 * (high - low);
  const count = values.filter((value) => value < low - slack || value > high + slack).length;
  return count === 0 ? undefined : `Beyond the colours: ${whole(count)} of ${whole(values.length)} cells.`;
}

function sentence({ name, z }: HeatmapTrace, columns: Places, rows: Places): string {
  const values = z.flat();
  const [lowest, highest] = extent(values);
  const at = (value: number): string => {
    const index = values.indexOf(value);
    const width = columns.centres.length;
    return `x ${columns.spoken(index % width)}, y ${rows.spoken(Math.floor(index / width))}`;
  };
  const range = `${spoken(lowest)} to ${spoken(highest)}, mean ${spoken(mean(values))}`;
  return `Colour: ${name}, ${range}; lowest at ${at(lowest)}, highest at ${at(highest)}.`;
}
