import { need, needOptions } from '../need.js';
import { checkRange, extent, finiteNumbers, type Values } from '../values.js';
import { describe, describeSeries, spokenRange } from './alt-text.js';
import { type Figure, figureOf } from './figure.js';
import { axis, frame } from './layout.js';
import { checkNamed } from './named.js';
import { style } from './palette.js';
import type { Axis } from './plotly-layout.js';
import type { ScatterTrace } from './plotly-traces.js';

/** One line of a line chart. */
export interface LineSeries {
  /** Its name in the legend. */
  readonly name: string;
  /** Where the points are; 1, 2, 3, … if absent. */
  readonly x?: Values;
  /** How high they are. */
  readonly y: Values;
}

/** What `lineChart` draws. */
export interface LineChartOptions {
  /** What the figure shows or asks. */
  readonly title: string;
  /** A smaller line under the title. */
  readonly caption?: string;
  /** The name of the horizontal axis, with its unit. */
  readonly xAxis: string;
  /** The name of the vertical axis, with its unit. */
  readonly yAxis: string;
  readonly series: readonly LineSeries[];
  /** The part of the vertical axis to show; all by default. */
  readonly yRange?: readonly [number, number];
  /** A logarithmic vertical axis; all values must then be positive. */
  readonly yScale?: 'linear' | 'log';
  /** The alternative text; composed from the data by default. */
  readonly alt?: string;
  /** Width in CSS pixels; 720 by default. */
  readonly width?: number;
  /** Height in CSS pixels; 420 by default. */
  readonly height?: number;
}

const SCALES: readonly string[] = ['linear', 'log'];
const fewPoints = 30;
const manyPowers = 1000; // the highest over the lowest value from which plotly's numbers between powers of ten are too many

/**
 * Lines through points: how one number depends on another.
 *
 * Lines differ in colour and in their dashes; up to 30 points are marked.
 *
 * @throws RangeError if there is no series or one has no values, a value is not finite (or, on a logarithmic axis, not
 * positive), x and y differ in length, there is no such scale, the range does not increase, there is no title, or a size is not from 200
 * to 10,000 pixels; TypeError if values are not numbers in an array, a typed array or a tensor, a series or an axis has no name, or
 * options are no object; Error if a tensor is disposed.
 * @example
 * const losses = lineChart({ title: 'Does it learn?', xAxis: 'epoch', yAxis: 'loss', series: [{ name: 'loss', y: [0.9, 0.6, 0.5] }] });
 * losses.data[0].x // => [1, 2, 3]
 * losses.alt // => 'Line chart “Does it learn?”. Horizontal: epoch, 1 to 3; vertical: loss. loss: 3 points, from 0.9 to 0.5, lowest 0.5, highest 0.9.'
 */
export function lineChart(options: LineChartOptions): Figure {
  needOptions('lineChart', options);
  const { title, caption, xAxis, yAxis, series, yRange, yScale = 'linear', width = 720, height = 420 } = options;
  checkNamed('lineChart', 'series', series);
  checkScale('lineChart', yScale);
  const lines = series.map(numbersOf);
  const bad = yScale === 'log' ? lines.flatMap(({ y }) => y).find((value) => value <= 0) : undefined;
  need(bad === undefined, 'lineChart needs positive values on a logarithmic axis', bad);
  const layout = {
    ...frame({ owner: 'lineChart', title, caption, axes: { xAxis, yAxis }, width, height, legend: series.length > 1 }),
    hovermode: 'x unified' as const,
    xaxis: axis(xAxis),
    yaxis: axis(yAxis, {
      type: yScale,
      ...powers(yScale, lines),
      ...(yRange !== undefined && { range: rangeOn(yScale, yRange) }),
    }),
  };
  const subject = { kind: 'Line chart', title, xAxis, yAxis, range: spokenRange(lines.flatMap(({ x }) => x)) };
  return figureOf(lines.map(trace), layout, options.alt ?? describe(subject, lines.map(describeSeries)));
}

/** Throws a RangeError unless there is such a scale of an axis. */
export function checkScale(owner: string, yScale: string): void {
  need(SCALES.includes(yScale), `${owner} needs a yScale of ${SCALES.join(' or ')}`, yScale);
}

interface Line {
  readonly name: string;
  readonly x: number[];
  readonly y: number[];
}

function numbersOf({ name, x, y }: LineSeries): Line {
  const heights = finiteNumbers('lineChart', name, y);
  const places = x === undefined ? heights.map((_, i) => i + 1) : finiteNumbers('lineChart', `x of ${name}`, x);
  need(places.length === heights.length, `lineChart needs ${heights.length} x for as many y in ${name}`, places.length);
  return { name, x: places, y: heights };
}

function trace({ name, x, y }: Line, index: number): ScatterTrace {
  const { colour, dash, symbol } = style(index);
  return {
    type: 'scatter',
    mode: y.length > fewPoints ? 'lines' : 'lines+markers',
    name,
    x,
    y,
    line: { color: colour, width: 2.5, dash },
    marker: { color: colour, size: 7, symbol, line: { color: colour, width: 1.5 } },
  };
}

// Over many powers of ten, only they are written.
function powers(scale: 'linear' | 'log', lines: readonly Line[]): Pick<Axis, 'dtick'> {
  const [low, high] = extent(lines.flatMap(({ y }) => y));
  return scale === 'log' && high / low >= manyPowers ? { dtick: 1 } : {};
}

function rangeOn(scale: 'linear' | 'log', range: readonly [number, number]): [number, number] {
  checkRange('lineChart needs a yRange that increases', range);
  const [low, high] = range;
  need(scale === 'linear' || low > 0, 'lineChart needs a yRange above 0 on a logarithmic axis', range);
  return scale === 'log' ? [Math.log10(low), Math.log10(high)] : [low, high];
}
