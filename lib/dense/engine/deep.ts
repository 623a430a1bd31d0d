import { pairs, triples } from '../packing.js';
import { foldedOutput, transposed } from './folded.js';
import type { Pass } from './forward.js';
import { inputDerivatives } from './inward.js';
import type { Derivatives, Logits } from './logits.js';
import { placeNumbers } from './network.js';
import { layerShares } from './shares.js';

interface DeepOptions {
  readonly outputs: readonly number[];
  /** Whether products of the first layer's weights are few enough to be kept. */
  readonly small: boolean;
}

/**
 * Several hidden layers. Backwards: G_q = ∂z/∂a_q, the adjoints of the hidden layers of one output, from the top
 * (its weights) through G_{q-1} = W_q' (f'_q G_q) down to the inputs. What each layer adds to the higher derivatives,
 * Σ_u G_u f''_u F_u F_u' and its like, needs the derivatives F of its z with respect to the inputs, computed forwards.
 */
export function deepLogits(pass: Pass, { outputs, small }: DeepOptions): Logits {
  const { network, rows, order, layers } = pass;
  const { engine, stack } = network;
  const { product, scaleRows, fill } = engine.kernels;
  const top = layers.length - 2;
  const adjoints = network.layers.slice(0, -1).map(({ outputs: units }) => engine.memory.reserve(units * rows));
  const turned = network.layers.slice(0, top).map((_, q) => transposed(network, q));
  const folded = new Map(outputs.map((o) => [o, foldedOutput(network, o)]));
  const zeros = placeNumbers(engine, order < 3 ? pairs(stack.inputs) : triples(stack.inputs), () => 0);
  const inward = inputDerivatives(pass, small);
  const add = layerShares(pass, { adjoints, inward, small });

  /** The step from f'_q G_q, at `x`, down to G_{q-1} or to g, times f'_{q-1} at once where no share needs G alone. */
  const stepDown = (matrix: number, q: number, { x, g }: { x: number; g: number }): void => {
    const { inputs, outputs: units } = network.layers[q]!;
    const target = q > 0 ? adjoints[q - 1]! : g;
    const factor = q > 0 && !add.wants(q - 1) ? layers[q - 1]!.d1 : 0;
    product(target, matrix, units, x, factor, inputs, units, rows, 0);
  };
  const clear = ({ h, t }: Derivatives): void => {
    if (order > 1) fill(h, zeros, pairs(stack.inputs), rows);
    if (order > 2) fill(t, zeros, triples(stack.inputs), rows);
  };
  return {
    share: inward.compute,
    derive(o, into) {
      clear(into);
      if (add.wants(top)) {
        fill(
          adjoints[top]!,
          network.head.weights + o * (network.head.inputs + 1) * engine.memory.size,
          network.head.inputs,
          rows,
        );
        add.share(top, into);
      }
      stepDown(folded.get(o)!, top, { x: layers[top]!.d1, g: into.g });
      for (let q = top - 1; q >= 0; q--) {
        const adjoint = adjoints[q]!;
        if (add.wants(q)) {
          add.share(q, into);
          scaleRows(adjoint, adjoint, layers[q]!.d1, network.layers[q]!.outputs, 1, rows);
        }
        stepDown(turned[q]!, q, { x: adjoint, g: into.g });
      }
    },
  };
}
