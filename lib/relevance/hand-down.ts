import type { LayerAccount } from './account.js';
import type { RuledLayer } from './layer.js';
import { type LayerState, messaging } from './messages.js';

/** Hands the relevance of a layer's units, [targets, units], down to its inputs, [targets, inputs], in one row. */
export type HandDown = (state: LayerState, relevance: Float64Array, account: LayerAccount) => Float64Array;

/** A layer at work on so many targets: R = R' M. What it gives is overwritten by its next call. */
export function handingDown(layer: RuledLayer, targets: number): HandDown {
  const { inputs, units } = layer;
  const result = new Float64Array(targets * inputs);
  const write = messaging(layer);
  const sizes = { targets, units, inputs };
  return (state, relevance, account) => {
    account.open(relevance);
    multiply(relevance, write(state, account), { ...sizes, result });
    account.close(result);
    return result;
  };
}

interface Product {
  readonly targets: number;
  readonly units: number;
  readonly inputs: number;
  readonly result: Float64Array;
}

// Units without relevance are left out: their messages are not written.
function multiply(relevance: Float64Array, messages: Float64Array, { targets, units, inputs, result }: Product): void {
  result.fill(0);
  for (let target = 0; target < targets; target++) {
    const to = target * inputs;
    for (let k = 0; k < units; k++) {
      const above = relevance[target * units + k]!;
      if (above === 0) continue;
      const from = k * inputs;
      for (let j = 0; j < inputs; j++) result[to + j]! += above * messages[from + j]!;
    }
  }
}
