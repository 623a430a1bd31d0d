import { type Displayable, jupyterDisplay } from '../plot/display.js';
import { htmlTable, textTable } from '../table.js';
import { withError } from '../uncertainty/with-error.js';

/** How much worse predictions become when groups of inputs are shuffled: of one output, or of all together. */
export interface Importances {
  /** The rise of an error, the drop of a score; below 0 where the shuffled input did better. Shape [groups, repeats]. */
  readonly importances: readonly Float64Array[];
  /** Mean over the repeats, shape [groups]. */
  readonly importancesMean: Float64Array;
  /** Standard deviation over the repeats (over n, as in scikit-learn), shape [groups]: how far a single shuffle strays. */
  readonly importancesStd: Float64Array;
  /** Standard error of the mean over the repeats, shape [groups]; NaN for a single one. */
  readonly importancesSem: Float64Array;
  /** The metric of the data as they are. */
  readonly baselineScore: number;
}

/** The permutation importance; in a notebook it shows itself as a table. */
export type PermutationImportance = Importances &
  Displayable & {
    /** How often each group was shuffled: fewer than asked for if a signal stopped it. */
    readonly repeats: number;
    /** The same for every output by itself, shape [outputs]; empty for classes that exclude each other. */
    readonly outputs: readonly Importances[];
  };

/** The importances in which `values[group][repeat]` are found. */
export function importancesOf(values: readonly Float64Array[], baselineScore: number): Importances {
  const means = values.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length);
  const squares = values.map((group, i) => group.reduce((sum, value) => sum + (value - means[i]!) ** 2, 0));
  const repeats = values[0]!.length;
  return {
    importances: values,
    importancesMean: Float64Array.from(means),
    importancesStd: Float64Array.from(squares, (square) => Math.sqrt(square / repeats)),
    importancesSem: Float64Array.from(squares, (square) => Math.sqrt(square / (repeats - 1) / repeats)),
    baselineScore,
  };
}

/** What the table of importances shows. */
interface Shown {
  readonly caption: string;
  readonly names: readonly string[];
  readonly means: Float64Array;
  readonly errors: Float64Array;
  readonly deviations: Float64Array;
}

/** A table of importances, the largest first. */
export function importanceTable({ caption, names, means, errors, deviations }: Shown): Displayable {
  const order = [...names.keys()].sort((a, b) => means[b]! - means[a]!);
  const rows = order.map((i) => [
    names[i]!,
    withError({ value: means[i]!, error: errors[i]! }),
    String(Number(deviations[i]!.toPrecision(3))),
  ]);
  const heads = ['inputs', 'importance', 'deviation of a single shuffle'];
  return {
    [jupyterDisplay]: () => ({
      'text/html': htmlTable({ caption, heads, rows }),
      'text/plain': `${caption}\n${textTable({ heads, rows })}`,
    }),
  };
}
