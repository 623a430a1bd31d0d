import { pairs, triples } from '../packing.js';
import { foldedOutput, placeZeros, transposed } from './folded.js';
import type { Pass } from './forward.js';
import { inputDerivatives } from './inward.js';
import type { Derivatives, Logits } from './logits.js';
import { layerShares } from './shares.js';

interface DeepOptions {
  /** The outputs whose weights are folded into those of the top hidden layer: all that are wanted or none. */
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
  const { engine, stack, head } = network;
  const { product, scaleRows, scaleMatrix, fill } = engine.kernels;
  const hidden = network.layers.slice(0, -1);
  const top = hidden.length - 1;
  const adjoints = hidden.map(({ outputs: units }) => engine.memory.reserve(units * rows));
  const folded = new Map(outputs.map((o) => [o, foldedOutput(network, o)]));
  const turned = hidden.map((_, q) => (q < top || folded.size === 0 ? transposed(network, q) : 0));
  const zeros = placeZeros(pass);
  const inward = inputDerivatives(pass, small);
  const add = layerShares(pass, { adjoints, inward, small });

  const clear = ({ h, t }: Derivatives): void => {
    if (order > 1) fill(h, zeros, pairs(stack.inputs), rows);
    if (order > 2) fill(t, zeros, triples(stack.inputs), rows);
  };
  /** From f'_q G_q, at `x`, down to G_{q-1} or to g, times f'_{q-1} at once where no share needs G alone. */
  const stepDown = (q: number, matrix: number, { x, g }: { x: number; g: number }): void => {
    const { inputs, outputs: units } = hidden[q]!;
    const target = q > 0 ? adjoints[q - 1]! : g;
    const factor = q > 0 && !add.wants(q - 1) ? layers[q - 1]!.d1 : 0;
    product(target, matrix, units, x, factor, inputs, units, rows, 0);
  };
  const fromTop = (o: number, into: Derivatives): void => {
    const weights = head.weights + o * (head.inputs + 1) * engine.memory.size;
    const { d1 } = layers[top]!;
    const adjoint = adjoints[top]!;
    if (add.wants(top)) {
      fill(adjoint, weights, head.inputs, rows);
      add.share(top, into);
    }
    const matrix = folded.get(o);
    if (matrix === undefined) {
      scaleMatrix(adjoint, weights, 1, d1, head.inputs, 1, rows);
      stepDown(top, turned[top]!, { x: adjoint, g: into.g });
    } else stepDown(top, matrix, { x: d1, g: into.g });
  };
  return {
    share: inward.compute,
    derive(o, into) {
      clear(into);
      fromTop(o, into);
      for (let q = top - 1; q >= 0; q--) {
        const adjoint = adjoints[q]!;
        if (add.wants(q)) {
          add.share(q, into);
          scaleRows(adjoint, adjoint, layers[q]!.d1, hidden[q]!.outputs, 1, rows);
        }
        stepDown(q, turned[q]!, { x: adjoint, g: into.g });
      }
    },
  };
}
