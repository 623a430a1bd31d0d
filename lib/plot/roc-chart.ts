import { needOptions } from '../need.js';
import { describe, spoken } from './alt-text.js';
import { type Figure, figureOf } from './figure.js';
import { axis, frame } from './layout.js';
import { checkNamed } from './named.js';
import { style, translucent } from './palette.js';
import type { ScatterTrace } from './plotly-traces.js';
import { apart, type Line, lineOf, type RocSeries } from './roc-lines.js';

/** What `rocChart` draws. */
export interface RocChartOptions {
  /** What the figure shows or asks. */
  readonly title: string;
  readonly series: readonly RocSeries[];
  /** The name of the horizontal axis; signal that is kept by default. */
  readonly xAxis?: string;
  /** The name of the vertical axis; background that is rejected by default. */
  readonly yAxis?: string;
  /** The alternative text; composed from the data by default. */
  readonly alt?: string;
  /** Width in CSS pixels; 600 by default. */
  readonly width?: number;
  /** Height in CSS pixels; 580 by default. */
  readonly height?: number;
}

/**
 * Receiver operating characteristics as particle physics draws them: how much background a cut rejects that keeps so much signal.
 *
 * The better, the closer to the upper right corner; on the thin grey line lies what says nothing. Curves differ in colour and
 * dashes. Points nearer than half a line's width to the one before are not drawn.
 *
 * @throws RangeError if there is no series, its rates are not from 0 to 1, not increasing or not equally many, there is no title, or a
 * size is not from 200 to 10,000 pixels; TypeError if they are not numbers in an array, a typed array or a tensor, an
 * area or its error is no number, a series or an axis has no name, or options are no object; Error if a tensor is disposed.
 * @example
 * const chart = rocChart({ title: 'Who separates?', series: [{ name: 'score', ...rocCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) }] });
 * chart.data[0].name // => 'score: AUC 0.750 ± 0.354'
 */
export function rocChart(options: RocChartOptions): Figure {
  needOptions('rocChart', options);
  const { title, series, width = 600, height = 580 } = options;
  const { xAxis = 'signal kept (true positive rate)', yAxis = 'background rejected (1 − false positive rate)' } =
    options;
  checkNamed('rocChart', 'series', series);
  const lines = series.map(lineOf);
  const layout = {
    ...frame({ owner: 'rocChart', title, axes: { xAxis, yAxis }, width, height, legend: false }),
    showlegend: true,
    legend: inCorner,
    xaxis: axis(xAxis, { range: [0, 1] }),
    yaxis: axis(yAxis, { range: [0, 1] }),
  };
  const subject = { kind: 'ROC chart', title, xAxis, yAxis, range: '0 to 1' };
  return figureOf([...lines.map(trace), noSeparation], layout, options.alt ?? describe(subject, lines.map(sentence)));
}

// Lower left: no curve comes there that is better than chance.
const inCorner = {
  orientation: 'v',
  x: 0.02,
  xanchor: 'left',
  y: 0.02,
  yanchor: 'bottom',
  bgcolor: translucent('#FFFFFF', 0.8),
} as const;

const noSeparation: ScatterTrace = {
  type: 'scatter',
  mode: 'lines',
  name: 'no separation',
  x: [0, 1],
  y: [1, 0],
  line: { color: '#767676', width: 1 },
};

function trace(line: Line, index: number): ScatterTrace {
  const { colour, dash } = style(index);
  const drawn = apart(line);
  return {
    type: 'scatter',
    mode: 'lines',
    name: line.name,
    x: drawn.map((i) => line.x[i]!),
    y: drawn.map((i) => line.y[i]!),
    line: { color: colour, width: 2.5, dash },
  };
}

function sentence({ name, x, y }: Line): string {
  const half = x.findIndex((share) => share >= 0.5);
  return half < 0
    ? `${name}.`
    : `${name}; at ${spoken(x[half]!)} of the signal it rejects ${spoken(y[half]!)} of the background.`;
}
