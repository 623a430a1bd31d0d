import type { DenseLayer } from '../dense/stack.js';
import { boundOf } from './made-rule.js';
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
  readonly terms: readonly WeighedTerm[];
  /** What the biases contribute to the denominators, shape [units]. */
  readonly biases: Float64Array;
}

/** A term for the weights of one layer. */
interface WeighedTerm {
  /** v(W), shape [units, inputs]. */
  readonly weights: Float64Array;
  /** Between which values u holds activations, each of shape [inputs]. */
  readonly low: Float64Array;
  readonly high: Float64Array;
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
    terms: terms.map(({ input: { low, high }, weight }) => ({
      weights: dense.weights.map((value, place) => weight(value, Math.floor(place / inputs), place % inputs)),
      low: Float64Array.from({ length: inputs }, (_, j) => boundOf(low, j)),
      high: Float64Array.from({ length: inputs }, (_, j) => boundOf(high, j)),
    })),
    biases: dense.biases.map((value) => (mode === 'ignore' ? 0 : contribution(value))),
  }));
  return { dense, rule, inputs, units, shares, mode };
}
