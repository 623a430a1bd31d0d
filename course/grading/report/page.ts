import { escaped } from '../../../lib/table.js';

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b1b1b, #eee); --paper: light-dark(#fff, #1b1b1b);
  --line: light-dark(#bbb, #555); --bar: light-dark(#1f5fa8, #7ab3f0); --quiet: light-dark(#555, #bbb); }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 70rem;
  margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
th button { all: unset; cursor: pointer; text-decoration: underline dotted; }
th button:focus-visible { outline: 2px solid var(--bar); }
th[aria-sort=ascending] button::after { content: " ▲"; }
th[aria-sort=descending] button::after { content: " ▼"; }
meter { width: 12rem; height: .9rem; }
.quiet { color: var(--quiet); }
.wide { overflow-x: auto; }
figure { margin: 1rem 0; }
svg rect { fill: var(--bar); }
svg text { fill: var(--ink); font-size: 12px; }
`;

/** A page that needs nothing else: no script from elsewhere, no font, no network. */
export function page(title: string, body: string, script = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
${script === '' ? '' : `<script>${script}</script>\n`}</body>
</html>
`;
}

/** A cell of a table: text, or a number that stands to the right, or markup. */
export type TableCell = string | number | { readonly html: string; readonly key?: string | number };

/** A table for a page. The first column names the row. */
export interface PageTable {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
  /** Can the reader sort it? */
  readonly isSortable?: boolean;
}

export function table({ caption, heads, rows, isSortable = false }: PageTable): string {
  const head = heads.map((text, column) => headCell(text, typeof rows[0]?.[column] === 'number', isSortable));
  const body = rows.map((row) => `<tr>${row.map(bodyCell).join('')}</tr>`);
  const kind = isSortable ? ' data-sortable' : '';
  return `<div class="wide"><table${kind}><caption>${escaped(caption)}</caption>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
}

function headCell(text: string, isNumber: boolean, isSortable: boolean): string {
  const inside = isSortable ? `<button type="button">${escaped(text)}</button>` : escaped(text);
  return `<th scope="col"${isNumber ? ' class="number"' : ''}>${inside}</th>`;
}

function bodyCell(cell: TableCell, column: number): string {
  const [start, end] = column === 0 ? ['<th scope="row"', '</th>'] : ['<td', '</td>'];
  if (typeof cell === 'number') return `${start} class="number" data-key="${cell}">${cell}${end}`;
  if (typeof cell === 'string') return `${start}>${escaped(cell)}${end}`;
  const key = cell.key === undefined ? '' : ` data-key="${escaped(String(cell.key))}"`;
  return `${start}${key}>${cell.html}${end}`;
}

/** Lets the reader sort the tables that say so, by a click on a head or with the keyboard. */
export const SORT_SCRIPT = `
for (const table of document.querySelectorAll('table[data-sortable]')) {
  const heads = [...table.tHead.rows[0].cells];
  for (const [column, head] of heads.entries()) head.firstChild.addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') === 'ascending';
    for (const each of heads) each.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
    const rows = [...table.tBodies[0].rows].sort((a, b) => key(a).localeCompare(key(b), 'en', { numeric: true }));
    table.tBodies[0].append(...(down ? rows.reverse() : rows));
  });
}
`;
