import { type DenseActivation, isActivation } from '../dense/activation.js';
import type { DenseLayer, DenseStack } from '../dense/stack.js';
import { finiteStackOf } from '../derivatives/dense-stack-of.js';
import { need, needOptions } from '../need.js';
import { type Displayable, jupyterDisplay } from '../plot/display.js';
import type { Model } from '../tape/model.js';
import { compositeBundle } from './composite-table.js';
import { inputsOf } from './layer.js';
import type { LayerRule } from './layer-rule.js';
import { isPosition, layerAt, type Position, standsAt } from './position.js';
import type { Rule } from './rule.js';
import { checkRule } from './rule-check.js';

/** A rule and the layers that it is for: those at a place, those with an activation, or, without either, all. */
export interface RuleChoice {
  /** A {@link Position}, or the number of a layer from 0; negative numbers count from the end. */
  readonly at?: Position | number;
  /** The layers' own activation. */
  readonly activation?: DenseActivation;
  readonly rule: Rule;
}

/** Which rule each layer of a network gets, from the first to the last; in a notebook it shows itself as a table. */
export type Composite = readonly LayerRule[] & Displayable;

/**
 * Chooses a rule for each layer of a network: the first choice that a layer meets is its own.
 *
 * The positions `lower`, `middle` and `upper` are thirds of the depth. Layers are those of dense layers that the model comes
 * to: batch normalisation and activations are part of them.
 *
 * @param model - a model of dense layers, as `relevance` takes it.
 * @param choices - in order of precedence.
 * @returns a rule for each layer, to be used with any model of the same layers.
 * @throws RangeError if the model is not one of dense layers, a place or an activation is none, a rule is not for its
 * layer, or a layer is left without one; TypeError if it is no model, choices are no list, or a rule is none; Error if it is disposed.
 * @example
 * const size = { inputs: 8, hidden: [16, 16], outputs: 8 };
 * const model = createMlp({ ...size, activation: 'relu', outputActivation: 'linear', seed: 1 });
 * const choices = composite(model, [
 *   { at: 'first', rule: wSquareRule() },
 *   { at: 'upper', rule: zeroRule() },
 *   { rule: gammaRule(0.25) },
 * ]);
 * choices.map(({ rule }) => rule.name) // => ['w-squared', 'gamma 0.25', 'zero']
 * @see Kohlbrenner et al. (2020), https://arxiv.org/abs/1910.09840
 */
export function composite(model: Model, choices: readonly RuleChoice[]): Composite {
  const stack = finiteStackOf('composite', model);
  need(Array.isArray(choices), 'composite needs a list of choices', choices, TypeError);
  choices.forEach((choice) => checkChoice(choice, stack.layers.length));
  const layers = stack.layers.map((dense, layer) => {
    const found = choices.find((choice) => meets(choice, { layer, of: stack }));
    need(found !== undefined, `composite needs a rule for layer ${layer}`, { words: 'no choice that it meets' });
    return layerRule('composite', { dense, layer, rule: found.rule });
  });
  const shown: Displayable = { [jupyterDisplay]: () => compositeBundle(layers) };
  return Object.freeze(Object.assign(layers, shown));
}

/** The same rule for every layer. */
export function uniform(owner: string, stack: DenseStack, rule: Rule): readonly LayerRule[] {
  checkRule(owner, rule);
  return stack.layers.map((dense, layer) => layerRule(owner, { dense, layer, rule }));
}

function layerRule(owner: string, given: { readonly dense: DenseLayer; readonly layer: number; readonly rule: Rule }) {
  const { dense, layer, rule } = given;
  const [inputs, units] = [inputsOf(dense), dense.biases.length];
  const lacking = rule.lacking(inputs, units);
  const got = { words: `${inputs} inputs and ${units} units in layer ${layer}` };
  need(lacking === undefined, `${owner} needs ${lacking} for the rule ${rule.name}`, got);
  return Object.freeze({ layer, inputs, units, activation: dense.activation, rule });
}

function checkChoice(choice: RuleChoice, depth: number): void {
  needOptions('composite', choice, 'each choice');
  const { at, activation, rule } = choice;
  checkRule('composite', rule);
  const known = at === undefined || isPosition(at) || layerAt(at, depth) !== undefined;
  need(known, `composite needs a position or a layer from ${-depth} to ${depth - 1}`, at);
  need(activation === undefined || isActivation(activation), 'composite needs a known activation', activation);
}

function meets({ at, activation }: RuleChoice, place: { readonly layer: number; readonly of: DenseStack }): boolean {
  const { layer, of } = place;
  const depth = of.layers.length;
  const there = at === undefined || (isPosition(at) ? standsAt(at, layer, depth) : layerAt(at, depth) === layer);
  return there && (activation === undefined || of.layers[layer]!.activation === activation);
}
