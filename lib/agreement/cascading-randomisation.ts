import * as tf from '@tensorflow/tfjs';
import { need, needOptions } from '../need.js';
import { type Displayable, jupyterDisplay } from '../plot/display.js';
import { checkSeed, numpyRandom, type Random } from '../random.js';
import { htmlTable, textTable } from '../table.js';
import { needModel } from '../tape/model.js';
import type { AgreementMatrices } from './agreement.js';
import { agreementFor, type CompareOptions } from './compare-attributions.js';

const kinds = ['shuffle', 'redraw'] as const;

/** How weights are randomised, and how agreement is measured. */
export interface RandomisationOptions extends CompareOptions {
  /** Seed of the weights, a whole number, 0 … 2³² − 1; of the bootstrap too. */
  readonly seed: number;
  /** `shuffle` (default) puts the weights of each array into random order, `redraw` draws Gaussians of their mean and deviation. */
  readonly weights?: (typeof kinds)[number];
}

/** The agreement with the original once a layer and all above it are random. */
export interface RandomisedLayer {
  readonly layer: string;
  /** Matrices of the methods `original` and `randomised`, as `compareAttributions` gives them. */
  readonly perSample: AgreementMatrices;
}

/** Agreements from the last layer to the first; in a notebook they show themselves as a table. */
export type CascadingRandomisation = readonly RandomisedLayer[] & Displayable;

/**
 * The sanity check of attributions by cascading randomisation: the layers lose what they have learnt, from the last to the first,
 * and the attributions should change with them. A method whose maps stay alike does not explain the network.
 *
 * The model's weights are changed meanwhile, and put back at the end, also after an error.
 *
 * @param model - its layers with weights are randomised.
 * @param explain - gives the attributions of the model as it is, [batch, in] or [batch, out, in], such as
 * `() => jacobian(model, x)`; what it gives is disposed.
 * @throws TypeError if the model is none, `explain` no function that gives a tensor, or options no object; RangeError if no layer
 * has weights, or an option makes no sense; Error if the model or a tensor is disposed; otherwise as `explain` and
 * `compareAttributions`.
 * @example
 * const model = createMlp({ inputs: 2, hidden: [3], outputs: 1, activation: 'tanh', outputActivation: 'linear', seed: 1 });
 * const x = tf.tensor2d([[1, 2], [3, 4]]);
 * cascadingRandomisation(model, () => jacobian(model, x), { seed: 1 }).length // => 2
 * @see Adebayo et al. (2018), https://arxiv.org/abs/1810.03292
 */
export function cascadingRandomisation(
  model: tf.LayersModel,
  explain: () => tf.Tensor,
  options: RandomisationOptions,
): CascadingRandomisation {
  const owner = 'cascadingRandomisation';
  needOptions(owner, options);
  const { weights = 'shuffle', seed } = options;
  needModel(owner, model);
  need(typeof explain === 'function', `${owner} needs a function explain`, explain, TypeError);
  checkSeed(owner, seed);
  need(kinds.includes(weights), `${owner} needs weights among ${kinds.join(', ')}`, weights);
  const layers = model.layers.filter((layer) => layer.weights.length > 0).reverse();
  need(layers.length > 0, `${owner} needs a model with weights`, { words: 'none' });
  const original = explain();
  need(original instanceof tf.Tensor, `${owner} needs a function explain that gives a tensor`, original, TypeError);
  const learnt = model.getWeights().map((weight) => weight.clone());
  const random = numpyRandom(seed);
  const found: RandomisedLayer[] = [];
  try {
    for (const layer of layers) {
      randomise(layer, weights, random);
      const randomised = explain();
      try {
        found.push({ layer: layer.name, perSample: agreementFor(owner, { original, randomised }, options).perSample });
      } finally {
        tf.dispose(randomised);
      }
    }
  } finally {
    model.setWeights(learnt);
    tf.dispose([learnt, original]);
  }
  const shown: Displayable = { [jupyterDisplay]: () => bundle(found) };
  return Object.freeze(Object.assign(found, shown));
}

function randomise(layer: tf.layers.Layer, kind: (typeof kinds)[number], random: Random): void {
  const weights = layer.getWeights().map((weight) => {
    const values = Float32Array.from(weight.dataSync());
    return tf.tensor(kind === 'shuffle' ? random.permutation(values) : redrawn(values, random), weight.shape);
  });
  layer.setWeights(weights);
  tf.dispose(weights);
}

function redrawn(values: Float32Array, random: Random): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Float32Array.from(random.normal(mean, Math.sqrt(variance), values.length));
}

function bundle(found: readonly RandomisedLayer[]) {
  const caption = 'Agreement with the original, layers randomised from the last to the one named; 95 % intervals';
  const heads = ['down to', 'Pearson', 'Spearman', 'top'];
  const rows = found.map(({ layer, perSample }) => [
    layer,
    ...(['pearson', 'spearman', 'topOverlap'] as const).map((measure) => {
      const { value, interval } = perSample[measure][0]![1]!;
      return `${value.toFixed(2)} [${interval.map((end) => end.toFixed(2)).join(', ')}]`;
    }),
  ]);
  return {
    'text/html': htmlTable({ caption, heads, rows }),
    'text/plain': `${caption}\n${textTable({ heads, rows })}`,
  };
}
