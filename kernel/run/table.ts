// A table as HTML and as text.
import type { Json } from '../threads.js';
import { inspected } from './value-text.js';

interface Rows {
  readonly names: readonly string[];
  readonly index: readonly unknown[];
  readonly row: (at: number) => readonly unknown[];
}

const MOST_ROWS = 20; // of a longer table the first and the last half of these
const MOST_COLUMNS = 20;

/** The bundle of a table: HTML for front ends, aligned text for the rest. */
export function table({ names, index, row }: Rows): Json {
  const columns = names.slice(0, MOST_COLUMNS);
  const cut = names.length > columns.length ? ['…'] : [];
  const head = ['', ...columns, ...cut];
  const line = (at: number) => [cell(index[at]), ...row(at).slice(0, MOST_COLUMNS).map(cell), ...cut];
  const body = shownRows(index.length).map((at) => (at === undefined ? head.map(() => '…') : line(at)));
  const size = `${count(index.length, 'row')} × ${count(names.length, 'column')}`;
  return { 'text/html': html(head, body, size), 'text/plain': text([head, ...body], size) };
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function shownRows(count: number): (number | undefined)[] {
  const all = Array.from({ length: count }, (_, at) => at);
  return count <= MOST_ROWS ? all : [...all.slice(0, MOST_ROWS / 2), undefined, ...all.slice(-MOST_ROWS / 2)];
}

function cell(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  return typeof value === 'string' ? value : inspected(value);
}

function html(head: readonly string[], body: readonly (readonly string[])[], size: string): string {
  const headings = head.map((name) => (name === '' ? '<td></td>' : `<th scope="col">${encode(name)}</th>`)).join('');
  const line = ([first = '', ...cells]: readonly string[]) =>
    `<tr><th scope="row">${encode(first)}</th>${cells.map((c) => `<td>${encode(c)}</td>`).join('')}</tr>`;
  return `<table><thead><tr>${headings}</tr></thead><tbody>${body.map(line).join('')}</tbody></table><p>${size}</p>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function encode(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

function text(lines: readonly (readonly string[])[], size: string): string {
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0))) ?? [];
  const padded = lines.map((line) => line.map((c, at) => c.padStart(widths[at] ?? 0)).join('  '));
  return [...padded, size].join('\n');
}
