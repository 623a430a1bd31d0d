import { need } from '../need.js';
import type { LayerPlace } from './keras-layer.js';
import type { KerasLayer } from './keras-network.js';
import { numbersIn, singles } from './keras-numbers.js';
import { ONE, rescaling, ZERO } from './rescaling.js';
import type { Part } from './sequential.js';
import { shapeText, type Weights } from './weights.js';

// Keras takes no standard deviation below it: that of a constant input is 0.
const LEAST_DEVIATION = 1e-7;

/**
 * Reads a Normalization layer: (x − mean) / max(√variance, 10⁻⁷), or x max(√variance, 10⁻⁷) + mean if it inverts.
 *
 * It becomes layers that rescale, which have no weights: training a model changes the BatchNormalization of TensorFlow.js even if
 * that is frozen. They are two, as x / σ − mean / σ would lose digits of inputs that are far from 0.
 *
 * @throws Error if it works along another axis than the last, or mean and variance do not fit each other or are not finite.
 */
export function readNormalization(layer: KerasLayer, at: LayerPlace): readonly Part[] {
  const { name, config } = layer;
  const axis = axisOf(config['axis'], at.place);
  const { means, deviations } = statistics(layer, at);
  const inverses = singles(changed(deviations, inverse), at.place);
  const parts =
    config['invert'] === true
      ? [rescaling({ name, scale: deviations, offset: means })]
      : [
          rescaling({ name, scale: ONE, offset: changed(means, negative) }),
          rescaling({ name: `${name}/scale`, scale: inverses, offset: ZERO }),
        ];
  const fits = (input: readonly number[]): boolean => axis === -1 || axis === input.length;
  return parts.map((part) => ({ ...part, output: (input) => (fits(input) ? part.output(input) : undefined) }));
}

/**
 * Reads a Rescaling layer, scale · x + offset.
 *
 * @throws Error if scale or offset is neither a number nor a list, or not finite.
 */
export function readRescaling(layer: KerasLayer, { place }: LayerPlace): Part {
  const [scale, offset] = ['scale', 'offset'].map((name) => singles(numbersIn(layer, name, place), place));
  return rescaling({ name: layer.name, scale: scale!, offset: offset! });
}

// Counted from the batch, as Keras does, or -1; also where one mean is that of all numbers.
function axisOf(axis: unknown, place: string): number {
  const axes: readonly unknown[] = [axis ?? []].flat();
  const [only = -1] = axes;
  const known = axes.length < 2 && Number.isInteger(only) && (only === -1 || (only as number) > 0);
  need(known, `loadModel needs the last axis in ${place}`, axis, Error);
  return only as number;
}

interface Statistics {
  readonly means: Weights;
  readonly deviations: Weights;
}

// Those that were given stand in the configuration, those of data among the weights, with how many rows these had.
function statistics(layer: KerasLayer, { weights, place }: LayerPlace): Statistics {
  const names = ['mean', 'variance'];
  const isGiven = (layer.config['mean'] ?? null) !== null;
  const read = isGiven ? names.map((name) => numbersIn(layer, name, place)) : weights.read(layer, names, ['count']);
  const [means, variances] = read.map((values) => singles(values, place)) as [Weights, Weights];
  const [shape, other] = [means, variances].map((values) => shapeText(values.shape));
  const words = { words: `shapes ${shape} and ${other}` };
  const fit = shape === other && means.shape.length < 2;
  need(fit, `loadModel needs a mean and a variance of each number in ${place}`, words, Error);
  const bad = variances.values.find((variance) => variance < 0);
  need(bad === undefined, `loadModel needs a variance of at least 0 in ${place}`, bad, Error);
  return { means, deviations: singles(changed(variances, deviation), place) };
}

function deviation(variance: number): number {
  return Math.max(Math.sqrt(variance), LEAST_DEVIATION);
}

function inverse(deviation: number): number {
  return 1 / deviation;
}

function negative(mean: number): number {
  return -mean;
}

function changed({ shape, values }: Weights, change: (value: number) => number): Weights {
  return { shape, values: values.map(change) };
}
