import { need } from '../need.js';
import type { Problem } from './problem.js';
import { usualChanges } from './scales.js';

const POINTS = 8;
const STEPS = [1e-2, 5e-3, 2.5e-3] as const;
const ROUNDING = 2 ** -20;

type AtPoints = (x: Float32Array) => ArrayLike<number>;

/** What is verified: the derivatives by every input, [points, numbers, in], of something, [points, numbers]. */
export interface Claim {
  readonly lower: AtPoints;
  readonly derivatives: AtPoints;
  /** Whether the function reads numbers off tensors; otherwise it has a gradient of its own. */
  readonly reading: boolean;
}

/**
 * Throws if derivatives are not those of what they should be the derivatives of.
 *
 * Where a function brings a gradient of its own (`tf.customGrad`) nobody can know whether that may be differentiated in turn: it
 * may come from numbers that never were on the tape. So second and third derivatives of such functions, and all of those that
 * read numbers off tensors, are compared with central differences, at a few points among the rows and in one direction. They are refused only where differences with three step
 * sizes agree with each other far better than with them. Rounding, strong curvature and kinks between the points spoil that
 * agreement, so they raise no false alarm, nor does what is too fine for the steps; and where a term is missing, it is missing
 * almost everywhere, and found.
 */
export function verify({ owner, x, inputs }: Problem, { lower, derivatives, reading }: Claim): void {
  const changes = usualChanges(x, inputs);
  const points = pointsAmong(x, changes);
  const direction = changes.map((change, input) => change * (0.75 + 0.25 * Math.cos(input)));
  const moved = (step: number): ArrayLike<number> =>
    lower(points.map((value, i) => value + step * direction[i % inputs]!));
  const values = Array.from(lower(points));
  const comparison: Comparison = {
    claimed: along(derivatives(points), direction),
    found: STEPS.map((step) => slopes(moved(step), moved(-step), 2 * step)),
    values,
  };
  const length = values.length / POINTS;
  const wrong = Array.from({ length: POINTS }, (_, point) => contradicts(comparison, point * length, length));
  const [requirement, words] = reading ? onlyTensors : gradientsOfGradients;
  need(!wrong.includes(true), `${owner} needs ${requirement}`, { words }, Error);
}

const onlyTensors = [
  'a function that computes with tensors',
  'one that goes on with numbers read off them (dataSync, arraySync)',
] as const;
const gradientsOfGradients = [
  'operations whose gradients can be differentiated',
  'a custom gradient that itself cannot (finite differences give something else)',
] as const;

// Beside rows of x, so that none is a special point such as zero.
function pointsAmong(x: Float32Array, changes: readonly number[]): Float32Array {
  const inputs = changes.length;
  return Float32Array.from({ length: POINTS * inputs }, (_, i) => {
    const [point, input] = [Math.floor(i / inputs), i % inputs];
    const row = Math.floor((point * x.length) / inputs / POINTS);
    return x[row * inputs + input]! + 0.1 * changes[input]! * Math.sin(1 + i);
  });
}

function along(derivatives: ArrayLike<number>, direction: readonly number[]): readonly number[] {
  const inputs = direction.length;
  return Array.from({ length: derivatives.length / inputs }, (_, i) =>
    direction.reduce((sum, change, input) => sum + change * derivatives[i * inputs + input]!, 0),
  );
}

function slopes(above: ArrayLike<number>, below: ArrayLike<number>, width: number): readonly number[] {
  return Array.from(above, (value, i) => (value - below[i]!) / width);
}

interface Comparison {
  readonly claimed: readonly number[];
  /** Differences, one list for each step. */
  readonly found: readonly (readonly number[])[];
  /** What was differentiated, by whose size rounding is judged. */
  readonly values: readonly number[];
}

function contradicts({ claimed, found, values }: Comparison, at: number, length: number): boolean {
  const part = (numbers: readonly number[]): readonly number[] => numbers.slice(at, at + length);
  const [claim, coarse, middle, fine] = [part(claimed), part(found[0]!), part(found[1]!), part(found[2]!)];
  const spread = Math.max(distance(coarse, middle), distance(middle, fine));
  const size = Math.max(largest(claim), largest(middle));
  // Rounded away, as in saturation.
  if (largest(coarse) === 0) return false;
  const scale = largest(values.filter(Number.isFinite)) / STEPS[2];
  const contradiction = distance(claim, middle);
  // More than a tenth of its own size within a step is too fine to be seen. Where something is not a number, all is false.
  return contradiction < 0.1 * scale && contradiction > 5 * spread + 0.01 * size + ROUNDING * scale;
}

function distance(a: readonly number[], b: readonly number[]): number {
  return largest(a.map((value, i) => value - b[i]!));
}

function largest(numbers: ArrayLike<number>): number {
  return Array.from(numbers).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
