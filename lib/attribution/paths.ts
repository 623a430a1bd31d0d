const NODES = [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)] as const;
const WEIGHTS = [5 / 18, 8 / 18, 5 / 18] as const;
const DEEPEST = 40;
// More halving than this is rounding that will not go away.
const MOST_PARTS = 4096;
const PARTS_AT_ONCE = 4096;

/** Straight paths from one baseline to every row of x. */
export interface Paths {
  readonly x: Float32Array;
  readonly baseline: readonly number[];
  readonly inputs: number;
  readonly outputs: number;
}

/** What is integrated. */
export interface Integrand {
  /** Outputs [points, out]; only good until the next call. */
  readonly predict: (points: Float64Array) => Float64Array;
  /** Jacobians [points, out, in]. */
  readonly slopes: (points: Float64Array) => ArrayLike<number>;
  readonly tolerance: number;
  /** Where to cut the path of each row, from 0 to 1; undefined for nowhere. */
  readonly places: readonly (readonly number[])[] | undefined;
}

/** Integrals [rows, out, in], and by how much they do not add up, [rows, out]. */
export interface Integrals {
  readonly values: Float64Array;
  readonly gaps: Float64Array;
  readonly evaluations: number;
}

// A part of the path of a row, from t to t + width; how often it was halved.
interface Part {
  readonly row: number;
  readonly from: number;
  readonly width: number;
  readonly depth: number;
}

/** Integrates gradients along all paths, halving parts until they add up. */
export function integratedPaths(paths: Paths, integrand: Integrand): Integrals {
  const { x, inputs, outputs, baseline } = paths;
  const rows = x.length / inputs;
  const values = new Float64Array(rows * outputs * inputs);
  const allowed = allowances(paths, integrand);
  const partsOf = new Int32Array(rows);
  let evaluations = 0;
  const places = integrand.places ?? Array.from({ length: rows }, () => [0, 1]);
  const waiting: Part[] = places.flatMap((own, row) =>
    own.slice(1).map((to, i) => ({ row, from: own[i]!, width: to - own[i]!, depth: 0 })),
  );
  while (waiting.length > 0) {
    const parts = waiting.splice(-PARTS_AT_ONCE);
    const { integrals, rises } = evaluated(paths, integrand, parts);
    evaluations += parts.length * NODES.length;
    for (const [place, { row, from, width, depth }] of parts.entries()) {
      const own = integrals.subarray(place * outputs * inputs, (place + 1) * outputs * inputs);
      partsOf[row]! += 1;
      const isLast = depth === DEEPEST || partsOf[row]! >= MOST_PARTS;
      const isDone = isLast || addsUp(own, rises.subarray(place * outputs, (place + 1) * outputs), allowed);
      if (isDone) for (let i = 0; i < own.length; i++) values[row * own.length + i]! += own[i]!;
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

// A part may be off by a tenth, so that the few that are off by so much stay together within the whole.
function allowances({ x, baseline, outputs }: Paths, { predict, tolerance }: Integrand): Float64Array {
  const largest = new Float64Array(outputs);
  for (const points of [Float64Array.from(x), Float64Array.from(baseline)])
    for (const [i, value] of predict(points).entries())
      largest[i % outputs] = Math.max(largest[i % outputs]!, Math.abs(value));
  return largest.map((value) => 0.1 * tolerance * value);
}

function addsUp(integrals: Float64Array, rises: Float64Array, allowed: Float64Array): boolean {
  const inputs = integrals.length / rises.length;
  return rises.every((rise, k) => Math.abs(sumOf(integrals, k * inputs, inputs) - rise) <= allowed[k]!);
}

interface Evaluated {
  /** Shape [parts, out, in]. */
  readonly integrals: Float64Array;
  /** What outputs gain along the parts, shape [parts, out]. */
  readonly rises: Float64Array;
}

function evaluated(paths: Paths, { predict, slopes }: Integrand, parts: readonly Part[]): Evaluated {
  const { x, baseline, inputs, outputs } = paths;
  const size = outputs * inputs;
  const at = (place: number, i: number): number => x[parts[place]!.row * inputs + i]! - baseline[i]!;
  const points = (shares: readonly number[]): Float64Array =>
    new Float64Array(parts.length * shares.length * inputs).map((_, i) => {
      const [point, input] = [Math.floor(i / inputs), i % inputs];
      const place = Math.floor(point / shares.length);
      const part = parts[place]!;
      return baseline[input]! + (part.from + shares[point % shares.length]! * part.width) * at(place, input);
    });
  const found = slopes(points(NODES));
  const values = predict(points([0, 1]));
  return {
    integrals: new Float64Array(parts.length * size).map((_, i) => {
      const [place, entry] = [Math.floor(i / size), i % size];
      let sum = 0;
      for (const [node, weight] of WEIGHTS.entries()) sum += weight * found[(place * 3 + node) * size + entry]!;
      return sum * parts[place]!.width * at(place, entry % inputs);
    }),
    rises: new Float64Array(parts.length * outputs).map((_, i) => {
      const [place, k] = [Math.floor(i / outputs), i % outputs];
      return values[(place * 2 + 1) * outputs + k]! - values[place * 2 * outputs + k]!;
    }),
  };
}

function sumOf(values: Float64Array, at: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[at + i]!;
  return sum;
}
