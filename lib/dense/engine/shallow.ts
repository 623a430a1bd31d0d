import { pairs, triples } from '../packing.js';
import { foldedOutput, outputWeights, pairProducts, tripleProducts } from './folded.js';
import type { Pass } from './forward.js';
import { areMixed, type Logits } from './logit-derivatives.js';

/**
 * With one hidden layer, z = Σ_u w_u f(v_u·x + b_u): g_i = Σ_u (w_u v_ui) f'_u, h_ij = Σ_u (w_u v_ui v_uj) f''_u and so on,
 * one product each, with matrices that do not depend on the row.
 */
export function shallowLogits(pass: Pass, outputs: readonly number[]): Logits {
  const { network, rows, order, layers } = pass;
  const { engine, stack } = network;
  const { inputs } = stack;
  const units = network.layers[0]!.outputs;
  const { d1, d2, d3 } = layers[0]!;
  const mixed = areMixed(pass);
  const matrices = new Map(
    outputs.map((o) => {
      const factors = outputWeights(stack.layers[1]!, o);
      const first = foldedOutput(network, o);
      const second = order > 1 && (order > 2 || !mixed) ? pairProducts(network, factors) : 0;
      return [o, { first, second, third: order > 2 ? tripleProducts(network, factors) : 0 }];
    }),
  );
  const products = mixed ? pairProducts(network) : 0;
  const bent = mixed ? engine.memory.reserve(units * rows) : 0;
  const { product, scaleRows } = engine.kernels;
  return {
    share() {},
    derive(o, { g, h, t, order: wanted }) {
      const { first, second, third } = matrices.get(o)!;
      product(g, first, units, d1, 0, inputs, units, rows, 0);
      if (wanted > 1) product(h, second, units, d2, 0, pairs(inputs), units, rows, 0);
      if (wanted > 2) product(t, third, units, d3, 0, triples(inputs), units, rows, 0);
    },
    mix(weights, { h }) {
      scaleRows(bent, weights, d2, units, 1, rows);
      product(h, products, units, bent, 0, pairs(inputs), units, rows, 0);
    },
  };
}
