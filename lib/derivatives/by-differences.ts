import { finder, sortedIndices, symmetric } from './indices.js';
import type { Problem, Wanted } from './problem.js';
import { usualChanges } from './scales.js';

const POINTS_AT_ONCE = 8192;

/** How a function is evaluated. */
export interface Evaluation {
  /** Outputs [points, out] at points x [points, in]. */
  readonly evaluate: (x: Float64Array) => ArrayLike<number>;
  /** The best steps for derivatives of first, second and third order, relative to how much inputs usually change. */
  readonly steps: readonly number[];
  /** How far numbers from 1 to 2 lie apart in the precision of x. */
  readonly spacing: number;
}

/** Best for results rounded to single precision, ε = 6e-8: about (3 ε)^(1/3), ε^(1/4) and ε^(1/5). */
export const SINGLE_STEPS: readonly number[] = [5.6e-3, 1.6e-2, 3.6e-2];
/** The same for double precision, ε = 1e-16. */
export const DOUBLE_STEPS: readonly number[] = [6.7e-6, 1e-4, 6.4e-4];

/**
 * Derivatives by central differences, (f(x + h) − f(x − h)) / 2h for one input after the other: off by h²/6 times derivatives
 * of two orders more, and by rounding, ε/hⁿ.
 *
 * h is the step of the order times the standard deviation of the input over the rows (without one its size, or 1), rounded to a
 * power of two and not finer than x, so that x ± h is not rounded. A kink within reach makes the result an average of both sides.
 */
export function byDifferences(problem: Problem, { order, output }: Wanted, evaluation: Evaluation): Float32Array {
  const { x, inputs, outputs } = problem;
  const terms = sortedIndices(inputs, order);
  const chosen = output === undefined ? [...Array(outputs).keys()] : [output];
  const step = evaluation.steps[order - 1]!;
  const sizes = stepSizes(x, inputs, { step, ...evaluation });
  const all = (x.length / inputs) * terms.length;
  const values = new Float32Array(all * chosen.length);
  const corners = 2 ** order;
  const atOnce = POINTS_AT_ONCE / corners;
  for (let start = 0; start < all; start += atOnce) {
    const end = Math.min(all, start + atOnce);
    const y = evaluation.evaluate(cornersOf({ x, inputs, terms, sizes }, start, end));
    for (let each = start; each < end; each++) {
      const [row, term] = [Math.floor(each / terms.length), each % terms.length];
      const width = terms[term]!.reduce((product, input) => product * 2 * sizes[input]!, 1);
      chosen.forEach((k, place) => {
        let sum = 0;
        for (let corner = 0; corner < corners; corner++)
          sum += signOf(corner, order) * y[((each - start) * corners + corner) * outputs + k]!;
        values[(row * chosen.length + place) * terms.length + term] = sum / width;
      });
    }
  }
  return symmetric(inputs, order, { values, width: terms.length, place: finder(terms) });
}

/** The step of every input: a share of how much it usually changes, rounded to a power of two that x ± h can hold. */
export function stepSizes(
  x: Float32Array,
  inputs: number,
  { step, spacing }: Pick<Evaluation, 'spacing'> & { readonly step: number },
): readonly number[] {
  return usualChanges(x, inputs).map((change, column) => {
    let largest = 0;
    for (let i = column; i < x.length; i += inputs) largest = Math.max(largest, Math.abs(x[i]!));
    const finest = 2 ** (Math.floor(Math.log2(largest)) + 1) * spacing;
    return Math.max(2 ** Math.round(Math.log2(change * step)), finest);
  });
}

interface Moves {
  readonly x: Float32Array;
  readonly inputs: number;
  readonly terms: readonly (readonly number[])[];
  readonly sizes: readonly number[];
}

// For each row and term all points x ± h ± … h; a bit of the number of the corner says which sign.
function cornersOf({ x, inputs, terms, sizes }: Moves, start: number, end: number): Float64Array {
  const corners = 2 ** terms[0]!.length;
  const points = new Float64Array((end - start) * corners * inputs);
  for (let each = start; each < end; each++) {
    const row = Math.floor(each / terms.length) * inputs;
    for (let corner = 0; corner < corners; corner++) {
      const at = ((each - start) * corners + corner) * inputs;
      points.set(x.subarray(row, row + inputs), at);
      for (const [bit, input] of terms[each % terms.length]!.entries())
        points[at + input]! += (corner >> bit) & 1 ? sizes[input]! : -sizes[input]!;
    }
  }
  return points;
}

function signOf(corner: number, bits: number): number {
  let sign = 1;
  for (let bit = 0; bit < bits; bit++) if (((corner >> bit) & 1) === 0) sign = -sign;
  return sign;
}
