import type { Network } from './network.js';

/** Orders of derivatives: 0 is the value alone. */
export type Order = 0 | 1 | 2 | 3;

/** Where a layer's results stand, feature by feature: f(z) and its derivatives as far as they are wanted, else 0. */
interface LayerBlocks {
  readonly values: number;
  readonly d1: number;
  readonly d2: number;
  readonly d3: number;
}

/** A network on blocks of `rows` rows. */
export interface Pass {
  readonly network: Network;
  readonly rows: number;
  readonly order: Order;
  /** The block of inputs. */
  readonly x: number;
  readonly layers: readonly LayerBlocks[];
  readonly head: LayerBlocks;
}

/** Room for a pass with derivatives of the activations up to an order. */
export function preparePass(network: Network, rows: number, order: Order): Pass {
  const { memory } = network.engine;
  const x = memory.reserve(network.stack.inputs * rows);
  const layers = network.layers.map(({ outputs, kind }) => {
    const values = memory.reserve(outputs * rows);
    // softmax is e^(z - log Σ e^z): all its derivatives are its values.
    if (kind < 0) return { values, d1: values, d2: values, d3: values };
    const derivative = (n: number): number => (order >= n ? memory.reserve(outputs * rows) : 0);
    return { values, d1: derivative(1), d2: derivative(2), d3: derivative(3) };
  });
  return { network, rows, order, x, layers, head: layers.at(-1)! };
}

/** From the inputs through the first `depth` layers. */
export function forward({ network, rows, x, layers }: Pass, depth: number): void {
  const { affine, activate, softmax } = network.engine.kernels;
  let below = x;
  for (let q = 0; q < depth; q++) {
    const { weights, inputs, outputs, kind, alpha } = network.layers[q]!;
    const { values, d1, d2, d3 } = layers[q]!;
    affine(values, weights, below, outputs, inputs, rows);
    if (kind < 0) softmax(values, outputs, rows);
    else if (kind > 0 || d1 > 0) activate(kind, alpha, values, d1, d2, d3, outputs * rows);
    below = values;
  }
}

/** The same through all layers, with f(z) / (z + ε sgn z) in the place of f'(z) and a stabiliser ε for each. */
export function forwardRatios({ network, rows, x, layers }: Pass, stabilisers: readonly number[]): void {
  const { memory, kernels } = network.engine;
  let below = x;
  for (const [q, { weights, inputs, outputs, kind, alpha }] of network.layers.entries()) {
    const { values, d1 } = layers[q]!;
    const count = outputs * rows;
    kernels.affine(d1, weights, below, outputs, inputs, rows);
    memory.view(values, count).set(memory.view(d1, count));
    if (kind > 0) kernels.activate(kind, alpha, values, 0, 0, 0, count);
    kernels.ratios(d1, values, stabilisers[q]!, count);
    below = values;
  }
}
