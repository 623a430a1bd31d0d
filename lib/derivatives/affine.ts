import type { DenseActivation } from '../dense/activation.js';

/** A dense layer on its way into a stack. */
interface Affine {
  /** Shape [outputs, inputs], row by row. */
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly activation: DenseActivation;
  readonly alpha?: number | undefined;
  /** Whether each output is a multiple of its own input plus a constant, so that the next layer can take it in. */
  readonly diagonal?: boolean;
}

/** Layers so far, and how many inputs the first has. */
export interface Layers {
  readonly inputs: number;
  readonly layers: readonly Affine[];
}

/** A scale and a shift for every number. */
export interface Scaling {
  readonly scales: Float64Array;
  readonly shifts: Float64Array;
}

/** How many numbers the layers so far give. */
export function widthOf({ inputs, layers }: Layers): number {
  return layers.at(-1)?.biases.length ?? inputs;
}

/** An activation after the layers: that of the last one, or of a layer of its own. */
export function activated({ inputs, layers }: Layers, activation: DenseActivation, alpha?: number): Layers {
  const last = layers.at(-1);
  if (activation === 'linear') return { inputs, layers };
  if (last?.activation === 'linear')
    return { inputs, layers: [...layers.slice(0, -1), { ...last, activation, alpha, diagonal: false }] };
  const width = widthOf({ inputs, layers });
  const one = diagonalLayer({ scales: new Float64Array(width).fill(1), shifts: new Float64Array(width) });
  return { inputs, layers: [...layers, { ...one, activation, alpha, diagonal: false }] };
}

/** A matrix [outputs, inputs] and biases after the layers, into which a scale and shift just before is taken. */
export function weighted({ inputs, layers }: Layers, weights: Float64Array, biases: Float64Array): Layers {
  const last = layers.at(-1);
  if (!last?.diagonal) return { inputs, layers: [...layers, { weights, biases, activation: 'linear' }] };
  const width = last.biases.length;
  const moved = biases.map((bias, o) =>
    last.biases.reduce((sum, shift, i) => sum + weights[o * width + i]! * shift, bias),
  );
  const scaledWeights = weights.map((weight, i) => weight * last.weights[(i % width) * (width + 1)]!);
  return { inputs, layers: [...layers.slice(0, -1), { weights: scaledWeights, biases: moved, activation: 'linear' }] };
}

/** A scale and a shift after the layers: taken into the last one if that is linear, or a layer of their own. */
export function scaled({ inputs, layers }: Layers, scaling: Scaling): Layers {
  const last = layers.at(-1);
  if (last?.activation !== 'linear') return { inputs, layers: [...layers, diagonalLayer(scaling)] };
  const { scales, shifts } = scaling;
  const width = last.weights.length / scales.length;
  const weights = last.weights.map((weight, i) => weight * scales[Math.floor(i / width)]!);
  const biases = last.biases.map((bias, o) => bias * scales[o]! + shifts[o]!);
  return { inputs, layers: [...layers.slice(0, -1), { ...last, weights, biases }] };
}

function diagonalLayer({ scales, shifts }: Scaling): Affine {
  const width = scales.length;
  const weights = new Float64Array(width * width);
  for (const [i, scale] of scales.entries()) weights[i * (width + 1)] = scale;
  return { weights, biases: shifts, activation: 'linear', diagonal: true };
}
