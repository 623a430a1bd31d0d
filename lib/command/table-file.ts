import { readFile } from 'node:fs/promises';
import papaparse from 'papaparse';
import { need } from '../need.js';

// JavaScript would read 0x10 as well.
const DECIMAL = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;

/** Columns of numbers with names. */
export interface NumberTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/**
 * Reads a CSV file of numbers whose first line names the columns. Nothing is skipped but lines without a cell, and
 * nothing is guessed but what stands between the cells.
 *
 * @throws Error with path and row if the file cannot be read, is no text in UTF-8, has numbers where the names should be, no rows, a
 * column without name, a name twice, or a row of another length or a cell that is no finite decimal number.
 */
export async function readNumberTable(path: string): Promise<NumberTable> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`readNumberTable needs a file to read, got ${cause.code ?? cause.message} for ${path}`, { cause });
  });
  const text = textOf(bytes, path).replace(/[\r\n]+$/, '');
  const parsed = (skipEmptyLines: boolean) => papaparse.parse<string[]>(text, { skipEmptyLines });
  const table = parsed(true);
  // In a table of one column, an empty line is a cell without a number.
  const { data, errors } = table.data[0]?.length === 1 ? parsed(false) : table;
  const [fault] = errors.filter(({ type }) => type !== 'Delimiter');
  if (fault) need(false, `readNumberTable needs a CSV file`, { words: `${fault.message} in ${path}` }, Error);
  const [names = [], ...rows] = data;
  need(!areData(names), `readNumberTable needs names in line 1 of ${path}`, names, Error);
  const columns = names.map((name) => name.trim());
  const nameless = { words: `none for column ${columns.indexOf('') + 1}` };
  need(!columns.includes(''), `readNumberTable needs a name for each column in line 1 of ${path}`, nameless, Error);
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  need(twice === undefined, `readNumberTable needs every name once in line 1 of ${path}`, twice, Error);
  need(rows.length > 0, `readNumberTable needs rows below the names in ${path}`, { words: 'none' }, Error);
  return { columns, rows: rows.map((cells, i) => numbers(cells, columns, `row ${i + 1} of ${path}`)) };
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  const words = 'something else (a spreadsheet saves it as CSV UTF-8)';
  need(false, `readNumberTable needs a text in UTF-8 in ${path}`, { words }, Error);
}

/** Numbers in the place of names, other than 0, 1, 2 …, which programs give to columns without one. */
function areData(columns: readonly string[]): boolean {
  const values = columns.map((name) => (name.trim() === '' ? Number.NaN : Number(name)));
  return values.every(Number.isFinite) && values.some((value, i) => value !== i);
}

function numbers(cells: readonly string[], columns: readonly string[], place: string): readonly number[] {
  need(
    cells.length === columns.length,
    `readNumberTable needs ${columns.length} cells in ${place}`,
    cells.length,
    Error,
  );
  return cells.map((cell, i) => {
    const value = DECIMAL.test(cell) ? Number(cell) : Number.NaN;
    need(Number.isFinite(value), `readNumberTable needs a number for '${columns[i]}' in ${place}`, cell, Error);
    return value;
  });
}
