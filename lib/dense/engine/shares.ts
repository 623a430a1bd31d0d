import { pairs, triples } from '../packing.js';
import { pairProducts, placeZeros, tripleProducts } from './folded.js';
import type { Pass } from './forward.js';
import { inputDerivatives } from './inward.js';
import type { OrderedDerivatives } from './logit-derivatives.js';

/** What hidden layers add to the second and third derivatives of an output, from their adjoints G_q. */
export interface LayerShares {
  /** G of every hidden layer. */
  readonly adjoints: readonly number[];
  /** Once for a block of which `count` rows matter, after the pass forward. */
  prepare(count: number): void;
  /** Before the layers of an output, from the top down. */
  begin(into: OrderedDerivatives): void;
  /** Whether a layer adds anything. */
  wants(q: number, into: OrderedDerivatives): boolean;
  share(q: number, into: OrderedDerivatives): void;
}

/** Room for G of every hidden layer. */
export function adjointsFor({ network, rows }: Pass): readonly number[] {
  return network.layers.slice(0, -1).map(({ outputs }) => network.engine.memory.reserve(outputs * rows));
}

/**
 * Through the layer's own input derivatives; for the first layer, where these are weights, through products of weights if they
 * are few enough to be kept.
 */
export function layerShares(pass: Pass, small: boolean): LayerShares {
  const { network, rows, order, layers } = pass;
  const { engine, stack } = network;
  const { inputs } = stack;
  const adjoints = adjointsFor(pass);
  const inward = inputDerivatives(pass, small);
  const zeros = placeZeros(pass);
  const isCurved = (q: number): boolean => network.layers[q]!.curved;
  const widest = Math.max(...network.layers.slice(0, -1).map(({ outputs }) => outputs));
  const weighted = order > 1 ? engine.memory.reserve(widest * rows) : 0;
  const byProducts = order > 1 && isCurved(0) && small ? firstLayerShare(pass, adjoints[0]!) : undefined;
  return {
    adjoints,
    prepare: inward.compute,
    begin({ order: wanted, h, t }) {
      if (wanted > 1) engine.kernels.fill(h, zeros, pairs(inputs), rows);
      if (wanted > 2) engine.kernels.fill(t, zeros, triples(inputs), rows);
    },
    wants: (q, into) => into.order > 1 && isCurved(q),
    share(q, into) {
      if (q === 0 && byProducts) return byProducts(into);
      const units = network.layers[q]!.outputs;
      const { d2, d3 } = layers[q]!;
      const [adjoint, first, second] = [adjoints[q]!, inward.first[q]!, inward.second[q]!];
      engine.kernels.addCurvature(into.h, adjoint, d2, first, weighted, units, inputs, rows);
      if (into.order > 2) engine.kernels.addTorsion(into.t, adjoint, d2, d3, first, second, units, inputs, rows);
    },
  };
}

/** h += P (G f''), t += P (G f'''), P the products of two and three weights. */
function firstLayerShare({ network, rows, order, layers }: Pass, adjoint: number): (into: OrderedDerivatives) => void {
  const { engine, stack } = network;
  const units = network.layers[0]!.outputs;
  const { d2, d3 } = layers[0]!;
  const second = pairProducts(network);
  const third = order > 2 ? tripleProducts(network) : 0;
  const weighted = engine.memory.reserve(units * rows);
  const { scaleRows, product } = engine.kernels;
  return ({ h, t, order: wanted }) => {
    scaleRows(weighted, adjoint, d2, units, 1, rows);
    product(h, second, units, weighted, 0, pairs(stack.inputs), units, rows, 1);
    if (wanted < 3) return;
    scaleRows(weighted, adjoint, d3, units, 1, rows);
    product(t, third, units, weighted, 0, triples(stack.inputs), units, rows, 1);
  };
}
