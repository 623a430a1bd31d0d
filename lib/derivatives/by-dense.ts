import { engineFor } from '../dense/batch.js';
import { evaluate } from '../dense/engine/evaluate.js';
import type { DenseStack } from '../dense/stack.js';
import type { Wanted } from './problem.js';

const RESULTS = ['jacobians', 'hessians', 'thirds'] as const;

/** Derivatives by the closed forms of dense layers, computed in double precision. */
export function byDense(
  stack: DenseStack,
  x: Float32Array,
  { order, output, room }: Wanted,
): Float32Array | Float64Array {
  const { inputs } = stack;
  const rows = x.length / inputs;
  const outputs = output === undefined ? Array.from({ length: stack.outputs }, (_, o) => o) : [output];
  const values = room?.() ?? new Float64Array(rows * outputs.length * inputs ** order);
  evaluate(engineFor('gradient'), stack, { x, rows, outputs, results: { [RESULTS[order - 1]!]: values } });
  return values;
}
