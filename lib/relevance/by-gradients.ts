import { engineFor } from '../dense/batch.js';
import { evaluate } from '../dense/engine/evaluate.js';
import type { DenseStack } from '../dense/stack.js';
import type { RuledLayer } from './layer.js';
import type { Plan } from './propagate.js';
import { PLAIN_SHARES } from './rules/epsilon.js';

const NUMBERS_AT_ONCE = 2 ** 18;

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
  const { inputs, outputs } = stack;
  const size = inputs * outputs;
  const engine = engineFor('relevance');
  const all = Array.from({ length: outputs }, (_, o) => o);
  const block = Math.max(1, Math.floor(NUMBERS_AT_ONCE / size));
  const room = { gradients: new Float64Array(block * size), f: new Float64Array(block * outputs) };
  for (let start = 0; start < x.length; start += block * inputs) {
    const some = x.subarray(start, start + block * inputs);
    const rows = some.length / inputs;
    const gradients = room.gradients.subarray(0, rows * size);
    const f = room.f.subarray(0, rows * outputs);
    evaluate(engine, stack, { x: some, rows, outputs: all, results: { values: f, jacobians: gradients } });
    multiply({ gradients, f, x: some, inputs }, values.subarray(start * outputs));
  }
}

interface Factors {
  readonly gradients: Float64Array;
  readonly f: Float64Array;
  readonly x: Float32Array;
  readonly inputs: number;
}

function multiply({ gradients, f, x, inputs }: Factors, values: Float32Array | Float64Array): void {
  const size = gradients.length / (x.length / inputs);
  for (let i = 0, start = 0; i < x.length; start += size)
    for (let j = 0; j < inputs; j++, i++) {
      const factor = x[i]!;
      for (let place = start + j; place < start + size; place += inputs) values[place] = gradients[place]! * factor;
    }
  for (let map = 0; map < f.length; map++) if (f[map] === 0) values.fill(0, map * inputs, (map + 1) * inputs);
}

function absorbsByPlainShares({ rule, mode }: RuledLayer): boolean {
  return rule.shares === PLAIN_SHARES && rule.stabiliser === 0 && mode === 'absorb';
}
