import { binEdges, countInBins, isBinCount } from '../bins.js';
import { need, needOptions } from '../need.js';
import { finiteNumbers, mean, rangeOf, type Values } from '../values.js';
import { describe, spoken, spokenRange, whole } from './alt-text.js';
import { type Figure, figureOf } from './figure.js';
import { axis, frame } from './layout.js';
import { checkNamed } from './named.js';
import { type Counted, steps } from './steps.js';

/** One group of numbers of a histogram. */
export interface HistogramSeries {
  /** Its name in the legend. */
  readonly name: string;
  readonly values: Values;
}

/** What `histogram` draws. */
export interface HistogramOptions {
  /** What the figure shows or asks. */
  readonly title: string;
  /** What is counted, with its unit. */
  readonly xAxis: string;
  /** The name of the vertical axis; says by default what is counted per bin. */
  readonly yAxis?: string;
  readonly series: readonly HistogramSeries[];
  /** The number of bins; 40 by default. */
  readonly bins?: number;
  /** Where the first bin begins and the last one ends; from the smallest to the largest of all values by default. */
  readonly range?: readonly [number, number];
  /** Divide counts by their number and by the width of a bin, so that the area of every series inside the range is its share there. */
  readonly density?: boolean;
  /** The alternative text; composed from the data by default. */
  readonly alt?: string;
  /** Width in CSS pixels; 720 by default. */
  readonly width?: number;
  /** Height in CSS pixels; 420 by default. */
  readonly height?: number;
}

/**
 * How often values occur: counts in bins of equal width, the same bins for all series, as steps.
 *
 * A value on an edge belongs to the bin on its right, the largest edge to the last bin. Values outside `range` are not drawn;
 * the line under the title and the alternative text say how many. Series differ in colour and in their filling.
 *
 * @throws RangeError if there is no series or one has no values, a value is not finite, the bins are not a whole number from 1
 * to 10,000, the range is not increasing, there is no title, or a size is not from 200 to 10,000 pixels; TypeError if values are not
 * numbers in an array, a typed array or a tensor, a series or an axis has no name, or options are no object; Error if a tensor is
 * disposed.
 * @example
 * const outputs = histogram({ title: 'Outputs', xAxis: 'output', range: [0, 1], bins: 2, series: [{ name: 'signal', values: [0.1, 0.5, 0.9, 1] }] });
 * outputs.data[0].y // => [0, 1, 3, 3, 0]
 * outputs.alt // => 'Histogram “Outputs”. Horizontal: output, 0 to 1; vertical: count per bin of 0.5. signal: 4 values, mean 0.625, most (3) from 0.5 to 1.'
 */
export function histogram(options: HistogramOptions): Figure {
  needOptions('histogram', options);
  const { title, xAxis, series, bins = 40, density = false, width = 720, height = 420 } = options;
  checkNamed('histogram', 'series', series);
  need(isBinCount(bins), 'histogram needs whole bins from 1 to 10,000', bins);
  const groups = series.map(({ name, values }) => ({ name, numbers: finiteNumbers('histogram', name, values) }));
  const edges = binEdges(
    ...rangeOf(
      'histogram',
      groups.map(({ numbers }) => numbers),
      options.range,
    ),
    bins,
  );
  const counted = groups.map((group) => ({ ...group, ...countInBins(group.numbers, edges) }));
  const step = spoken((edges.at(-1)! - edges[0]!) / bins);
  const yAxis = options.yAxis ?? (density ? 'density (share of values per unit)' : `count per bin of ${step}`);
  const layout = {
    ...frame({
      owner: 'histogram',
      title,
      caption: outside(counted),
      axes: { xAxis, yAxis },
      width,
      height,
      legend: series.length > 1,
    }),
    xaxis: axis(xAxis, { range: [edges[0]!, edges.at(-1)!] }),
    yaxis: axis(yAxis, { rangemode: 'tozero' }),
  };
  const alt =
    options.alt ??
    describe({ kind: 'Histogram', title, xAxis, yAxis, range: spokenRange(edges) }, counted.map(sentence));
  const outlines = counted.map((group, index) => steps(group, index, density));
  return figureOf(outlines, layout, alt);
}

function outside(counted: readonly Counted[]): string | undefined {
  const parts = counted.filter(({ below, above }) => below + above > 0);
  if (parts.length === 0) return undefined;
  const list = parts.map(
    ({ name, numbers, below, above }) => `${whole(below + above)} of ${whole(numbers.length)} (${name})`,
  );
  return `Outside the range: ${list.join(', ')}.`;
}

function sentence({ name, numbers, counts, edges, below, above }: Counted): string {
  const most = counts.reduce((best, count, i) => (count > counts[best]! ? i : best), 0);
  const where = `most (${whole(counts[most]!)}) from ${spoken(edges[most]!)} to ${spoken(edges[most + 1]!)}`;
  const lost = below + above > 0 ? `, ${whole(below + above)} outside the range` : '';
  return `${name}: ${whole(numbers.length)} values, mean ${spoken(mean(numbers))}, ${where}${lost}.`;
}
