import type { DenseLayer } from '../dense/stack.js';
import type { BiasMode, Rule, RuleShare } from './rule.js';

/** How many inputs a layer has. */
export function inputsOf({ weights, biases }: DenseLayer): number {
  return weights.length / biases.length;
}

/** A dense layer and its rule, with the rule's weights worked out. */
export interface RuledLayer {
  readonly dense: DenseLayer;
  readonly rule: Rule;
  readonly inputs: number;
  readonly units: number;
  readonly shares: readonly WeighedShare[];
  /** What becomes of biases. */
  readonly mode: BiasMode;
}

/** A share of a rule for the weights of one layer. */
export interface WeighedShare {
  readonly factor: number;
  readonly units: RuleShare['units'];
  /** u of each term. */
  readonly terms: readonly RuleShare['terms'][number]['input'][];
  /** v(W) of each term, shape [units, inputs]. */
  readonly weights: readonly Float64Array[];
  /** What the biases contribute to the denominators, shape [units]. */
  readonly biases: Float64Array;
}

/**
 * Works out a rule's weights for a layer.
 *
 * @param bias - what is to become of biases, if the rule leaves it open; its own mode by default.
 */
export function ruledLayer(dense: DenseLayer, rule: Rule, bias?: BiasMode): RuledLayer {
  const units = dense.biases.length;
  const inputs = inputsOf(dense);
  const mode = rule.keepsBiasMode ? rule.biasMode : (bias ?? rule.biasMode);
  const shares = rule.shares.map(({ factor, units: which, terms, bias: contribution }) => ({
    factor,
    units: which,
    terms: terms.map(({ input }) => input),
    weights: terms.map(({ weight }) =>
      dense.weights.map((value, place) => weight(value, Math.floor(place / inputs), place % inputs)),
    ),
    biases: dense.biases.map((value) => (mode === 'ignore' ? 0 : contribution(value))),
  }));
  return { dense, rule, inputs, units, shares, mode };
}
