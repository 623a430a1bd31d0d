import { pairs, triples } from '../packing.js';
import { foldedOutput, outputWeights, pairProducts, tripleProducts } from './folded.js';
import type { Pass } from './forward.js';
import type { Logits } from './logit-derivatives.js';

/**
 * With one hidden layer, z = Σ_u w_u f(v_u·x + b_u): g_i = Σ_u (w_u v_ui) f'_u, h_ij = Σ_u (w_u v_ui v_uj) f''_u and so on,
 * one product each, with matrices that do not depend on the row.
 */
export function shallowLogits({ network, rows, order, layers }: Pass, outputs: readonly number[]): Logits {
  const { engine, stack } = network;
  const { inputs } = stack;
  const units = network.layers[0]!.outputs;
  const { d1, d2, d3 } = layers[0]!;
  const matrices = new Map(
    outputs.map((o) => {
      const factors = outputWeights(stack.layers[1]!, o);
      const first = foldedOutput(network, o);
      const second = order > 1 ? pairProducts(network, factors) : 0;
      return [o, { first, second, third: order > 2 ? tripleProducts(network, factors) : 0 }];
    }),
  );
  const { product } = engine.kernels;
  return {
    share() {},
    derive(o, { g, h, t }) {
      const { first, second, third } = matrices.get(o)!;
      product(g, first, units, d1, 0, inputs, units, rows, 0);
      if (order > 1) product(h, second, units, d2, 0, pairs(inputs), units, rows, 0);
      if (order > 2) product(t, third, units, d3, 0, triples(inputs), units, rows, 0);
    },
  };
}
