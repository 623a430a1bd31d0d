import { foldedOutput, turnedWeights } from './folded.js';
import type { Pass } from './forward.js';
import { areMixed, type Logits, type OrderedDerivatives } from './logit-derivatives.js';
import type { LayerShares } from './shares.js';

interface DeepOptions {
  /** The outputs whose weights are folded into those of the top hidden layer: all that are wanted or none. */
  readonly outputs: readonly number[];
  readonly shares: LayerShares;
}

/** What stands ready for the way back through the hidden layers. */
interface Backwards {
  readonly pass: Pass;
  /** The top hidden layer's weights times those of an output. */
  readonly folded: ReadonlyMap<number, number>;
  /** W' of every hidden layer, of the top one only where it is needed beside what is folded. */
  readonly turned: readonly number[];
  readonly shares: LayerShares;
}

/**
 * Several hidden layers. Backwards: G_q = ∂z/∂a_q, the adjoints of the hidden layers of one output, from the top
 * (its weights) through G_{q-1} = W_q' (f'_q G_q) down to the inputs. What each layer adds to the higher derivatives,
 * Σ_u G_u f''_u F_u F_u' and its like, needs the derivatives F of its z with respect to the inputs, computed forwards.
 */
export function deepLogits(pass: Pass, { outputs, shares }: DeepOptions): Logits {
  const { network, rows } = pass;
  const { kernels, memory } = network.engine;
  const { adjoints } = shares;
  const hidden = network.layers.slice(0, -1);
  const top = hidden.length - 1;
  const folded = new Map(outputs.map((o) => [o, foldedOutput(network, o)]));
  const isTurned = (q: number): boolean => q < top || folded.size === 0 || areMixed(pass);
  const turned = hidden.map((_, q) => (isTurned(q) ? turnedWeights(network, q) : 0));
  const backwards = { pass, folded, turned, shares };
  return {
    share: shares.prepare,
    derive(o, into) {
      shares.begin(into);
      throughTop(backwards, o, into);
      for (let q = top - 1; q >= 0; q--) through(backwards, q, into);
    },
    mix(weights, { g, h, t }) {
      const into = { order: 2, g, h, t } as const;
      shares.begin(into);
      const units = hidden[top]!.outputs;
      // `through` expects what `stepDown` leaves: times f' where no share needs it alone.
      if (shares.wants(top, into)) memory.view(adjoints[top]!, units * rows).set(memory.view(weights, units * rows));
      else kernels.scaleRows(adjoints[top]!, weights, pass.layers[top]!.d1, units, 1, rows);
      for (let q = top; q >= 0; q--) through(backwards, q, into);
    },
  };
}

/** From the weights of an output, which are its adjoint, through the top hidden layer. */
function throughTop(backwards: Backwards, o: number, into: OrderedDerivatives): void {
  const { pass, folded, turned, shares } = backwards;
  const { network, rows, layers } = pass;
  const { head, engine } = network;
  const top = shares.adjoints.length - 1;
  const adjoint = shares.adjoints[top]!;
  const weights = head.weights + o * (head.inputs + 1) * engine.memory.size;
  if (shares.wants(top, into)) {
    engine.kernels.fill(adjoint, weights, head.inputs, rows);
    shares.share(top, into);
  }
  const { d1 } = layers[top]!;
  const matrix = folded.get(o);
  if (matrix === undefined) {
    engine.kernels.scaleMatrix(adjoint, weights, 1, d1, head.inputs, 1, rows);
    stepDown(backwards, top, { matrix: turned[top]!, x: adjoint, into });
  } else stepDown(backwards, top, { matrix, x: d1, into });
}

/** From G_q through a hidden layer. */
function through(backwards: Backwards, q: number, into: OrderedDerivatives): void {
  const { pass, turned, shares } = backwards;
  const { network, rows, layers } = pass;
  const adjoint = shares.adjoints[q]!;
  if (shares.wants(q, into)) {
    shares.share(q, into);
    network.engine.kernels.scaleRows(adjoint, adjoint, layers[q]!.d1, network.layers[q]!.outputs, 1, rows);
  }
  stepDown(backwards, q, { matrix: turned[q]!, x: adjoint, into });
}

interface Step {
  readonly matrix: number;
  readonly x: number;
  readonly into: OrderedDerivatives;
}

/** From f'_q G_q, at `x`, down to G_{q-1} or to g; times f'_{q-1} at once where no share needs G_{q-1} alone. */
function stepDown({ pass, shares }: Backwards, q: number, { matrix, x, into }: Step): void {
  const { network, rows, layers } = pass;
  const { inputs, outputs } = network.layers[q]!;
  const target = q > 0 ? shares.adjoints[q - 1]! : into.g;
  const factor = q > 0 && !shares.wants(q - 1, into) ? layers[q - 1]!.d1 : 0;
  network.engine.kernels.product(target, matrix, outputs, x, factor, inputs, outputs, rows, 0);
}
