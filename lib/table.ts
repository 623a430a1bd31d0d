/** Rows of text under heads, all of the same length. */
export interface Table {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Colours behind the cells, as CSS; '' for none. */
  readonly backgrounds?: readonly (readonly string[])[];
}

/** A table as HTML; whatever stands in it is shown as it is. */
export function htmlTable({ caption, heads, rows, backgrounds }: Table): string {
  const left = 'style="text-align: left"';
  const style = (row: number, column: number): string => {
    const colour = backgrounds?.[row]?.[column];
    return colour ? `style="text-align: left; background: ${colour}"` : left;
  };
  const head = heads
    .map((name) => (name === '' ? '<td></td>' : `<th scope="col" ${left}>${escaped(name)}</th>`))
    .join('');
  const body = rows.map(
    (cells, row) => `<tr>${cells.map((cell, i) => `<td ${style(row, i)}>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  const title = `<caption style="text-align: left; font-weight: bold">${escaped(caption)}</caption>`;
  return `<table>${title}<thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

/** A table as text, in columns, without its caption. */
export function textTable({ heads, rows }: Omit<Table, 'caption'>): string {
  const lines = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const line = (cells: readonly string[]): string => cells.map((cell, i) => cell.padEnd(widths[i]!)).join('  ');
  return lines.map((cells) => line(cells).trimEnd()).join('\n');
}

/** Text as HTML that shows it as it is. */
export function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => names[character]!);
}
