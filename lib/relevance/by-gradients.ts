import { engineFor } from '../dense/batch.js';
import { evaluate } from '../dense/engine/evaluate.js';
import type { DenseStack } from '../dense/stack.js';
import type { RuledLayer } from './layer.js';
import type { Plan, Rows } from './propagate.js';
import { PLAIN_SHARES } from './rules/epsilon.js';

/**
 * Whether the relevance is the inputs times a gradient: plain shares of all layers, with biases absorbed.
 *
 * Proof: let R'_k = f(z_k) g_k. Then R_j = a_j Σ_k W_kj R'_k / (z_k + ε sgn z_k) = a_j g_j with g_j = Σ_k W_kj c_k g_k and
 * c_k = f(z_k) / (z_k + ε sgn z_k): the chain rule, with c in the place of f'. For a ReLU and ε = 0 the two are the same.
 *
 * @see Ancona et al. (2018), ICLR, https://arxiv.org/abs/1711.06104, proposition 1
 */
export function isGradientTimesInput({ layers }: Plan): boolean {
  return layers.every(({ rule, mode }) => rule.shares === PLAIN_SHARES && mode === 'absorb');
}

/** That relevance, 0 for an output that is 0, as its denominator is; and whether all of it is finite. */
export function byGradients({ stack, layers }: Plan, { x, values, precision }: Rows): boolean {
  const rows = x.length / stack.inputs;
  const outputs = Array.from({ length: stack.outputs }, (_, o) => o);
  const stabilisers = hasPlainSlopes(stack, layers) ? undefined : layers.map(({ rule }) => rule.stabiliser);
  const task = { x, rows, outputs, results: { jacobians: values }, timesInputs: true, isChecked: true, stabilisers };
  return evaluate(engineFor('relevance', precision), stack, task);
}

function hasPlainSlopes(stack: DenseStack, layers: readonly RuledLayer[]): boolean {
  const kinds = stack.layers.map(({ activation }) => activation);
  return (
    layers.every(({ rule }) => rule.stabiliser === 0) &&
    kinds.slice(0, -1).every((kind) => kind === 'relu') &&
    kinds.at(-1) === 'linear'
  );
}
