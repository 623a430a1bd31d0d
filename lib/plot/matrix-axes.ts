import { axis } from './layout.js';
import type { Axis } from './plotly-layout.js';

type Range = readonly [number, number];
type Axes = Readonly<Record<`${'x' | 'y'}axis${string}`, Axis>>;

interface Place {
  readonly row: number;
  readonly column: number;
  readonly size: number;
}

const gap = 0.022;

/** The axes of the panels. The highest bin gives the scale of all histograms. */
export function matrixAxes(columns: readonly string[], ranges: readonly Range[], highest: number): Axes {
  const size = columns.length;
  const places = columns.flatMap((_, row) => columns.map((__, column) => ({ row, column, size })));
  return Object.fromEntries(
    places.flatMap((place) => {
      const { row, column } = place;
      const { xaxis, yaxis } = axisNames(row, column, size);
      const isMarginal = row === column;
      const across = { range: ranges[column]!, domain: part(column, size), anchor: yaxis };
      const up = {
        range: isMarginal ? ([0, highest * 1.05] as const) : ranges[row]!,
        domain: part(size - 1 - row, size),
        anchor: xaxis,
      };
      return [
        [`xaxis${xaxis.slice(1)}`, row === size - 1 ? axis(columns[column]!, across) : bare(across)],
        [`yaxis${yaxis.slice(1)}`, upAxis(isMarginal ? 'count per bin' : columns[row]!, place, up)],
      ];
    }),
  ) as Axes;
}

// Names stand on the left; those of the first row on the right, because on its left are counts.
function upAxis(name: string, { row, column, size }: Place, own: Axis): Axis {
  if (column === 0) return axis(name, own);
  return row === 0 && column === size - 1 ? axis(name, { ...own, side: 'right' }) : bare(own);
}

function bare(own: Axis): Axis {
  const { title: _, automargin: __, ...rest } = axis('', own);
  return { ...rest, showticklabels: false };
}

/** The axes of the panel at a place, as traces name them. */
export function axisNames(
  row: number,
  column: number,
  size: number,
): { readonly xaxis: string; readonly yaxis: string } {
  const number = row * size + column + 1;
  const key = number === 1 ? '' : String(number);
  return { xaxis: `x${key}`, yaxis: `y${key}` };
}

function part(index: number, size: number): [number, number] {
  const width = (1 - gap * (size - 1)) / size;
  return [index * (width + gap), index * (width + gap) + width];
}
