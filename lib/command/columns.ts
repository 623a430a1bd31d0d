import { need } from '../need.js';
import type { NumberTable } from './table-file.js';

/** Which columns a model reads, and which hold the truth. */
export interface ColumnNames {
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
}

/** How many columns the model reads and gives, and which ones the user named. */
export interface Wanted {
  readonly inputs: number;
  readonly outputs: number;
  readonly targets?: readonly string[] | undefined;
}

/**
 * The columns for a model: the targets are those that were named, or the last ones if there is one for each output; all others are
 * inputs, in their order.
 *
 * @throws Error if they do not fit the model, or a name is not in the file or given twice.
 */
export function columnsFor({ columns }: NumberTable, { inputs, outputs, targets }: Wanted): ColumnNames {
  const missing = targets?.find((name) => !columns.includes(name));
  need(missing === undefined, `netlens needs targets among the columns ${columns.join(', ')}`, missing, Error);
  const twice = targets?.find((name, i) => targets.indexOf(name) < i);
  need(twice === undefined, 'netlens needs every target once', twice, Error);
  const truth = targets ?? (columns.length === inputs + outputs ? columns.slice(inputs) : []);
  const rest = columns.filter((name) => !truth.includes(name));
  const wanted = `${inputs} columns for the inputs, or ${inputs + outputs} with the truth at the end`;
  need(rest.length === inputs, `netlens needs ${wanted}`, { words: `${rest.length} (${rest.join(', ')})` }, Error);
  need(
    truth.length === 0 || truth.length === outputs,
    `netlens needs a target for each of ${outputs} outputs`,
    truth.length,
    Error,
  );
  return { inputs: rest, targets: truth };
}

/** Some columns of a table, row by row. */
export function select({ columns, rows }: NumberTable, names: readonly string[]): number[][] {
  const places = names.map((name) => columns.indexOf(name));
  return rows.map((row) => places.map((place) => row[place]!));
}
