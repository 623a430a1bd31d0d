import { type Cell, textOf } from '../notebook.js';

/** A part of a page, from a heading to the next. */
export interface Section {
  /** The id of the cell where it starts. */
  readonly anchor: string;
  /** As Markdown. */
  readonly heading: string;
  readonly cells: readonly Cell[];
}

const HEADING = /^#{1,3} (.+)/;

/** The cells, with Markdown cells cut so that every heading starts one: a link can then lead to it. */
export function cutAtHeadings(cells: readonly Cell[]): readonly Cell[] {
  return cells.flatMap((cell) => {
    if (cell.cell_type !== 'markdown') return [cell];
    const parts = textOf(cell.source).split(/^(?=#{1,3} )/m);
    return parts.map((source, part) => ({ ...cell, id: part === 0 ? cell.id : `${cell.id}_${part}`, source }));
  });
}

/** The sections of cells that are cut at their headings. */
export function sectionsOf(cells: readonly Cell[]): readonly Section[] {
  const starts = cells.flatMap((cell, index) => (headingOf(cell) === undefined ? [] : [index]));
  return starts.map((start, i) => ({
    anchor: cells[start]!.id,
    heading: headingOf(cells[start]!)!,
    cells: cells.slice(start, starts[i + 1]),
  }));
}

function headingOf({ cell_type, source }: Cell): string | undefined {
  return cell_type === 'markdown' ? HEADING.exec(textOf(source))?.[1] : undefined;
}
