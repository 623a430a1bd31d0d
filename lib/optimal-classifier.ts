import * as tf from '@tensorflow/tfjs';
import { need } from './need.js';
import { needTensor } from './need-tensor.js';
import { finiteNumbers } from './values.js';

/** What the best classifier says about events, and how that depends on their observables. The caller disposes. */
export type OptimalAnswer = {
  /** The probability that an event is signal, shape [events, 1]. */
  readonly output: tf.Tensor2D;
  /** Its gradient ∂p/∂xᵢ, shape [events, in]. */
  readonly gradient: tf.Tensor2D;
  /** Its second derivatives ∂²p/∂xᵢ∂xⱼ, shape [events, in, in]. */
  readonly hessian: tf.Tensor3D;
};

/**
 * The best classifier that there can be for the events of `generateEvents`, and its exact derivatives.
 *
 * The ratio of the densities of signal and background gives, with as many of one as of the other,
 * p = 1 / (1 + e⁻ᶻ), z = 2 x₁ − 5/2 − 3/2 (x₂ − 3/2)² + ln 2. With z′ = (2, −3 (x₂ − 3/2), 0) and z″ = diag(0, −3, 0),
 * p′ = p (1 − p) z′ and p″ = p (1 − p) ((1 − 2p) z′ z′ᵀ + z″). Computed in float64, given as float32.
 *
 * On average over all events its cross-entropy is 0.5061, its accuracy 74.43 %, the area under its ROC curve 0.8260.
 *
 * @param x - observables x1, x2 or x1, x2, x3, shape [events, 2] or [events, 3]; x3 says nothing.
 * @throws RangeError if x has another shape, no rows or a value that is not finite; TypeError if it is no tensor; Error
 * if it is disposed.
 * @example
 * const best = optimalClassifier(tf.tensor2d([[1.25, 1.5, 1]]));
 * best.output // ≈ [[0.6667]]
 * best.gradient // ≈ [[0.4444, 0, 0]]
 * best.hessian // ≈ [[[-0.2963, 0, 0], [0, -0.6667, 0], [0, 0, 0]]]
 */
export function optimalClassifier(x: tf.Tensor2D): OptimalAnswer {
  needTensor('optimalClassifier', 'x', x);
  const [events, width] = x.shape;
  need(x.rank === 2 && (width === 2 || width === 3), 'optimalClassifier needs x of shape [events, 2 or 3]', x.shape);
  const values = finiteNumbers('optimalClassifier', 'x', x);
  const rows = Array.from({ length: events }, (_, row) => answerAt(values[row * width]!, values[row * width + 1]!));
  const padded = (list: readonly number[]): readonly number[] => (width === 2 ? list : [...list, 0]);
  const zeros = Array.from({ length: width - 2 }, () => [0, 0, 0]);
  return {
    output: tf.tensor2d(
      Float32Array.from(rows, ({ p }) => p),
      [events, 1],
    ),
    gradient: tf.tensor2d(Float32Array.from(rows.flatMap(({ first }) => padded(first))), [events, width]),
    hessian: tf.tensor3d(Float32Array.from(rows.flatMap(({ second }) => [...second.map(padded), ...zeros].flat())), [
      events,
      width,
      width,
    ]),
  };
}

interface AnswerAt {
  readonly p: number;
  readonly first: readonly number[];
  readonly second: readonly (readonly number[])[];
}

function answerAt(x1: number, x2: number): AnswerAt {
  const z = 2 * x1 - 2.5 - 1.5 * (x2 - 1.5) ** 2 + Math.LN2;
  const p = 1 / (1 + Math.exp(-z));
  const slope = p * (1 - p);
  const [z1, z2] = [2, -3 * (x2 - 1.5)];
  const bend = (product: number, z12: number): number => slope * ((1 - 2 * p) * product + z12);
  const mixed = bend(z1 * z2, 0);
  const second = [
    [bend(z1 * z1, 0), mixed],
    [mixed, bend(z2 * z2, -3)],
  ];
  return { p, first: [slope * z1, slope * z2], second };
}
