import type * as tf from '@tensorflow/tfjs';
import type { AttributionAgreement } from '../agreement/compare-attributions.js';
import type { Conservation } from '../relevance/conservation.js';
import { seriesMeanEstimate } from '../uncertainty/mean-estimate.js';
import { type Columns, columnsOf } from './columns.js';
import type { Names } from './mean-map.js';

/** What warnings are about. */
export interface Observed {
  readonly x: tf.Tensor2D;
  readonly names: Names;
  readonly series: boolean;
  /** Why relevance cannot pass. */
  readonly obstacle: string | undefined;
  readonly conservation: Conservation | undefined;
  readonly agreement: AttributionAgreement;
}

const FEW_ROWS = 100;
const CLOSE = 0.8; // correlation of inputs from which shuffling one makes rows that do not occur
const LONG = 3; // autocorrelation time, in rows
const KEPT = 0.3; // share of relevance that is lost on its way
const FAR = 0.5; // Spearman's correlation of mean maps
const MOST = 5; // of one kind

/** What a reader should know before believing an explanation. */
export function warningsAbout(observed: Observed): readonly string[] {
  const columns = columnsOf(observed.x);
  const names = observed.names.inputs;
  return [
    ...few(columns),
    ...constant(columns, names),
    ...correlated(columns, names),
    ...(observed.series ? [] : slow(columns, names)),
    ...(observed.obstacle ? [`There is no relevance: ${observed.obstacle}.`] : []),
    ...leaking(observed.conservation),
    ...disagreeing(observed.agreement),
  ];
}

function few(columns: Columns): readonly string[] {
  const rows = columns[0]!.length;
  return rows < FEW_ROWS ? [`There are only ${rows} rows: errors are themselves uncertain.`] : [];
}

const isConstant = (column: Float64Array): boolean => column.every((value) => value === column[0]);

function constant(columns: Columns, names: readonly string[]): readonly string[] {
  const which = names.filter((_, i) => isConstant(columns[i]!));
  return which.length > 0 ? [`Constant in all rows, so that nothing can be said about it: ${which.join(', ')}.`] : [];
}

function correlated(columns: Columns, names: readonly string[]): readonly string[] {
  const directions = columns.map(directionOf);
  const pairs = directions.flatMap((a, i) =>
    directions.slice(0, i).flatMap((b, j) => {
      const r = a.reduce((sum, value, row) => sum + value * b[row]!, 0);
      return Math.abs(r) > CLOSE ? [{ r, words: `${names[j]!} and ${names[i]!} (r = ${r.toFixed(2)})` }] : [];
    }),
  );
  if (pairs.length === 0) return [];
  const strongest = pairs.sort((a, b) => Math.abs(b.r) - Math.abs(a.r)).map(({ words }) => words);
  return [`Inputs go together, and shuffling one of them makes rows that do not occur: ${listed(strongest)}.`];
}

/** A column less its mean, of length 1: products of two of these are correlations. NaN if it is constant. */
function directionOf(column: Float64Array): Float64Array {
  const mean = column.reduce((sum, value) => sum + value / column.length, 0);
  const rest = column.map((value) => value - mean);
  const length = isConstant(column) ? Number.NaN : Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
  return rest.map((value) => value / length);
}

function slow(columns: Columns, names: readonly string[]): readonly string[] {
  if (columns[0]!.length < FEW_ROWS) return [];
  const times = columns.map((column) => (isConstant(column) ? 1 : seriesMeanEstimate(column).autocorrelationTime));
  const longest = Math.max(...times);
  if (longest <= LONG) return [];
  const name = names[times.indexOf(longest)]!;
  return [
    `Neighbouring rows are alike (${name} stays for about ${longest.toFixed(0)} rows), as in a series: errors are too small unless it is explained as one.`,
  ];
}

function leaking(conservation: Conservation | undefined): readonly string[] {
  const [first, last] = [conservation?.[0], conservation?.at(-1)];
  if (!first || !last || last.in === 0) return [];
  const share = (last.in - first.out) / last.in;
  if (Math.abs(share) <= KEPT) return [];
  return [`Of the relevance of the outputs, ${(100 * share).toFixed(0)} % does not arrive at the inputs, on average.`];
}

function disagreeing({ names, ofMeans }: AttributionAgreement): readonly string[] {
  const pairs = names.flatMap((a, i) =>
    names.slice(0, i).flatMap((b, j) => {
      const { value } = ofMeans.spearman[i]![j]!;
      return value < FAR ? [`${b} and ${a} (${value.toFixed(2)})`] : [];
    }),
  );
  return pairs.length > 0 ? [`Methods order the inputs differently (Spearman's correlation): ${listed(pairs)}.`] : [];
}

function listed(all: readonly string[]): string {
  const rest = all.length - MOST;
  return all.slice(0, MOST).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
