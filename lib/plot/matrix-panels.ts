import { binEdges, countInBins } from './bins.js';
import { filled, steps } from './histogram.js';
import { axis } from './layout.js';
import { style } from './palette.js';
import type { Axis, ScatterTrace } from './plotly-json.js';
import type { Group } from './scatter-matrix.js';

type Range = readonly [number, number];

const gap = 0.022;

/** What is drawn in the panels of a scatter matrix, and how many values are in the fullest bin. */
export function matrixTraces(
  groups: readonly Group[],
  ranges: readonly Range[],
  { bins, maxPoints }: { readonly bins: number; readonly maxPoints: number },
): { readonly traces: readonly ScatterTrace[]; readonly highest: number } {
  const marginals = groups.map(({ name, columns }, index) =>
    columns.map((numbers, column) => {
      const counted = countInBins(numbers, binEdges(...ranges[column]!, bins));
      return steps({ name, numbers, ...counted }, index, false);
    }),
  );
  const panel = (row: number, column: number): ScatterTrace[] =>
    groups.map((group, index) => ({
      ...(row === column ? marginals[index]![row]! : cloud(group, index, { row, column, maxPoints })),
      ...axisNames(row, column, ranges.length),
      showlegend: false,
      legendgroup: group.name,
    }));
  const panels = ranges.flatMap((_, row) => ranges.flatMap((__, column) => panel(row, column)));
  const highest = Math.max(...marginals.flat().flatMap(({ y }) => y.map(Number)));
  return { traces: [...groups.map(({ name }, index) => legendEntry(name, index)), ...panels], highest };
}

/** The axes of the panels: columns along the bottom, rows along the left, the first row on the right, because on its left are counts. */
export function matrixAxes(
  columns: readonly string[],
  ranges: readonly Range[],
  highest: number,
): Readonly<Record<`${'x' | 'y'}axis${string}`, Axis>> {
  const size = columns.length;
  const axes: Record<`${'x' | 'y'}axis${string}`, Axis> = {};
  for (const [row, rowName] of columns.entries()) {
    for (const [column, columnName] of columns.entries()) {
      const { xaxis, yaxis } = axisNames(row, column, size);
      const [key, isMarginal] = [xaxis.slice(1), row === column];
      const across = { range: [...ranges[column]!] as [number, number], domain: part(column, size), anchor: yaxis };
      const up = { range: isMarginal ? [0, highest * 1.05] : [...ranges[row]!], domain: part(size - 1 - row, size) };
      const name = isMarginal ? 'count per bin' : rowName;
      const isLabelled = row === 0 ? column === 0 || column === size - 1 : column === 0;
      const side = row === 0 && column === size - 1 ? ({ side: 'right' } as const) : {};
      axes[`xaxis${key}`] = row === size - 1 ? axis(columnName, across) : bare(across);
      const vertical = { ...up, range: up.range as [number, number], anchor: xaxis, ...side };
      axes[`yaxis${key}`] = isLabelled ? axis(name, vertical) : bare(vertical);
    }
  }
  return axes;
}

function bare(own: Axis): Axis {
  const { title: _, automargin: __, ...rest } = axis('', own);
  return { ...rest, showticklabels: false };
}

function axisNames(row: number, column: number, size: number): { readonly xaxis: string; readonly yaxis: string } {
  const number = row * size + column + 1;
  const key = number === 1 ? '' : String(number);
  return { xaxis: `x${key}`, yaxis: `y${key}` };
}

function part(index: number, size: number): [number, number] {
  const width = (1 - gap * (size - 1)) / size;
  return [index * (width + gap), index * (width + gap) + width];
}

function cloud(
  { name, columns }: Group,
  index: number,
  { row, column, maxPoints }: { readonly row: number; readonly column: number; readonly maxPoints: number },
): ScatterTrace {
  const total = columns[row]!.length;
  const count = Math.min(total, maxPoints);
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * total) / count));
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    x: chosen.map((i) => columns[column]![i]!),
    y: chosen.map((i) => columns[row]![i]!),
    marker: mark(index, 4),
  };
}

function mark(index: number, size: number): NonNullable<ScatterTrace['marker']> {
  const { colour, symbol } = style(index);
  return { color: colour, size, symbol, line: { color: colour, width: symbol.endsWith('open') ? 1 : 0 } };
}

// One entry for each group with all that stands for it: line, filling and mark.
function legendEntry(name: string, index: number): ScatterTrace {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name,
    x: [null],
    y: [null],
    ...filled(index),
    marker: mark(index, 7),
    legendgroup: name,
  };
}
