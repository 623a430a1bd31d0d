import { need } from '../need.js';
import { finiteNumbers, type Values } from '../values.js';

/** Rows of numbers: a list of rows, or all numbers row by row in an array, a typed array or a tensor [rows, columns]. */
export type Rows = Values | readonly ArrayLike<number>[];

/** Who asks for what, for messages. */
interface Asked {
  /** The function that asks. */
  readonly owner: string;
  /** What the rows are. */
  readonly name: string;
}

/**
 * The columns of some rows.
 *
 * @throws RangeError if the rows have not that many columns; and as `finiteNumbers`.
 */
export function columnsOf(rows: Rows, columns: number, { owner, name }: Asked): number[][] {
  const flat = finiteNumbers(owner, name, isNested(rows) ? joined(rows, columns, { owner, name }) : rows);
  need(flat.length % columns === 0, `${owner} needs a multiple of ${columns} numbers in ${name}`, flat.length);
  return Array.from({ length: columns }, (_, column) => flat.filter((_, i) => i % columns === column));
}

function joined(rows: readonly (ArrayLike<number> | null)[], columns: number, { owner, name }: Asked): number[] {
  return rows.flatMap((row, index) => {
    need(row?.length === columns, `${owner} needs ${columns} numbers in ${name}[${index}]`, row?.length);
    return Array.from(row);
  });
}

function isNested(rows: Rows): rows is readonly ArrayLike<number>[] {
  return Array.isArray(rows) && typeof rows[0] === 'object';
}
