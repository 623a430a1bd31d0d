import type * as tf from '@tensorflow/tfjs';
import type { AttributionAgreement } from '../agreement/compare-attributions.js';
import { problemOf } from '../derivatives/problem.js';
import type { PermutationImportance } from '../importance/result.js';
import { namesOf, numbered } from '../names.js';
import { need, needOptions } from '../need.js';
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
 * numbers, or as `gradient` and `permutationImportance`; TypeError if `onPart` is no function, or options are no object.
 * @example
 * const model = (x) => tf.slice(x, [0, 0], [-1, 1]);
 * const x = tf.tensor2d([[1, 5], [2, 3], [3, 4], [4, 6]]);
 * const { jacobian, sensitivity } = await explain(model, x);
 * jacobian[0].map(({ value }) => value) // => [1, 0]
 */
export async function explain(model: Model, x: tf.Tensor2D, options: ExplainOptions = {}): Promise<Explanation> {
  needOptions('explain', options);
  need(!('dataSync' in options), 'explain needs y among its options', { words: 'a tensor in their place' }, TypeError);
  const { rows, ...problem } = problemOf('explain', model, x);
  const names = allNames(problem, options);
  const least = options.series ? 20 : 2;
  need(rows >= least, `explain needs at least ${least} rows`, rows);
  const average: Averaging = options.series ? seriesMeanEstimate : meanEstimate;
  const { onPart: part = () => {} } = options;
  need(typeof part === 'function', 'explain needs a function onPart', part, TypeError);
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

function allNames({ inputs, outputs }: Size, options: ExplainOptions): Names {
  return {
    inputs: namesOf('explain', numbered('x', inputs), options.inputs, 'names of inputs'),
    outputs: namesOf('explain', numbered('y', outputs), options.outputs, 'names of outputs'),
  };
}
