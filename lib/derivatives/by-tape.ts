import * as tf from '@tensorflow/tfjs';
import { checkTape } from '../tape/check.js';
import type { Direction } from '../tape/copies.js';
import { engine, type OwnState, ownState } from '../tape/engine.js';
import { nestedGradients } from '../tape/nested.js';
import { finder, sortedIndices, symmetric } from './indices.js';
import type { Problem, Wanted } from './problem.js';
import { verify } from './verify.js';

/** Derivatives by automatic differentiation: nested gradients on the tape of TensorFlow.js, in single precision. */
export function byTape(problem: Problem, wanted: Wanted): Float32Array {
  if (wanted.order > 1) checkTape(problem.owner);
  const own = engine()[ownState]!;
  forget(own);
  const derivatives = onTape(problem, wanted);
  // The first derivative that a custom gradient declares is taken at its word.
  if (own.reading) verifyOrders(problem, wanted, 1);
  else if (own.foreign.size > 0) verifyOrders(problem, wanted, 2);
  return derivatives;
}

function forget(own: OwnState): void {
  own.foreign.clear();
  own.reading = false;
}

function verifyOrders(problem: Problem, wanted: Wanted, lowest: 1 | 2): void {
  const at = (order: number) => (x: Float32Array) =>
    order === 0 ? valuesAt({ ...problem, x }, wanted) : onTape({ ...problem, x }, { ...wanted, order });
  for (let order = lowest; order <= wanted.order; order++)
    verify(problem, { lower: at(order - 1), derivatives: at(order), reading: lowest === 1 });
}

function valuesAt({ f, x, inputs, outputs }: Problem, { output }: Wanted): readonly number[] {
  let values: readonly number[] = [];
  tf.tidy(() => {
    values = [...f(tf.tensor2d(x, [x.length / inputs, inputs])).dataSync()];
  });
  return output === undefined ? values : values.filter((_, i) => i % outputs === output);
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
