import { need } from '../need.js';
import { type Displayable, jupyterDisplay } from '../plot/display.js';
import { checkSeed, numpyRandom } from '../random.js';
import { middle, resampledRows } from '../uncertainty/resampling.js';
import { agreementBundle } from './agreement-table.js';
import { type Attributions, type Maps, mapsOf } from './maps.js';
import { cosine, kendall, type Measure, pearson, spearman, topOverlap } from './measures.js';

/** The measures of agreement, from −1 (the overlap from 0) to 1. */
export type AgreementMeasure = 'pearson' | 'spearman' | 'kendall' | 'cosine' | 'topOverlap';

/** How far two methods agree. */
export interface Agreement {
  /** NaN where it is defined nowhere, as a correlation with constant maps. */
  readonly value: number;
  /** The middle 95 % of bootstrap resamples of the rows; NaN for a single row. */
  readonly interval: readonly [low: number, high: number];
  /** The share of maps for which it is defined; the others are left out of the value. */
  readonly defined: number;
}

/** Agreements of every method with every other, shape [methods, methods], for each measure. */
export type AgreementMatrices = Readonly<Record<AgreementMeasure, readonly (readonly Agreement[])[]>>;

/** What was compared, and how far it agrees; in a notebook it shows itself as tables. */
export type AttributionAgreement = Displayable & {
  /** The methods, in the order of the matrices. */
  readonly names: readonly string[];
  /** Map by map, [in] for each row and output; the mean over all. */
  readonly perSample: AgreementMatrices;
  /** Of the maps averaged over the rows, [in] for each output; the mean over the outputs. */
  readonly ofMeans: AgreementMatrices;
};

/** What is compared, and how the intervals are found. */
export interface CompareOptions {
  /** How many of the inputs count as the top; a quarter of them by default, at least 1. */
  readonly top?: number;
  /** Compares sizes, |values|; false by default. */
  readonly sizes?: boolean;
  /** Seed of the bootstrap; 0 by default. */
  readonly seed?: number;
  /** Bootstrap resamples; 200 by default. */
  readonly resamples?: number;
  /** Rows that are drawn together, as those of a time series should; 1 by default. */
  readonly block?: number;
}

/**
 * How far attribution methods agree about which input matters: Pearson's, Spearman's and Kendall's (τ_b) correlation, cosine, and
 * the share of the top inputs in common, for every pair of methods; map by map and for the mean maps.
 *
 * A correlation with a constant map and a cosine with a map of zeros (a dead network) are not defined; `defined` tells for how many
 * maps they are. Kendall's takes in² steps for each map.
 *
 * @param attributions - a tensor for each method, by name, all of the same shape, [batch, in] or [batch, out, in].
 * @throws RangeError if there is no method, shapes differ, a value is not finite, or an option makes no sense; TypeError if one is no
 * tensor.
 * @example
 * const [a, b] = [tf.tensor2d([[1, 2, 3], [3, 1, 2]]), tf.tensor2d([[2, 4, 6], [1, 3, 2]])];
 * const { perSample } = compareAttributions({ a, b });
 * perSample.pearson[0][1].value // ≈ 0.0000
 * perSample.topOverlap[0][1].value // => 0.5
 * @see Kendall (1945), Biometrika 33, 239; Künsch (1989), Ann. Statist. 17, 1217, for blocks
 */
export function compareAttributions(
  attributions: Readonly<Record<string, Attributions>>,
  options: CompareOptions = {},
): AttributionAgreement {
  const given = mapsOf('compareAttributions', attributions);
  const { top = Math.max(1, Math.round(given.inputs / 4)), seed = 0, resamples = 200, block = 1 } = options;
  checkSeed('compareAttributions', seed);
  const isWithin = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;
  need(isWithin(top, given.inputs), `compareAttributions needs a whole top from 1 to ${given.inputs}`, top);
  need(isWithin(resamples, 1e6), 'compareAttributions needs whole resamples from 1 to 1000000', resamples);
  need(isWithin(block, given.rows), `compareAttributions needs a whole block from 1 to ${given.rows}`, block);
  const maps = options.sizes ? { ...given, values: given.values.map((values) => values.map(Math.abs)) } : given;
  const random = numpyRandom(seed);
  const draws = maps.rows < 2 ? [] : Array.from({ length: resamples }, () => resampledRows(random, maps.rows, block));
  const measures = { pearson, spearman, kendall, cosine, topOverlap: topOverlap(top) };
  const result = {
    names: maps.names,
    perSample: matrices(measures, (measure) => agreementsOfSamples(maps, measure, draws)),
    ofMeans: ofMeans(maps, measures, draws),
  };
  const shown: Displayable = { [jupyterDisplay]: () => agreementBundle(result, top) };
  return Object.freeze({ ...result, ...shown });
}

