import type * as tf from '@tensorflow/tfjs';
import type { DenseStack } from '../dense/stack.js';
import { finiteStackOf } from '../derivatives/dense-stack-of.js';
import { type Problem, problemOf } from '../derivatives/problem.js';
import { filledTensor } from '../filled-tensor.js';
import { firstNotFinite } from '../finite.js';
import { need, needOptions } from '../need.js';
import type { Model } from '../tape/model.js';
import { checkHidden, startingStack } from './activations.js';
import { byGradients, isGradientTimesInput } from './by-gradients.js';
import { byRules } from './by-rules.js';
import { type Composite, uniform } from './composite.js';
import { type Conservation, conservationOf } from './conservation.js';
import { checkSame } from './fit.js';
import { ruledLayer } from './layer.js';
import type { LayerRule } from './layer-rule.js';
import { type Plan, propagate, type Rows } from './propagate.js';
import type { BiasMode, Rule } from './rule.js';
import { zeroRule } from './rules/epsilon.js';

const MODES: readonly string[] = ['absorb', 'ignore', 'distribute'];

/** By which rules relevance is handed down. */
export interface RelevanceOptions {
  /** One rule for all layers; {@link zeroRule} by default. */
  readonly rule?: Rule;
  /** Or a rule for each layer. */
  readonly composite?: Composite;
  /** What becomes of biases; by default what each rule says. */
  readonly bias?: BiasMode;
  /** Of the values' arithmetic: `float64`, the default, or `float32`, which is faster and no better than the inputs. */
  readonly precision?: 'float64' | 'float32';
}

/** Relevance, and what became of it on its way. */
export interface Relevance {
  /** Shape [batch, out, in]; the caller disposes. */
  readonly values: tf.Tensor3D;
  /** Layer by layer; worked out when it is first read. */
  readonly conservation: Conservation;
}

/**
 * Layer-wise relevance propagation (LRP): what each input contributed to each output, at every row.
 *
 * An output starts with its own value as relevance, and each layer's {@link Rule} hands it down from units to inputs; an
 * activation passes it unchanged, which makes sense where it gives 0 for 0. So sigmoid, hardSigmoid, softplus and exp are
 * refused in hidden layers, and outputs with one of them, or softmax, start from z: the logit of a sigmoid. The logits of a
 * softmax have a constant in common that means nothing; compare classes by differences of their relevance.
 *
 * A unit whose denominator is 0 hands nothing down. A unit that is off has no relevance by rules that look at activations;
 * by `flat`, `w-squared`, `z-box` and distributed biases it gets some, and hands it down as others do.
 *
 * @param model - a model of dense layers, activations, batch normalisation, rescaling, dropout and noise, one after the other.
 * @param x - shape [batch, in], finite.
 * @throws RangeError if the model is not one of dense layers, has weights that are not finite or hidden activations that are
 * not 0 at 0, if x has another rank or width, no rows or a value that is not finite or outside a rule's bounds, if rule and
 * composite are both given, one of them is not for these layers, a bias mode is none, or relevance leaves the range of single
 * precision; TypeError if the model is none, x no tensor of type float32, a rule or composite none, or options no object; Error if x or the
 * model is disposed, or the call stands inside tf.grad.
 * @example
 * const weights = [tf.tensor2d([[1], [2]]), tf.tensor1d([3])];
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], weights })] });
 * const { values, conservation } = relevance(model, tf.tensor2d([[1, 1]]), { rule: epsilonRule(0.5) });
 * values.dataSync() // ≈ [0.923, 1.846]
 * conservation[0].bias // ≈ 2.769
 * @see Bach et al. (2015), PLoS ONE 10(7), https://doi.org/10.1371/journal.pone.0130140
 */
export function relevance(model: Model, x: tf.Tensor2D, options: RelevanceOptions = {}): Relevance {
  needOptions('relevance', options);
  const problem = problemOf('relevance', model, x);
  const { rows, inputs, outputs } = problem;
  need(!('shares' in options), 'relevance needs its rule as { rule }', { words: 'a rule itself' }, TypeError);
  const plan = planOf(finiteStackOf('relevance', model), options);
  const values = filledTensor<tf.Rank.R3>([rows, outputs, inputs], (room) => {
    const found = room();
    const isGood = fill(plan, { x: problem.x, values: found, precision: options.precision });
    if (!isGood) checkFinite(found, inputs * outputs);
    return found;
  });
  let conservation: Conservation | undefined;
  return Object.freeze({
    values,
    get conservation(): Conservation {
      conservation ??= reportOn(plan, problem);
      return conservation;
    },
  });
}

function planOf(stack: DenseStack, { rule, composite, bias }: RelevanceOptions): Plan {
  need(rule === undefined || composite === undefined, 'relevance needs a rule or a composite', { words: 'both' });
  need(bias === undefined || MODES.includes(bias), `relevance needs a bias mode among ${MODES.join(', ')}`, bias);
  checkHidden('relevance', stack);
  if (composite !== undefined) checkSame(composite, stack);
  const rules: readonly LayerRule[] = composite ?? uniform('relevance', stack, rule === undefined ? zeroRule() : rule);
  const start = startingStack(stack);
  const layers = start.layers.map((dense, index) => ruledLayer(dense, rules[index]!.rule, bias));
  return { stack: start, layers };
}

/** Whether all values are known to be finite. */
function fill(plan: Plan, rows: Rows): boolean {
  if (isGradientTimesInput(plan)) return byGradients(plan, rows);
  byRules(plan, rows);
  return false;
}

// Takes far longer than the values.
function reportOn(plan: Plan, { x, rows, inputs, outputs }: Problem): Conservation {
  const accounts = propagate(plan, x, new Float32Array(rows * outputs * inputs));
  return conservationOf(plan.layers, accounts, rows * outputs);
}

function checkFinite(values: Float32Array, size: number): void {
  const bad = firstNotFinite(values);
  const words = `${values[bad]} in row ${Math.floor(bad / size)}`;
  need(bad < 0, 'relevance needs a stabiliser where denominators are next to 0', { words });
}
