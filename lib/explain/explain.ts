import * as tf from '@tensorflow/tfjs';
import { type AttributionAgreement, compareAttributions } from '../agreement/compare-attributions.js';
import { gradientTimesInput } from '../attribution/gradient-times-input.js';
import { integratedGradients } from '../attribution/integrated-gradients.js';
import { jacobian } from '../derivatives/jacobian.js';
import { problemOf } from '../derivatives/problem.js';
import type { Metric } from '../importance/metric.js';
import { permutationImportance } from '../importance/permutation-importance.js';
import type { PermutationImportance } from '../importance/result.js';
import { need } from '../need.js';
import { type Displayable, jupyterDisplay } from '../plot/display.js';
import type { Conservation } from '../relevance/conservation.js';
import { relevance } from '../relevance/relevance.js';
import { gammaRule } from '../relevance/rules/gamma.js';
import type { Model } from '../tape/model.js';
import { meanEstimate, seriesMeanEstimate } from '../uncertainty/mean-estimate.js';
import { type Averaging, type MeanMap, meanMap, type Names } from './mean-map.js';
import { sectionsBundle } from './sections.js';
import { warningsAbout } from './warnings.js';

/** What is known about the model and its data. */
export interface ExplainOptions {
  /** The truth, [batch, out]; without it inputs are scored by how much the model's own outputs change. */
  readonly y?: tf.Tensor;
  /** How predictions are scored against `y`; `r2` by default. */
  readonly metric?: Metric;
  /** Names of the inputs; x1, x2, … by default. */
  readonly inputs?: readonly string[];
  /** Names of the outputs; y1, y2, … by default. */
  readonly outputs?: readonly string[];
  /** Whether the rows follow each other in time: errors then take into account that neighbours are alike. */
  readonly series?: boolean;
  /** Seed of the shuffles; 0 by default. */
  readonly seed?: number;
  /** Called before each part of the work. */
  readonly onPart?: (part: string) => void | Promise<void>;
}

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

const GAMMA = 0.25;
const COMPARED_ROWS = 200; // rank correlations take in² steps for each row

/**
 * Looks at a model in all ways of this library at once: importance, mean Jacobian, relevance, and how far they agree.
 *
 * @param model - a model or a function, as `gradient` takes it.
 * @param x - rows to explain, shape [batch, in], finite.
 * @throws RangeError if there are fewer than 2 rows (20 for a series), names do not fit, or as `gradient` and
 * `permutationImportance`.
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

async function importanceOf(
  model: Model,
  x: tf.Tensor2D,
  { y, metric = 'r2', seed = 0 }: ExplainOptions,
  { inputs }: Names,
): Promise<PermutationImportance> {
  if (y !== undefined) return permutationImportance(model, x, y, { metric, seed, names: inputs });
  const own = tf.tidy(() => (model instanceof tf.LayersModel ? (model.apply(x) as tf.Tensor) : model(x)));
  try {
    return await permutationImportance(model, x, own, { metric: 'meanSquaredError', seed, names: inputs });
  } finally {
    own.dispose();
  }
}

interface Means {
  readonly names: Names;
  readonly average: Averaging;
}

function slopesOf(
  model: Model,
  x: tf.Tensor2D,
  means: Means,
): { readonly jacobian: MeanMap; readonly sensitivity: MeanMap } {
  const J = jacobian(model, x);
  const deviations = tf.tidy(() => tf.moments(x, 0).variance.sqrt().dataSync());
  try {
    return {
      jacobian: meanMap(J, { caption: 'Mean Jacobian, ∂output/∂input', ...means }),
      sensitivity: meanMap(J, {
        caption: 'Mean sensitivity, |∂output/∂input| × standard deviation of the input',
        part: (slope, i) => Math.abs(slope) * deviations[i]!,
        ...means,
      }),
    };
  } finally {
    J.dispose();
  }
}

interface Passed {
  readonly map: MeanMap | undefined;
  readonly conservation: Conservation | undefined;
  readonly obstacle: string | undefined;
}

// Relevance is for stacks of dense layers; for other models everything else still has an answer.
function relevanceOf(model: Model, x: tf.Tensor2D, means: Means): Passed {
  try {
    const { values, conservation } = relevance(model, x, { rule: gammaRule(GAMMA) });
    const map = meanMap(values, { caption: `Mean relevance (LRP-γ, γ = ${GAMMA})`, ...means });
    values.dispose();
    return { map, conservation, obstacle: undefined };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { map: undefined, conservation: undefined, obstacle: error.message };
  }
}

interface Compared extends ExplainOptions {
  readonly hasRelevance: boolean;
}

function agreementOf(model: Model, x: tf.Tensor2D, { seed = 0, series, hasRelevance }: Compared): AttributionAgreement {
  const rows = tf.slice(x, [0, 0], [Math.min(COMPARED_ROWS, x.shape[0]), -1]);
  const maps = {
    gradient: jacobian(model, rows),
    'gradient × input': gradientTimesInput(model, rows),
    'integrated gradients': integratedGradients(model, rows).values,
    ...(hasRelevance && { relevance: relevance(model, rows, { rule: gammaRule(GAMMA) }).values }),
  };
  try {
    return compareAttributions(maps, { seed, block: series ? Math.ceil(rows.shape[0] / 10) : 1 });
  } finally {
    tf.dispose([rows, maps]);
  }
}
