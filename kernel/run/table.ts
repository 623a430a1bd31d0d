// A table as HTML and as text.
import type { Json } from '../threads.js';
import { inspected } from './value-text.js';

/** Rows or columns, and what stands at their heads. */
interface Side {
  readonly length: number;
  readonly head: (at: number) => unknown;
}

interface Values {
  readonly columns: Side;
  readonly rows: Side;
  readonly value: (row: number, column: number) => unknown;
  /** What stands below; by default how many rows and columns there are. */
  readonly caption?: string;
}

type Lines = readonly (readonly string[])[];

const MOST = 20; // rows or columns; of more the first and the last half of these

/** The bundle of a table: HTML for front ends, aligned text for the rest. */
export function table({ columns, rows, value, caption = sizeOf(rows, columns) }: Values): Json {
  const across = shownPlaces(columns.length);
  const head = ['', ...across.map((column) => (column === undefined ? '…' : cell(columns.head(column))))];
  const line = (row: number): string[] => [
    cell(rows.head(row)),
    ...across.map((column) => (column === undefined ? '…' : cell(value(row, column)))),
  ];
  const body = shownPlaces(rows.length).map((row) => (row === undefined ? head.map(() => '…') : line(row)));
  const heads = head.some((name) => name !== '') ? [head] : [];
  return { 'text/html': html(heads, body, caption), 'text/plain': text([...heads, ...body], caption) };
}

function sizeOf(rows: Side, columns: Side): string {
  return `${count(rows.length, 'row')} × ${count(columns.length, 'column')}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function shownPlaces(length: number): (number | undefined)[] {
  const from = (start: number, count: number) => Array.from({ length: count }, (_, at) => start + at);
  if (length <= MOST) return from(0, length);
  return [...from(0, MOST / 2), undefined, ...from(length - MOST / 2, MOST / 2)];
}

function cell(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  return typeof value === 'string' ? value : inspected(value);
}

function html(heads: Lines, body: Lines, caption: string): string {
  const heading = (name: string, scope: string) =>
    name === '' ? '<td></td>' : `<th scope="${scope}">${encode(name)}</th>`;
  const above = heads.map((names) => `<thead><tr>${names.map((name) => heading(name, 'col')).join('')}</tr></thead>`);
  const line = ([first = '', ...cells]: readonly string[]) =>
    `<tr>${heading(first, 'row')}${cells.map((c) => `<td>${encode(c)}</td>`).join('')}</tr>`;
  const rows = body.map(line).join('');
  return `<table>${above.join('')}<tbody>${rows}</tbody></table><p>${encode(caption)}</p>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function encode(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

function text(lines: Lines, caption: string): string {
  const flat = lines.map((line) => line.map((c) => c.replace(/\r?\n/g, '\\n'))); // else its row would fall apart
  const widths = flat[0]?.map((_, at) => Math.max(...flat.map((line) => line[at]?.length ?? 0))) ?? [];
  const padded = flat.map((line) => line.map((c, at) => c.padStart(widths[at] ?? 0)).join('  '));
  return [...padded, caption].join('\n');
}
