import { middle } from '../uncertainty/resampling.js';
import type { Maps } from './maps.js';
import type { Measure } from './measures.js';

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

/** The measures by name. */
export type Measures = Readonly<Record<AgreementMeasure, Measure>>;
type Matrix = readonly (readonly Agreement[])[];

/** Agreements map by map, with the rows drawn anew in each of the draws. */
export function ofSamples(maps: Maps, measures: Measures, draws: readonly Int32Array[]): AgreementMatrices {
  return matrices(measures, (measure) => agreementsOfSamples(maps, measure, draws));
}

/** Agreements of the maps averaged over the rows, likewise. */
export function ofMeans(maps: Maps, measures: Measures, draws: readonly Int32Array[]): AgreementMatrices {
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
