import { need } from '../need.js';
import type { Problem } from './problem.js';
import { usualChanges } from './scales.js';

const POINTS = 8;
const STEPS = [1e-2, 5e-3, 2.5e-3] as const;

/** Computes something at any points x [points, in]: a flat list of as many numbers for each point. */
export type AtPoints = (x: Float32Array) => ArrayLike<number>;

/** What is verified: the derivatives by every input, [points, numbers, in], of something, [points, numbers]. */
export interface Claim {
  readonly lower: AtPoints;
  readonly derivatives: AtPoints;
}

/**
 * Throws if derivatives are not those of what they should be the derivatives of.
 *
 * Where a function brings a gradient of its own (`tf.customGrad`) nobody can know whether that may be differentiated in turn: it
 * may come from numbers that never were on the tape. So second and third derivatives of such functions are compared with central
 * differences, at a few points among the rows and in one direction. They are refused only where differences with three step
 * sizes agree with each other far better than with them. Rounding, strong curvature and kinks between the points spoil that
 * agreement, so they raise no false alarm; and where a term is missing, it is missing almost everywhere, and found.
 */
export function verify({ owner, x, inputs }: Problem, { lower, derivatives }: Claim): void {
  const changes = usualChanges(x, inputs);
  const points = Float32Array.from({ length: POINTS * inputs }, (_, i) => {
    const [point, input] = [Math.floor(i / inputs), i % inputs];
    const row = Math.floor((point * x.length) / inputs / POINTS);
    return x[row * inputs + input]! + 0.1 * changes[input]! * Math.sin(1 + i);
  });
  const direction = changes.map((change, input) => change * (0.75 + 0.25 * Math.cos(input)));
  const claimed = along(derivatives(points), direction);
  const values = lower(points);
  const moved = (step: number): ArrayLike<number> =>
    lower(points.map((value, i) => value + step * direction[i % inputs]!));
  const found = STEPS.map((step) => {
    const [above, below] = [moved(step), moved(-step)];
    return Float64Array.from(above, (value, i) => (value - below[i]!) / (2 * step));
  });
  const contradicted = (at: number, length: number): boolean => {
    const part = (numbers: ArrayLike<number>): number[] => Array.from(numbers).slice(at, at + length);
    const [coarse, middle, fine] = found.map(part) as [number[], number[], number[]];
    const spread = Math.max(distance(coarse, middle), distance(middle, fine));
    const size = Math.max(...[...part(claimed), ...middle].map(Math.abs));
    const rounding = (2 ** -20 / STEPS[2]) * Math.max(...part(values).map(Math.abs));
    return distance(part(claimed), middle) > 5 * spread + 0.01 * size + rounding;
  };
  const numbers = values.length / POINTS;
  const wrong = Array.from({ length: POINTS }, (_, point) => contradicted(point * numbers, numbers)).some(Boolean);
  const got = { words: 'a custom gradient that itself cannot (finite differences give something else)' };
  need(!wrong, `${owner} needs operations whose gradients can be differentiated`, got, Error);
}

function along(derivatives: ArrayLike<number>, direction: readonly number[]): Float64Array {
  const inputs = direction.length;
  return Float64Array.from({ length: derivatives.length / inputs }, (_, i) =>
    direction.reduce((sum, change, input) => sum + change * derivatives[i * inputs + input]!, 0),
  );
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}
