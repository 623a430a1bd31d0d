import { need } from '../need.js';
import type { Figure } from './figure.js';
import { axesOf, type Cell, shiftedName, within } from './grid-cells.js';
import type { FigureLayout } from './plotly-layout.js';
import type { HeatmapTrace, Trace } from './plotly-traces.js';

/** The numbers of a figure's axes. */
export function axisNumbers(layout: FigureLayout): number[] {
  return axesOf(layout).map(([key]) => Number(key.slice(5) || 1));
}

/** A figure's traces on axes counted on from those already used, colour bars beside its cell. */
export function renumbered({ data, layout }: Figure, cell: Cell, used: number): Trace[] {
  return data.map((trace) => {
    const axes = { xaxis: shiftedName(trace.xaxis ?? 'x', used), yaxis: shiftedName(trace.yaxis ?? 'y', used) };
    if (trace.type === 'heatmap') return { ...trace, ...axes, ...beside(trace, cell) };
    return { ...trace, ...axes, showlegend: layout.showlegend && trace.showlegend !== false };
  });
}

function beside({ colorbar }: HeatmapTrace, { x, y }: Cell): Pick<HeatmapTrace, 'colorbar'> {
  return colorbar
    ? { colorbar: { ...colorbar, thickness: 12, x: x[1], xpad: 6, y: within(y, 0.5), len: y[1] - y[0] } }
    : {};
}

/** Puts series of the same name and look into one group, with one line in the legend. */
export function onceInLegend(data: readonly Trace[]): Trace[] {
  const known = new Set<string>();
  return data.map((trace) => {
    if (trace.type === 'heatmap') return trace;
    const legendgroup = trace.legendgroup ?? JSON.stringify([trace.name, trace.line, trace.marker?.symbol]);
    const showlegend = trace.showlegend !== false && !known.has(legendgroup);
    if (showlegend) known.add(legendgroup);
    return { ...trace, legendgroup, showlegend };
  });
}

type ScaledMap = HeatmapTrace & Required<Pick<HeatmapTrace, 'zmin' | 'zmax' | 'colorscale' | 'colorbar'>>;

function hasOwnScale(trace: Trace): trace is ScaledMap {
  return trace.type === 'heatmap' && trace.colorscale !== undefined && trace.colorbar !== undefined;
}

/** One colour scale for all heat maps, from the lowest limit to the highest. */
export function shareScale(data: readonly Trace[], layout: FigureLayout): [Trace[], FigureLayout] {
  const maps = data.filter(hasOwnScale);
  const [first] = maps;
  need(first !== undefined, 'grid needs a heat map for a shared scale', maps.length);
  const { colorscale, colorbar } = first;
  const other = maps.find((map) => look(map) !== look(first));
  need(
    other === undefined,
    `grid needs heat maps with the colours and the unit of ${colorbar.title.text} for a shared scale`,
    other?.name,
  );
  const limits = maps.flatMap(({ zmin, zmax }) => [zmin, zmax]);
  const bar = { ...colorbar, thickness: 16, x: 1, xpad: 12, y: 0.5, len: 0.9 };
  const coloraxis = { cmin: Math.min(...limits), cmax: Math.max(...limits), colorscale, colorbar: bar };
  return [data.map((trace) => (trace.type === 'heatmap' ? onSharedScale(trace) : trace)), { ...layout, coloraxis }];
}

function look({ colorscale, colorbar }: ScaledMap): string {
  return JSON.stringify([colorscale, colorbar.title.text]);
}

function onSharedScale({ zmin: _, zmax: __, colorscale: ___, colorbar: ____, ...trace }: HeatmapTrace): HeatmapTrace {
  return { ...trace, coloraxis: 'coloraxis' };
}
