import type * as tf from '@tensorflow/tfjs';
import type { AttributionAgreement } from '../agreement/compare-attributions.js';
import { problemOf } from '../derivatives/problem.js';
import type { PermutationImportance } from '../importance/result.js';
import { need } from '../need.js';
import { type Displayable, jupyterDisplay } from '../plot/display.js';
import type { Conservation } from '../relevance/conservation.js';
import type { Model } from '../tape/model.js';
import { meanEstimate, seriesMeanEstimate } from '../uncertainty/mean-estimate.js';
import type { Averaging, MeanMap, Names } from './mean-map.js';
import type { ExplainOptions } from './options.js';
import { agreementOf, importanceOf, relevanceOf, slopesOf } from './parts.js';
import { sectionsBundle } from './sections.js';
import { warningsAbout } from './warnings.js';

/** What a model has learnt, seen in several ways; in a notebook it shows itself as tables. */
export type Explanation = Displayable & {
  /** What a reader should know before believing the tables. */
  readonly warnings: readonly string[];
  /** How much worse predictions become once an input is shuffled. */
  readonly importance: PermutationImportance;
  /** The mean Jacobian, [out][in]. */
  readonly jacobian: MeanMap;
  /** The mean of |∂f_k/∂x_i| times the standard deviation of x_i, [out][in]: comparable across units. */
  readonly sensitivity: MeanMap;
  /** The mean relevance, LRP-γ with γ = 0.25, [out][in]; undefined where relevance cannot pass, for which a warning has the reason. */
  readonly relevance: MeanMap | undefined;
  /** What became of relevance layer by layer. */
  readonly conservation: Conservation | undefined;
  /** How far the methods agree. */
  readonly agreement: AttributionAgreement;
};

/**
 * Looks at a model in all ways of this library at once: importance, mean Jacobian, relevance, and how far they agree.
 *
 * @param model - a model or a function, as `gradient` takes it.
 * @param x - rows to explain, shape [batch, in], finite.
 * @throws RangeError if there are fewer than 2 rows (20 for a series), names do not fit, the model gives other than finite
 * numbers, or as `gradient` and `permutationImportance`.
 * @example
 * const model = (x) => tf.slice(x, [0, 0], [-1, 1]);
 * const x = tf.tensor2d([[1, 5], [2, 3], [3, 4], [4, 6]]);
 * const { jacobian, sensitivity } = await explain(model, x);
 * jacobian[0].map(({ value }) => value) // => [1, 0]
 */
export async function explain(model: Model, x: tf.Tensor2D, options: ExplainOptions = {}): Promise<Explanation> {
  const { rows, ...problem } = problemOf('explain', model, x);
  const names = namesOf(problem, options);
  const least = options.series ? 20 : 2;
  need(rows >= least, `explain needs at least ${least} rows`, rows);
  const average: Averaging = options.series ? seriesMeanEstimate : meanEstimate;
  const part = options.onPart ?? (() => {});
  await part('importance');
  const importance = await importanceOf(model, x, options, names);
  await part('Jacobians');
  const slopes = slopesOf(model, x, { names, average });
  await part('relevance');
  const passed = relevanceOf(model, x, { names, average });
  await part('agreement');
  const agreement = agreementOf(model, x, { ...options, hasRelevance: passed.map !== undefined });
  const found = { importance, ...slopes, relevance: passed.map, conservation: passed.conservation, agreement };
  const warnings = warningsAbout({ x, names, series: options.series === true, obstacle: passed.obstacle, ...found });
  const shown: Displayable = { [jupyterDisplay]: () => sectionsBundle({ warnings, ...found }) };
  return Object.freeze({ warnings, ...found, ...shown });
}

interface Size {
  readonly inputs: number;
  readonly outputs: number;
}

function namesOf({ inputs, outputs }: Size, options: ExplainOptions): Names {
  const numbered = (letter: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => letter + (i + 1));
  const names = { inputs: options.inputs ?? numbered('x', inputs), outputs: options.outputs ?? numbered('y', outputs) };
  need(names.inputs.length === inputs, `explain needs ${inputs} names of inputs`, names.inputs.length);
  need(names.outputs.length === outputs, `explain needs ${outputs} names of outputs`, names.outputs.length);
  return names;
}
