import { checkTape } from '../tape/check.js';
import type { Direction } from '../tape/copies.js';
import { engine, ownState } from '../tape/engine.js';
import { nestedGradients } from '../tape/nested.js';
import { finder, sortedIndices, symmetric } from './indices.js';
import type { Problem, Wanted } from './problem.js';
import { verify } from './verify.js';

/** Derivatives by automatic differentiation: nested gradients on the tape of TensorFlow.js, in single precision. */
export function byTape(problem: Problem, wanted: Wanted): Float32Array {
  if (wanted.order > 1) checkTape(problem.owner);
  const { foreign } = engine()[ownState]!;
  foreign.clear();
  const derivatives = onTape(problem, wanted);
  if (foreign.size > 0)
    for (let order = 2; order <= wanted.order; order++) {
      const at = (order: number) => (x: Float32Array) => onTape({ ...problem, x }, { ...wanted, order });
      verify(problem, { lower: at(order - 1), derivatives: at(order) });
    }
  return derivatives;
}

function onTape({ owner, f, x, inputs, outputs }: Problem, { order, output }: Wanted): Float32Array {
  const chosen = output === undefined ? [...Array(outputs).keys()] : [output];
  const sorted = sortedIndices(inputs, order - 1);
  const directions = chosen.flatMap((k) => sorted.map((indices): Direction => ({ output: k, inputs: indices })));
  const gradients = nestedGradients(owner, f, { x, inputs, outputs, directions });
  if (order === 1) return gradients;
  const direction = finder(sorted);
  const place = (indices: readonly number[]): number => direction(indices.slice(0, -1)) * inputs + indices.at(-1)!;
  return symmetric(inputs, order, { values: gradients, width: sorted.length * inputs, place });
}
