import { need, needOptions } from '../need.js';
import { type Displayable, jupyterDisplay } from '../plot/display.js';
import { checkSeed, numpyRandom } from '../random.js';
import { resampledRows } from '../uncertainty/resampling.js';
import { type AgreementMatrices, ofMeans, ofSamples } from './agreement.js';
import { agreementBundle } from './agreement-table.js';
import { kendall } from './kendall.js';
import { type Attributions, mapsOf } from './maps.js';
import { cosine, pearson, spearman, topOverlap } from './measures.js';

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
 * tensor, or options are no object; Error if one is disposed.
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
  return agreementFor('compareAttributions', attributions, options);
}

/**
 * The same for another function, which the messages name.
 *
 * @param owner - the function that asks.
 */
export function agreementFor(
  owner: string,
  attributions: Readonly<Record<string, Attributions>>,
  options: CompareOptions,
): AttributionAgreement {
  needOptions(owner, options);
  const given = mapsOf(owner, attributions);
  const { top = Math.max(1, Math.round(given.inputs / 4)), seed = 0, resamples = 200, block = 1 } = options;
  checkSeed(owner, seed);
  const isWithin = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;
  need(isWithin(top, given.inputs), `${owner} needs a whole top from 1 to ${given.inputs}`, top);
  need(isWithin(resamples, 1e6), `${owner} needs whole resamples from 1 to 1000000`, resamples);
  need(isWithin(block, given.rows), `${owner} needs a whole block from 1 to ${given.rows}`, block);
  const maps = options.sizes ? { ...given, values: given.values.map((values) => values.map(Math.abs)) } : given;
  const random = numpyRandom(seed);
  const draws = maps.rows < 2 ? [] : Array.from({ length: resamples }, () => resampledRows(random, maps.rows, block));
  const measures = { pearson, spearman, kendall, cosine, topOverlap: topOverlap(top) };
  const result = {
    names: maps.names,
    perSample: ofSamples(maps, measures, draws),
    ofMeans: ofMeans(maps, measures, draws),
  };
  const shown: Displayable = { [jupyterDisplay]: () => agreementBundle(result, top) };
  return Object.freeze({ ...result, ...shown });
}
