import * as tf from '@tensorflow/tfjs';
import { type AttributionAgreement, agreementFor } from '../agreement/compare-attributions.js';
import { gradientTimesInput } from '../attribution/gradient-times-input.js';
import { integratedGradients } from '../attribution/integrated-gradients.js';
import { jacobian } from '../derivatives/jacobian.js';
import { firstNotFinite } from '../finite.js';
import { importanceFor } from '../importance/permutation-importance.js';
import type { PermutationImportance } from '../importance/result.js';
import { need } from '../need.js';
import type { Conservation } from '../relevance/conservation.js';
import { relevance } from '../relevance/relevance.js';
import { gammaRule } from '../relevance/rules/gamma.js';
import type { Model } from '../tape/model.js';
import { standardDeviation } from '../values.js';
import { columnsOf } from './columns.js';
import { type Averaging, type MeanMap, meanMap, type Names } from './mean-map.js';
import type { ExplainOptions } from './options.js';

const GAMMA = 0.25;
const COMPARED_ROWS = 200; // rank correlations take in² steps for each row

/** How much worse predictions of the truth become once an input is shuffled; without one, how much the model's own change. */
export async function importanceOf(
  model: Model,
  x: tf.Tensor2D,
  { y, metric = 'r2', seed = 0 }: Pick<ExplainOptions, 'y' | 'metric' | 'seed'>,
  { inputs }: Names,
): Promise<PermutationImportance> {
  if (y !== undefined) return importanceFor('explain', model, { x, y }, { metric, seed, names: inputs });
  const own = tf.tidy(() => (model instanceof tf.LayersModel ? (model.apply(x) as tf.Tensor) : model(x)));
  try {
    const values = own.dataSync<'float32'>();
    const bad = values[firstNotFinite(values)];
    need(bad === undefined, 'explain needs a model that gives finite numbers', bad);
    return await importanceFor('explain', model, { x, y: own }, { metric: 'meanSquaredError', seed, names: inputs });
  } finally {
    own.dispose();
  }
}

interface Means {
  readonly names: Names;
  readonly average: Averaging;
}

/** Mean Jacobian and sensitivity. */
export function slopesOf(
  model: Model,
  x: tf.Tensor2D,
  means: Means,
): { readonly jacobian: MeanMap; readonly sensitivity: MeanMap } {
  const J = jacobian(model, x);
  // In double precision: single would lose a small spread, and the squares of large values.
  const deviations = columnsOf(x).map(standardDeviation);
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

/** Mean relevance and its report, or why it cannot pass. */
interface Passed {
  readonly map: MeanMap | undefined;
  readonly conservation: Conservation | undefined;
  readonly obstacle: string | undefined;
}

/** Relevance is for stacks of dense layers; for other models everything else still has an answer. */
export function relevanceOf(model: Model, x: tf.Tensor2D, means: Means): Passed {
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

interface Compared extends Pick<ExplainOptions, 'seed' | 'series'> {
  readonly hasRelevance: boolean;
}

/** How far the methods agree about the first rows. */
export function agreementOf(
  model: Model,
  x: tf.Tensor2D,
  { seed = 0, series, hasRelevance }: Compared,
): AttributionAgreement {
  const rows = tf.slice(x, [0, 0], [Math.min(COMPARED_ROWS, x.shape[0]), -1]);
  const maps = {
    gradient: jacobian(model, rows),
    'gradient × input': gradientTimesInput(model, rows),
    'integrated gradients': integratedGradients(model, rows).values,
    ...(hasRelevance && { relevance: relevance(model, rows, { rule: gammaRule(GAMMA) }).values }),
  };
  try {
    return agreementFor('explain', maps, { seed, block: series ? Math.ceil(rows.shape[0] / 10) : 1 });
  } finally {
    tf.dispose([rows, maps]);
  }
}
