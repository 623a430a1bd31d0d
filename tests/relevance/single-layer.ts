import type { BiasMode, Rule } from 'netlens';
import { denseStack } from 'netlens/dense';
import { layerAccount } from '../../lib/relevance/account.js';
import { conservationOf } from '../../lib/relevance/conservation.js';
import { handingDown } from '../../lib/relevance/hand-down.js';
import { ruledLayer } from '../../lib/relevance/layer.js';
import type { LayerConservation } from '../../lib/relevance/layer-conservation.js';

/** One layer, one row. */
export interface Case {
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
  readonly x: readonly number[];
  readonly rule: Rule;
  readonly bias?: BiasMode;
}

/** What a layer makes of any relevance of its units, for one target, and its report. */
export function handDown(
  { weights, biases, x, rule, bias }: Case,
  relevance: readonly number[],
): { readonly result: readonly number[]; readonly report: LayerConservation } {
  const { layers } = denseStack(x.length, [{ weights: weights.flat(), biases }]);
  const layer = ruledLayer(layers[0]!, rule, bias);
  const account = layerAccount({ ...layer, targets: 1 });
  const z = Float64Array.from(biases, (b, k) => x.reduce((sum, a, j) => sum + a * weights[k]![j]!, b));
  const state = { activations: Float64Array.from(x), z };
  const result = Array.from(handingDown(layer, 1)(state, Float64Array.from(relevance), account));
  return { result, report: conservationOf([layer], [account], 1)[0]! };
}
