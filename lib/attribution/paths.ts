import { type Integrand, type Part, type Paths, partIntegrals } from './parts.js';

const DEEPEST = 40;
// More halving than this is rounding that will not go away.
const MOST_PARTS = 4096;
const PARTS_AT_ONCE = 4096;

/** Where every path is cut in any case, from 0 to 1: what happens in a short part of it is seen sooner. */
export const QUARTERS: readonly number[] = [0, 0.25, 0.5, 0.75, 1];

/** How exactly to integrate. */
export interface Accuracy {
  /** How far integrals may be from adding up, over the largest size of the output. */
  readonly tolerance: number;
  /** Where to cut the path of each row, from 0 to 1; undefined for quarters. */
  readonly places: readonly (readonly number[])[] | undefined;
}

/** Integrals [rows, out, in], and by how much they do not add up, [rows, out]. */
export interface Integrals {
  readonly values: Float64Array;
  readonly gaps: Float64Array;
  readonly evaluations: number;
}

interface HalvedPart extends Part {
  /** How often it was halved. */
  readonly depth: number;
}

/**
 * Integrates gradients along all paths, halving parts until they add up and two rules agree for every input: errors of several
 * may cancel in the sum.
 */
export function integratedPaths(paths: Paths, integrand: Integrand, { tolerance, places }: Accuracy): Integrals {
  const { x, inputs, outputs, baseline } = paths;
  const rows = x.length / inputs;
  const values = new Float64Array(rows * outputs * inputs);
  // A part may be off by a tenth, so that the few that are off by so much stay together within the whole.
  const share = 0.1 * tolerance;
  const largest = largestOutputs(paths, integrand);
  const strongest = new Float64Array(outputs);
  const partsOf = new Int32Array(rows);
  let evaluations = 0;
  const waiting: HalvedPart[] = (places ?? Array.from({ length: rows }, () => QUARTERS)).flatMap((own, row) =>
    own.slice(1).map((to, i) => ({ row, from: own[i]!, width: to - own[i]!, depth: 0 })),
  );
  while (waiting.length > 0) {
    const parts = waiting.splice(-PARTS_AT_ONCE);
    const { integrals, rises, doubts, ...found } = partIntegrals(paths, integrand, parts);
    evaluations += found.evaluations;
    for (const [i, integral] of integrals.entries()) keepLargest(strongest, Math.floor(i / inputs) % outputs, integral);
    for (const [place, { row, from, width, depth }] of parts.entries()) {
      const own = integrals.subarray(place * outputs * inputs, (place + 1) * outputs * inputs);
      const isGood = largest.every((size, k) => {
        const gap = Math.abs(sumOf(own, k * inputs, inputs) - rises[place * outputs + k]!);
        // The finer rule has twice the order of the other: what it is off by is nearer to the square.
        const doubt = doubts[place * outputs + k]!;
        return gap <= share * size && doubt <= Math.sqrt(share) * strongest[k]!;
      });
      partsOf[row]! += 1;
      const isLast = depth === DEEPEST || partsOf[row]! >= MOST_PARTS;
      if (isGood || isLast) for (let i = 0; i < own.length; i++) values[row * own.length + i]! += own[i]!;
      else
        for (const start of [from, from + width / 2])
          waiting.push({ row, from: start, width: width / 2, depth: depth + 1 });
    }
  }
  const begin = integrand.predict(Float64Array.from(baseline)).slice();
  const ends = integrand.predict(Float64Array.from(x));
  const gaps = ends.map((end, i) => sumOf(values, i * inputs, inputs) - (end - begin[i % outputs]!));
  return { values, gaps, evaluations };
}

// Of every output, at the ends of all paths.
function largestOutputs({ x, baseline, outputs }: Paths, { predict }: Integrand): Float64Array {
  const largest = new Float64Array(outputs);
  for (const points of [Float64Array.from(x), Float64Array.from(baseline)])
    for (const [i, value] of predict(points).entries()) keepLargest(largest, i % outputs, value);
  return largest;
}

function keepLargest(sizes: Float64Array, place: number, value: number): void {
  sizes[place] = Math.max(sizes[place]!, Math.abs(value));
}

function sumOf(values: Float64Array, at: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[at + i]!;
  return sum;
}
