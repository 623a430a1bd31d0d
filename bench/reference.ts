// The exact answer, written from the formulas: values, Jacobians and Hessians carried forward through the layers in float64.
import type { Matrix } from './work.js';

/** A layer: weights [in, out], biases [out], and its activation with two derivatives. */
export interface ReferenceLayer {
  readonly weights: Matrix;
  readonly biases: Matrix;
  readonly activation: keyof typeof ACTIVATIONS;
}

type Curve = (z: number) => readonly [value: number, slope: number, curvature: number];

const ACTIVATIONS = {
  linear: (z) => [z, 1, 0],
  relu: (z) => (z > 0 ? [z, 1, 0] : [0, 0, 0]),
  tanh: (z) => {
    const t = Math.tanh(z);
    return [t, 1 - t * t, -2 * t * (1 - t * t)];
  },
  sigmoid: (z) => {
    const s = 1 / (1 + Math.exp(-z));
    return [s, s * (1 - s), s * (1 - s) * (1 - 2 * s)];
  },
} satisfies Record<string, Curve>;

/** Output, Jacobian and Hessian of one unit after the other. */
interface Unit {
  readonly value: number;
  readonly slopes: Float64Array;
  readonly curvatures: Float64Array;
}

/** Of every row of x [rows, in]: outputs [rows, out], Jacobians [rows, out, in] and, of order 2, Hessians [rows, out, in, in]. */
export function exact(network: readonly ReferenceLayer[], x: Matrix, order: 1 | 2): [number[], number[], number[]] {
  const inputs = x.shape[1]!;
  const results: [number[], number[], number[]] = [[], [], []];
  for (let row = 0; row < x.shape[0]!; row += 1) {
    let units = Array.from({ length: inputs }, (_, i) => input(x.values[row * inputs + i]!, i, inputs));
    for (const layer of network) units = throughLayer(layer, units, order);
    for (const { value, slopes, curvatures } of units) {
      results[0].push(value);
      results[1].push(...slopes);
      results[2].push(...curvatures);
    }
  }
  return results;
}

function input(value: number, place: number, inputs: number): Unit {
  const slopes = new Float64Array(inputs);
  slopes[place] = 1;
  return { value, slopes, curvatures: new Float64Array(inputs * inputs) };
}

function throughLayer({ weights, biases, activation }: ReferenceLayer, below: readonly Unit[], order: 1 | 2): Unit[] {
  const inputs = below[0]!.slopes.length;
  const outputs = biases.values.length;
  return Array.from({ length: outputs }, (_, o) => {
    const weight = (i: number): number => weights.values[i * outputs + o]!;
    const weighted = (part: (unit: Unit) => number): number =>
      below.reduce((total, unit, i) => total + weight(i) * part(unit), 0);
    const [value, slope, curvature] = ACTIVATIONS[activation](biases.values[o]! + weighted((unit) => unit.value));
    const slopes = Float64Array.from({ length: inputs }, (_, i) => weighted((unit) => unit.slopes[i]!));
    const curvatures = Float64Array.from({ length: order > 1 ? inputs * inputs : 0 }, (_, ij) => {
      const [i, j] = [Math.floor(ij / inputs), ij % inputs];
      return slope * weighted((unit) => unit.curvatures[ij]!) + curvature * slopes[i]! * slopes[j]!;
    });
    return { value, slopes: slopes.map((s) => slope * s), curvatures };
  });
}

/** The relevance of every input for every output by LRP-ε, biases absorbed, at every row of x: [rows, out, in]. */
export function relevanceByHand(network: readonly ReferenceLayer[], x: Matrix, epsilon: number): number[] {
  const inputs = x.shape[1]!;
  return Array.from({ length: x.shape[0]! }, (_, row) => {
    const below = [Array.from({ length: inputs }, (_, i) => x.values[row * inputs + i]!)];
    for (const { activation, ...layer } of network)
      below.push(sums(layer, below.at(-1)!).map((z) => ACTIVATIONS[activation](z)[0]));
    return below.at(-1)!.map((f, o) => {
      let relevance = below.at(-1)!.map((_, k) => (k === o ? f : 0));
      for (let l = network.length - 1; l >= 0; l -= 1)
        relevance = handedDown(network[l]!, below[l]!, { relevance, epsilon });
      return relevance;
    });
  }).flat(2);
}

function sums({ weights, biases }: Pick<ReferenceLayer, 'weights' | 'biases'>, a: readonly number[]): number[] {
  const units = biases.values.length;
  return Array.from(biases.values, (bias, k) =>
    a.reduce((sum, value, j) => sum + value * weights.values[j * units + k]!, bias),
  );
}

function handedDown(
  layer: ReferenceLayer,
  a: readonly number[],
  { relevance, epsilon }: { readonly relevance: readonly number[]; readonly epsilon: number },
): number[] {
  const units = relevance.length;
  const shares = sums(layer, a).map((z, k) =>
    relevance[k] === 0 ? 0 : relevance[k]! / (z + (z < 0 ? -epsilon : epsilon)),
  );
  return a.map(
    (value, j) => value * shares.reduce((sum, share, k) => sum + share * layer.weights.values[j * units + k]!, 0),
  );
}

/** The largest distance of numbers from the exact ones. */
export function largestError(got: ArrayLike<number>, wanted: readonly number[]): number {
  if (got.length !== wanted.length) return Number.NaN;
  return wanted.reduce((largest, value, i) => {
    const off = Math.abs(got[i]! - value);
    return off > largest || Number.isNaN(off) ? off : largest;
  }, 0);
}
