import type { Figure } from './figure.js';
import type { Annotation, Axis, FigureLayout } from './plotly-layout.js';

/** The part of the paper (0 to 1 in both directions) that the panels of one figure get. */
export interface Cell {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

interface Grid {
  readonly columns: number;
  readonly base: FigureLayout;
  readonly sharedScale: boolean;
}

// Room in pixels around the panels of a cell, for its title, axis names and colour bar.
const room = { left: 78, right: 14, rightAxis: 76, colourBar: 104, top: 40, bottom: 60 };

/** Where each figure goes, row by row from the top. */
export function cellsOf(figures: readonly Figure[], { columns, base, sharedScale }: Grid): Cell[] {
  const rows = Math.ceil(figures.length / columns);
  const [width, height] = [base.width - base.margin.l - base.margin.r, base.height - base.margin.t - base.margin.b];
  return figures.map((figure, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    const right = roomRight(figure, sharedScale);
    return {
      x: [column / columns + room.left / width, (column + 1) / columns - right / width],
      y: [1 - (row + 1) / rows + room.bottom / height, 1 - row / rows - room.top / height],
    };
  });
}

function roomRight({ data, layout }: Figure, sharedScale: boolean): number {
  if (!sharedScale && data.some(({ type }) => type === 'heatmap')) return room.colourBar;
  return axesOf(layout).some(([, { side }]) => side === 'right') ? room.rightAxis : room.right;
}

/** A place within a figure (0 to 1) as a place on the paper of the grid. */
export function within([from, to]: readonly [number, number], place: number): number {
  return from + place * (to - from);
}

/** A figure's axes, with numbers after those already used, in its cell. */
export function placeAxes(
  layout: FigureLayout,
  cell: Cell,
  used: number,
): Readonly<Record<`xaxis${string}` | `yaxis${string}`, Axis>> {
  const axes: Record<`xaxis${string}` | `yaxis${string}`, Axis> = {};
  for (const [key, axis] of axesOf(layout)) {
    const direction = key.startsWith('x') ? 'x' : 'y';
    const [from, to] = axis.domain ?? [0, 1];
    axes[`${direction}axis${shifted(key.slice(5), used)}`] = {
      ...axis,
      automargin: false,
      domain: [within(cell[direction], from), within(cell[direction], to)],
      anchor: shiftedName(axis.anchor ?? (direction === 'x' ? 'y' : 'x'), used),
    };
  }
  return axes;
}

/** A figure's title and its other texts, in its cell. */
export function placeTitle({ title, annotations = [] }: FigureLayout, cell: Cell): Annotation[] {
  const own: Annotation = {
    text: title.text,
    x: cell.x[0],
    y: cell.y[1],
    xref: 'paper',
    yref: 'paper',
    xanchor: 'left',
    yanchor: 'bottom',
    yshift: 4,
    showarrow: false,
    align: 'left',
    font: { size: 14 },
  };
  const placed = annotations.map((text) => ({ ...text, x: within(cell.x, text.x), y: within(cell.y, text.y) }));
  return [own, ...placed];
}

/** The axes of a layout, by their keys. */
export function axesOf(layout: FigureLayout): [key: string, axis: Axis][] {
  return Object.entries(layout).filter(([key]) => /^[xy]axis\d*$/.test(key)) as [string, Axis][];
}

/** The name of an axis ('x', 'y2'), counted on from those already used. */
export function shiftedName(name: string, used: number): string {
  return name.charAt(0) + shifted(name.slice(1), used);
}

function shifted(number: string, used: number): string {
  const sum = Number(number || 1) + used;
  return sum === 1 ? '' : String(sum);
}
