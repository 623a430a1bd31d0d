import { need, needOptions } from '../need.js';
import { type Figure, figureOf, isFigure } from './figure.js';
import { type Cell, cellsOf, placeAxes, placeTitle } from './grid-cells.js';
import { axisNumbers, onceInLegend, renumbered, shareScale } from './grid-traces.js';
import { frame } from './layout.js';
import type { FigureLayout } from './plotly-layout.js';
import type { Trace } from './plotly-traces.js';

/** How `grid` puts figures together. */
export interface GridOptions {
  /** What the figures show together. */
  readonly title: string;
  /** How many figures stand side by side; as many as make the grid about square by default. */
  readonly columns?: number;
  /** One colour bar for all heat maps, from the lowest of their limits to the highest. */
  readonly sharedScale?: boolean;
  /** The alternative text; by default that of each figure in turn. */
  readonly alt?: string;
  /** Width in CSS pixels; 380 for each column by default. */
  readonly width?: number;
  /** Height in CSS pixels; 330 for each row by default. */
  readonly height?: number;
}

/**
 * Several figures as one, row by row.
 *
 * Series that look the same and have the same name share one line of the legend.
 *
 * @throws RangeError if there is no figure, the number of columns is not a whole number of at least 1, a scale cannot be shared
 * because there is no heat map, their colours or units differ, or a figure is a grid that shares one already, there is no title, or
 * a size is not from 200 to 10,000 pixels; TypeError if a figure is none, or options are no object.
 * @example
 * const [left, right] = [[1, 2], [2, 1]].map((y, i) => lineChart({ title: `Line ${i}`, xAxis: 'x', yAxis: 'y', series: [{ name: 'y', y }] }));
 * const both = grid([left, right], { title: 'Up and down', columns: 2 });
 * both.data.map((trace) => trace.xaxis) // => ['x', 'x2']
 * both.layout.xaxis2.title.text // => 'x'
 */
export function grid(figures: readonly Figure[], options: GridOptions): Figure {
  needOptions('grid', options);
  need(Array.isArray(figures), 'grid needs a list of figures', figures, TypeError);
  const bad = figures.findIndex((figure) => !isFigure(figure));
  need(bad < 0, 'grid needs figures only', figures[bad], TypeError);
  const { title, columns = Math.ceil(Math.sqrt(figures.length)), sharedScale = false } = options;
  need(figures.length > 0, 'grid needs at least one figure', figures.length);
  need(Number.isInteger(columns) && columns >= 1, 'grid needs a whole number of columns of at least 1', columns);
  const shared = figures.find(({ layout }) => layout.coloraxis);
  need(shared === undefined, 'grid needs figures that share no scale already', shared?.layout.title.text);
  const rows = Math.ceil(figures.length / columns);
  const legend = figures.some(({ layout }) => layout.showlegend);
  const { width = 380 * columns + (sharedScale ? 90 : 0), height = 330 * rows + (legend ? 70 : 40) } = options;
  const outer = frame({ owner: 'grid', title, width, height, legend });
  const margin = { l: 0, r: sharedScale ? 100 : 8, t: outer.margin.t - 12, b: 0 };
  const base = { ...outer, margin, legend: { ...outer.legend!, x: 16 / (width - margin.r), y: 1 } };
  const cells = cellsOf(figures, { columns, base, sharedScale });
  const { data, layout } = compose(figures, cells, base);
  const count = `${figures.length} figure${figures.length === 1 ? '' : 's'}`;
  const alt = options.alt ?? [`Grid “${title}” of ${count}.`, ...figures.map(numberedAlt)].join(' ');
  return sharedScale ? figureOf(...shareScale(data, layout), alt) : figureOf(data, layout, alt);
}

function numberedAlt({ alt }: Figure, index: number): string {
  return `${index + 1}: ${alt}`;
}

function compose(
  figures: readonly Figure[],
  cells: readonly Cell[],
  base: FigureLayout,
): { data: Trace[]; layout: FigureLayout } {
  let used = 0;
  let layout = base;
  const data: Trace[] = [];
  for (const [index, figure] of figures.entries()) {
    const cell = cells[index]!;
    const annotations = [...(layout.annotations ?? []), ...placeTitle(figure.layout, cell)];
    layout = { ...layout, ...placeAxes(figure.layout, cell, used), annotations };
    data.push(...renumbered(figure, cell, used));
    used += Math.max(...axisNumbers(figure.layout));
  }
  return { data: onceInLegend(data), layout };
}
