/** Places from 0 to 1 at which slopes are taken, and how much each counts. */
interface Point {
  readonly place: number;
  /** In the rule of Gauss with three points, and in that of Kronrod, which adds four. */
  readonly coarse: number;
  readonly fine: number;
}

// Kronrod (1965), Nodes and Weights of Quadrature Formulas, from −1 to 1.
const POINTS: readonly Point[] = [
  [-0.9604912687080203, 0, 0.10465622602646726],
  [-0.7745966692414834, 5 / 9, 0.26848808986833345],
  [-0.43424374934680254, 0, 0.40139741477596225],
  [0, 8 / 9, 0.45091653865847414],
  [0.43424374934680254, 0, 0.40139741477596225],
  [0.7745966692414834, 5 / 9, 0.26848808986833345],
  [0.9604912687080203, 0, 0.10465622602646726],
].map(([place, coarse, fine]) => ({ place: (1 + place!) / 2, coarse: coarse! / 2, fine: fine! / 2 }));
const PLACES = POINTS.map(({ place }) => place);

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
}

/** A part of the path of a row, from t to t + width. */
export interface Part {
  readonly row: number;
  readonly from: number;
  readonly width: number;
}

/** What is found along each part. */
export interface PartIntegrals {
  /** By the rule of Kronrod, shape [parts, out, in]. */
  readonly integrals: Float64Array;
  /** How far that of Gauss is from them, the most of any input; shape [parts, out]. */
  readonly doubts: Float64Array;
  /** What outputs gain, shape [parts, out]. */
  readonly rises: Float64Array;
  readonly evaluations: number;
}

/** Integrates slopes along parts of paths. */
export function partIntegrals(paths: Paths, { predict, slopes }: Integrand, parts: readonly Part[]): PartIntegrals {
  const { inputs, outputs } = paths;
  const size = outputs * inputs;
  const found = slopes(pointsOn(paths, parts, PLACES));
  const integrals = new Float64Array(parts.length * size);
  const doubts = new Float64Array(parts.length * outputs);
  for (let i = 0; i < integrals.length; i++) {
    const [part, entry] = [Math.floor(i / size), i % size];
    let [coarse, fine] = [0, 0];
    for (const [point, weights] of POINTS.entries()) {
      const slope = found[(part * POINTS.length + point) * size + entry]!;
      coarse += weights.coarse * slope;
      fine += weights.fine * slope;
    }
    const way = parts[part]!.width * wayOf(paths, parts[part]!.row, entry % inputs);
    integrals[i] = fine * way;
    const output = Math.floor(i / inputs);
    doubts[output] = Math.max(doubts[output]!, Math.abs((fine - coarse) * way));
  }
  const values = predict(pointsOn(paths, parts, [0, 1]));
  const rises = Float64Array.from({ length: parts.length * outputs }, (_, i) => {
    const [part, k] = [Math.floor(i / outputs), i % outputs];
    return values[(2 * part + 1) * outputs + k]! - values[2 * part * outputs + k]!;
  });
  return { integrals, doubts, rises, evaluations: parts.length * POINTS.length };
}

// At shares of every part, one after the other.
function pointsOn(paths: Paths, parts: readonly Part[], shares: readonly number[]): Float64Array {
  const { inputs, baseline } = paths;
  return new Float64Array(parts.length * shares.length * inputs).map((_, i) => {
    const [point, input] = [Math.floor(i / inputs), i % inputs];
    const { row, from, width } = parts[Math.floor(point / shares.length)]!;
    return baseline[input]! + (from + shares[point % shares.length]! * width) * wayOf(paths, row, input);
  });
}

function wayOf({ x, baseline, inputs }: Paths, row: number, input: number): number {
  return x[row * inputs + input]! - baseline[input]!;
}