type Measures = Readonly<Record<AgreementMeasure, Measure>>;
type Matrix = readonly (readonly Agreement[])[];

function matrices(measures: Measures, matrix: (measure: Measure) => Matrix): AgreementMatrices {
  const entries = Object.entries(measures).map(([name, measure]) => [name, matrix(measure)] as const);
  return Object.fromEntries(entries) as Record<AgreementMeasure, Matrix>;
}

// Every pair once: all measures are symmetric.
function symmetric(methods: number, agreement: (a: number, b: number) => Agreement): Matrix {
  const found: Agreement[][] = Array.from({ length: methods }, () => []);
  for (let a = 0; a < methods; a++)
    for (let b = 0; b <= a; b++) {
      found[a]![b] = agreement(a, b);
      found[b]![a] = found[a]![b]!;
    }
  return found;
}

function agreementsOfSamples(maps: Maps, measure: Measure, draws: readonly Int32Array[]): Matrix {
  const { values, rows, outputs } = maps;
  return symmetric(values.length, (a, b) => {
    const [sums, counts] = [new Float64Array(rows), new Float64Array(rows)];
    for (let i = 0; i < rows * outputs; i++) {
      const agreement = measure(mapAt(maps, values[a]!, i), mapAt(maps, values[b]!, i));
      if (Number.isNaN(agreement)) continue;
      sums[Math.floor(i / outputs)]! += agreement;
      counts[Math.floor(i / outputs)]! += 1;
    }
    const ratio = (order: ArrayLike<number>): number => {
      let [sum, count] = [0, 0];
      for (let i = 0; i < order.length; i++) {
        sum += sums[order[i]!]!;
        count += counts[order[i]!]!;
      }
      return sum / count;
    };
    const all = counts.reduce((sum, count) => sum + count, 0);
    return {
      value: ratio(Int32Array.from(sums.keys())),
      interval: interval(draws.map(ratio)),
      defined: all / (rows * outputs),
    };
  });
}

function ofMeans(maps: Maps, measures: Measures, draws: readonly Int32Array[]): AgreementMatrices {
  const { values, outputs } = maps;
  const everyRow = new Int32Array(maps.rows).map((_, row) => row);
  const means = [everyRow, ...draws].map((order) => values.map((numbers) => meanMap(maps, numbers, order)));
  return matrices(measures, (measure) =>
    symmetric(values.length, (a, b) => {
      const found = means.map((maps_) => {
        const each = Array.from({ length: outputs }, (_, k) =>
          measure(mapAt(maps, maps_[a]!, k), mapAt(maps, maps_[b]!, k)),
        ).filter((value) => !Number.isNaN(value));
        return { value: each.reduce((sum, value) => sum + value, 0) / each.length, defined: each.length / outputs };
      });
      return { ...found[0]!, interval: interval(found.slice(1).map(({ value }) => value)) };
    }),
  );
}

function mapAt({ inputs }: Maps, values: Float64Array, place: number): Float64Array {
  return values.subarray(place * inputs, (place + 1) * inputs);
}

function meanMap({ outputs, inputs }: Maps, values: Float64Array, order: Int32Array): Float64Array {
  const size = outputs * inputs;
  const sums = new Float64Array(size);
  for (const row of order) for (let i = 0; i < size; i++) sums[i]! += values[row * size + i]!;
  return sums.map((sum) => sum / order.length);
}

// Where a resample leaves nothing that is defined, it says nothing.
function interval(values: readonly number[]): readonly [number, number] {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length > 0 ? middle(known, 0.95) : [Number.NaN, Number.NaN];
}
