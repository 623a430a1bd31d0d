import type { LayerAccount } from './account.js';
import type { RuledLayer, WeighedShare } from './layer.js';

/** A layer in one row: the activations a that come in, shape [inputs], and z = W a + b, shape [units]. */
export interface LayerState {
  readonly activations: Float64Array;
  readonly z: Float64Array;
}

/**
 * Which part of each unit's relevance goes to which input in one row, M_kj, shape [units, inputs]; only for units that have
 * relevance. Overwritten by the next call.
 */
export type Messages = (state: LayerState, account: LayerAccount) => Float64Array;

/** The messages of a layer by its rule. */
export function messaging(layer: RuledLayer): Messages {
  const { inputs, units } = layer;
  const messages = new Float64Array(units * inputs);
  const shares = layer.shares.map((share) => sharing(layer, share, messages));
  return ({ activations, z }, account) => {
    for (const { take } of shares) take(activations);
    for (let k = 0; k < units; k++) {
      if (account.amount(k) === 0) continue;
      messages.fill(0, k * inputs, (k + 1) * inputs);
      for (const { kind, add } of shares) if (kind === 'all' || (kind === 'negative') === z[k]! < 0) add(k, account);
    }
    return messages;
  };
}

interface Sharing {
  readonly kind: WeighedShare['units'];
  /** Reads a row's activations. */
  readonly take: (activations: Float64Array) => void;
  /** Adds the messages of one unit. */
  readonly add: (k: number, account: LayerAccount) => void;
}

function sharing({ inputs, rule, mode }: RuledLayer, share: WeighedShare, messages: Float64Array): Sharing {
  const { factor, terms, biases } = share;
  const values = terms.map(() => new Float64Array(inputs));
  const contributions = new Float64Array(inputs);
  const take = (activations: Float64Array): void => {
    terms.forEach(({ low, high }, t) => {
      for (let j = 0; j < inputs; j++) values[t]![j] = Math.min(Math.max(activations[j]!, low[j]!), high[j]!);
    });
  };
  const add = (k: number, account: LayerAccount): void => {
    const bias = biases[k]!;
    contributions.fill(0);
    for (let t = 0; t < terms.length; t++) addProducts(contributions, values[t]!, { weights: terms[t]!.weights, k });
    const denominator = sum(contributions, bias);
    const stabiliser = denominator < 0 ? -rule.stabiliser : rule.stabiliser;
    account.enter(k, { factor, denominator, bias, stabiliser });
    const divisor = denominator + stabiliser;
    if (divisor === 0) return;
    const even = mode === 'distribute' ? (bias + stabiliser) / inputs : 0;
    for (let j = 0; j < inputs; j++) messages[k * inputs + j]! += (factor * (contributions[j]! + even)) / divisor;
  };
  return { kind: share.units, take, add };
}

interface UnitWeights {
  readonly weights: Float64Array;
  readonly k: number;
}

function addProducts(sums: Float64Array, values: Float64Array, { weights, k }: UnitWeights): void {
  const from = k * sums.length;
  for (let j = 0; j < sums.length; j++) sums[j]! += weights[from + j]! * values[j]!;
}

function sum(values: Float64Array, start: number): number {
  let total = start;
  for (let j = 0; j < values.length; j++) total += values[j]!;
  return total;
}
