import { engineFor } from '../dense/batch.js';
import { evaluate } from '../dense/engine/evaluate.js';
import type { DenseStack } from '../dense/stack.js';
import type { RuledLayer } from './layer.js';
import type { Plan } from './propagate.js';
import { PLAIN_SHARES } from './rules/epsilon.js';

/**
 * Whether the relevance is gradient × input: LRP-0 with biases absorbed, in a ReLU network under a linear layer.
 *
 * Proof: let R'_k = a'_k g_k with g = ∂f/∂a'. A ReLU has s(z) = z s'(z), so R'_k / z_k = s'(z_k) g_k = ∂f/∂z_k, and
 * R_j = a_j Σ_k W_kj ∂f/∂z_k = a_j ∂f/∂a_j.
 */
export function isGradientTimesInput({ stack, layers }: Plan): boolean {
  const kinds = stack.layers.map(({ activation }) => activation);
  return (
    layers.every(absorbsByPlainShares) &&
    kinds.slice(0, -1).every((kind) => kind === 'relu') &&
    kinds.at(-1) === 'linear'
  );
}

/** That relevance, into values of shape [rows, out, in]; 0 for an output that is 0, as its denominator is. */
export function byGradients(stack: DenseStack, x: Float32Array, values: Float32Array | Float64Array): void {
  const rows = x.length / stack.inputs;
  const outputs = Array.from({ length: stack.outputs }, (_, o) => o);
  evaluate(engineFor('relevance'), stack, { x, rows, outputs, results: { jacobians: values }, timesInputs: true });
}

function absorbsByPlainShares({ rule, mode }: RuledLayer): boolean {
  return rule.shares === PLAIN_SHARES && rule.stabiliser === 0 && mode === 'absorb';
}
