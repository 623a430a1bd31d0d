import { pearson } from '../agreement/measures.js';
import { isBinCount } from '../bins.js';
import { namesOf } from '../names.js';
import { need, needOptions } from '../need.js';
import { mean, rangeOf, standardDeviation } from '../values.js';
import { spoken, whole } from './alt-text.js';
import { type Figure, figureOf } from './figure.js';
import { frame } from './layout.js';
import { matrixAxes } from './matrix-axes.js';
import { type Group, matrixTraces } from './matrix-panels.js';
import { checkNamed } from './named.js';
import { columnsOf, type Rows } from './rows.js';

/** One group of rows of a scatter matrix. */
export interface ScatterGroup {
  /** Its name in the legend. */
  readonly name: string;
  readonly rows: Rows;
}

/** What `scatterMatrix` draws. */
export interface ScatterMatrixOptions {
  /** What the figure shows or asks. */
  readonly title: string;
  /** The names of the columns, with their units. */
  readonly columns: readonly string[];
  readonly groups: readonly ScatterGroup[];
  /** The part of all axes to show; by default from the smallest to the largest value of each column. */
  readonly range?: readonly [number, number];
  /** How many points of each group are drawn in a panel; 500 by default. */
  readonly maxPoints?: number;
  /** The number of bins of the histograms; 40 by default. */
  readonly bins?: number;
  /** The alternative text; composed from the data by default. */
  readonly alt?: string;
  /** Width in CSS pixels; 760 by default. The height is the same. */
  readonly width?: number;
}

/**
 * Every column against every other: histograms of all rows on the diagonal, points off it.
 *
 * Only `maxPoints` rows of a group are drawn as points, evenly spaced in the given order; the line under the title says so.
 * Groups differ in colour, marks and filling.
 *
 * @throws RangeError if there are fewer than two columns or no group, rows have another number of columns, a value is not finite,
 * the range does not increase, the bins are not a whole number from 1 to 10,000, there is no title, or the width is not from 200
 * to 10,000 pixels; TypeError if values are not numbers, a column or a group has no name, or options are no object; Error if a
 * tensor is disposed.
 * @example
 * const pairs = scatterMatrix({ title: 'Pairs', columns: ['a', 'b'], groups: [{ name: 'all', rows: [[1, 2], [3, 4], [2, 2]] }] });
 * pairs.alt // => 'Scatter matrix “Pairs” of a (1 to 3) and b (2 to 4): histograms on the diagonal, points off it. all: 3 rows; mean ± standard deviation of a 2 ± 0.816, of b 2.67 ± 0.943; correlation of a with b 0.866.'
 */
export function scatterMatrix(options: ScatterMatrixOptions): Figure {
  needOptions('scatterMatrix', options);
  const { title, columns, maxPoints = 500, bins = 40, width = 760 } = options;
  namesOf('scatterMatrix', columns, columns, 'columns');
  need(columns.length >= 2, 'scatterMatrix needs at least two columns', columns.length);
  checkNamed('scatterMatrix', 'group', options.groups);
  need(Number.isInteger(maxPoints) && maxPoints >= 1, 'scatterMatrix needs a whole maxPoints of at least 1', maxPoints);
  need(isBinCount(bins), 'scatterMatrix needs whole bins from 1 to 10,000', bins);
  const groups = options.groups.map(({ name, rows }) => ({
    name,
    columns: columnsOf(rows, columns.length, { owner: 'scatterMatrix', name }),
  }));
  const ranges = columns.map((_, i) =>
    rangeOf(
      'scatterMatrix',
      groups.map((group) => group.columns[i]!),
      options.range,
    ),
  );
  const caption = captionOf(groups, ranges, maxPoints);
  const { traces, highest } = matrixTraces(groups, ranges, { bins, maxPoints });
  const layout = {
    ...frame({ owner: 'scatterMatrix', title, caption, width, height: width, legend: true }),
    ...matrixAxes(columns, ranges, highest),
  };
  return figureOf(traces, layout, options.alt ?? altText(options, groups, ranges));
}

type Range = readonly [number, number];

const MOST_CORRELATIONS = 6;

function captionOf(groups: readonly Group[], ranges: readonly Range[], maxPoints: number): string | undefined {
  const thinned = groups.filter(({ columns }) => columns[0]!.length > maxPoints);
  const list = thinned.map(({ name, columns }) => `${whole(maxPoints)} of ${whole(columns[0]!.length)} (${name})`);
  const outside = groups.reduce((sum, group) => sum + rowsOutside(group, ranges), 0);
  const parts = [
    ...(list.length > 0 ? [`Points: ${list.join(', ')}, evenly spaced; histograms: all.`] : []),
    ...(outside > 0 ? [`Outside the range: ${whole(outside)} rows.`] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : undefined;
}

function rowsOutside({ columns }: Group, ranges: readonly Range[]): number {
  const isOutside = (row: number): boolean =>
    columns.some((numbers, column) => numbers[row]! < ranges[column]![0] || numbers[row]! > ranges[column]![1]);
  return columns[0]!.filter((_, row) => isOutside(row)).length;
}

function altText({ title, columns }: ScatterMatrixOptions, groups: readonly Group[], ranges: readonly Range[]): string {
  const names = columns.map((name, i) => `${name} (${spoken(ranges[i]![0])} to ${spoken(ranges[i]![1])})`);
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const sentences = groups.map(({ name, columns: numbers }) => {
    const figures = columns.map(
      (column, i) => `of ${column} ${spoken(mean(numbers[i]!))} ± ${spoken(standardDeviation(numbers[i]!))}`,
    );
    const parts = [`mean ± standard deviation ${figures.join(', ')}`, ...correlations(columns, numbers)];
    return `${name}: ${whole(numbers[0]!.length)} rows; ${parts.join('; ')}.`;
  });
  return [`Scatter matrix “${title}” of ${list}: histograms on the diagonal, points off it.`, ...sentences].join(' ');
}

/** In words those of all pairs of columns, or of the closest if there are many; of a constant column there is none. */
function correlations(names: readonly string[], columns: Group['columns']): string[] {
  const series = columns.map((numbers) => Float64Array.from(numbers));
  const all = names.flatMap((name, i) =>
    names.slice(0, i).map((other, j) => ({ pair: `of ${other} with ${name}`, value: pearson(series[j]!, series[i]!) })),
  );
  const defined = all.filter(({ value }) => !Number.isNaN(value));
  if (defined.length === 0) return [];
  const told = defined.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST_CORRELATIONS);
  const words = told.map(({ pair, value }) => `${pair} ${spoken(value)}`).join(', ');
  return [`${told.length < defined.length ? 'closest correlations' : 'correlation'} ${words}`];
}
