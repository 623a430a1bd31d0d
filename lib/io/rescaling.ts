import * as tf from '@tensorflow/tfjs';
import type { Part } from './sequential.js';
import type { Weights } from './weights.js';

/** A number that changes nothing by multiplication. */
export const ONE: Weights = { shape: [], values: Float64Array.of(1) };

/** A number that changes nothing by addition. */
export const ZERO: Weights = { shape: [], values: Float64Array.of(0) };

/** scale · x + offset, each one number or one for every number of a row. */
export interface RescalingOptions {
  readonly name: string;
  readonly scale: Weights;
  readonly offset: Weights;
}

/** A layer that rescales, read. It has no weights: nothing that trains a model changes it. */
export function rescaling({ name, scale, offset }: RescalingOptions): Part {
  const widths = [scale, offset].flatMap(({ shape }) => shape);
  return {
    name,
    width: widths.length > 0 ? Math.max(...widths) : undefined,
    weights: [],
    output: (input) => (widths.every((width) => width === 1 || width === input.at(-1)) ? input : undefined),
    build: (common) => tf.layers.rescaling({ ...common, scale: factors(scale), offset: factors(offset) }),
  };
}

// The types of TensorFlow.js know single numbers only; it takes lists as well, and saves them.
function factors({ shape, values }: Weights): number {
  return shape.length === 0 ? values[0]! : ([...values] as unknown as number);
}
