import { binEdges, countInBins } from '../bins.js';
import { axisNames } from './matrix-axes.js';
import { style } from './palette.js';
import type { ScatterTrace } from './plotly-traces.js';
import { filled, steps } from './steps.js';

/** A group of rows, column by column. */
export interface Group {
  readonly name: string;
  readonly columns: readonly (readonly number[])[];
}

type Range = readonly [number, number];

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
