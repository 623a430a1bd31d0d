import type { LayerAccount } from './account.js';
import type { RuledLayer, WeighedShare } from './layer.js';

/** A layer in one row: the activations a that come in, shape [inputs], and z = W a + b, shape [units]. */
export interface LayerState {
  readonly activations: Float64Array;
  readonly z: Float64Array;
}

/** Hands the relevance of a layer's units, [targets, units], down to its inputs, [targets, inputs], in one row. */
export type HandDown = (state: LayerState, relevance: Float64Array, account: LayerAccount) => Float64Array;

/** A layer at work on so many targets. What it gives is overwritten by its next call. */
export function handingDown(layer: RuledLayer, targets: number): HandDown {
  const result = new Float64Array(targets * layer.inputs);
  const shares = layer.shares.map((share) => sharing(layer, share, targets));
  return (state, relevance, account) => {
    result.fill(0);
    account.open(relevance);
    for (const share of shares) share(state, { relevance, result, account });
    account.close(result);
    return result;
  };
}

interface Books {
  readonly relevance: Float64Array;
  readonly result: Float64Array;
  readonly account: LayerAccount;
}

function sharing(layer: RuledLayer, share: WeighedShare, targets: number): (state: LayerState, books: Books) => void {
  const { inputs, units } = layer;
  const room = {
    values: share.weights.map(() => new Float64Array(inputs)),
    sums: share.weights.map(() => new Float64Array(inputs)),
    divisors: new Float64Array(units),
    spread: new Float64Array(units),
  };
  const { values, sums } = room;
  const divide = dividing(layer, share, room);
  const gather = gathering(layer, share, room);
  return ({ activations, z }, { relevance, result, account }) => {
    for (let t = 0; t < values.length; t++)
      for (let j = 0; j < inputs; j++) values[t]![j] = share.inputs[t]!(activations[j]!, j);
    divide(z, account);
    for (let target = 0; target < targets; target++) {
      const rest = gather(relevance, target * units);
      for (let t = 0; t < sums.length; t++)
        for (let j = 0; j < inputs; j++) result[target * inputs + j]! += values[t]![j]! * sums[t]![j]!;
      if (rest !== 0) for (let j = 0; j < inputs; j++) result[target * inputs + j]! += rest / inputs;
    }
  };
}

/** Room for one share in one row. */
interface Room {
  /** u(a) of each term, shape [inputs]. */
  readonly values: readonly Float64Array[];
  /** Σ_k v(W_kj) R'_k / (d_k + ε sgn d_k) of each term, shape [inputs]. */
  readonly sums: readonly Float64Array[];
  /** d_k + ε sgn d_k, shape [units]; 0 where a unit hands nothing down. */
  readonly divisors: Float64Array;
  /** What of a divisor is spread evenly over the inputs, shape [units]. */
  readonly spread: Float64Array;
}

function dividing(layer: RuledLayer, share: WeighedShare, { values, divisors, spread }: Room) {
  const { inputs, units, mode } = layer;
  const { stabiliser } = layer.rule;
  return (z: Float64Array, account: LayerAccount): void => {
    for (let k = 0; k < units; k++) {
      divisors[k] = 0;
      if (share.units !== 'all' && z[k]! < 0 !== (share.units === 'negative')) continue;
      let denominator = share.biases[k]!;
      for (let t = 0; t < values.length; t++)
        for (let j = 0; j < inputs; j++) denominator += share.weights[t]![k * inputs + j]! * values[t]![j]!;
      const added = denominator < 0 ? -stabiliser : stabiliser;
      divisors[k] = denominator + added;
      if (mode === 'distribute') spread[k] = share.biases[k]! + added;
      account.enter(k, { factor: share.factor, denominator, bias: share.biases[k]!, stabiliser: added });
    }
  };
}

function gathering({ inputs, units }: RuledLayer, share: WeighedShare, { sums, divisors, spread }: Room) {
  return (relevance: Float64Array, start: number): number => {
    for (const sum of sums) sum.fill(0);
    let rest = 0;
    for (let k = 0; k < units; k++) {
      const above = relevance[start + k]!;
      const divisor = divisors[k]!;
      if (above === 0 || divisor === 0) continue;
      const ratio = (share.factor * above) / divisor;
      rest += ratio * spread[k]!;
      for (let t = 0; t < sums.length; t++) addScaled(sums[t]!, ratio, { of: share.weights[t]!, start: k * inputs });
    }
    return rest;
  };
}

function addScaled(sum: Float64Array, factor: number, part: { readonly of: Float64Array; readonly start: number }) {
  const { of, start } = part;
  for (let j = 0; j < sum.length; j++) sum[j]! += factor * of[start + j]!;
}
