import { readFile } from 'node:fs/promises';
import papaparse from 'papaparse';
import { need } from '../need.js';

/** Columns of numbers with names. */
export interface NumberTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/**
 * Reads a CSV file of numbers whose first line names the columns. Nothing is skipped or guessed.
 *
 * @throws Error with path and line if the file cannot be read, has numbers where the names should be, no rows, a name twice, or a row
 * of another length or a cell that is no finite number.
 */
export async function readNumberTable(path: string): Promise<NumberTable> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`readNumberTable needs a file to read, got ${cause.code ?? cause.message} for ${path}`, { cause });
  });
  const { data, errors } = papaparse.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: true });
  const [fault] = errors.filter(({ type }) => type !== 'Delimiter');
  if (fault) need(false, `readNumberTable needs a CSV file`, { words: `${fault.message} in ${path}` }, Error);
  const [columns = [], ...rows] = data;
  need(!areData(columns), `readNumberTable needs names in line 1 of ${path}`, columns, Error);
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  need(twice === undefined, `readNumberTable needs every name once in line 1 of ${path}`, twice, Error);
  need(rows.length > 0, `readNumberTable needs rows below the names in ${path}`, { words: 'none' }, Error);
  return { columns, rows: rows.map((cells, i) => numbers(cells, columns, `row ${i + 1} of ${path}`)) };
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
    const value = cell.trim() === '' ? Number.NaN : Number(cell);
    need(Number.isFinite(value), `readNumberTable needs a number for '${columns[i]}' in ${place}`, cell, Error);
    return value;
  });
}
