import { KINDS } from '../activation.js';
import { SLOPES, type TrainingKernels } from './kernels.js';
import type { Layout, PlacedLayer } from './layout.js';
import type { TrainingLoss } from './network.js';

/** The passes of a block of rows through a network. */
export interface Passes {
  /** Takes `count` records, the first of which has its number at order[first], through the network, and adds their loss to the score. */
  forward(first: number, count: number, scale: number): void;
  /** Adds the gradient of scale · loss, of the block that has just gone forward. */
  backward(): void;
}

/** The passes with given kernels and places. */
export function passesOf(kernels: TrainingKernels, layout: Layout, loss: TrainingLoss): Passes {
  const { layers, block, derivatives } = layout;
  const last = layers.at(-1)!;
  const addLoss = lossOf(kernels, layout, loss);
  let rows = 0;
  return {
    forward(first, count, scale) {
      rows = Math.ceil(count / 16) * 16;
      kernels.gather(block, layout.records, layout.width, layout.order + 4 * first, count, rows);
      let x = block + 4 * last.outputs * rows;
      for (const layer of layers) {
        const { values, weights, outputs, inputs, biased, activation } = layer;
        kernels.forward(values, weights, x, outputs, inputs, rows, Number(biased), Number(activation === 'relu'));
        activate(kernels, layer, rows);
        x = values;
      }
      addLoss(scale, count, rows);
    },
    backward() {
      let [g, h] = derivatives;
      for (let l = layers.length - 1; l >= 0; l--) {
        const { weights, gradient, outputs, inputs, biased } = layers[l]!;
        const below = layers[l - 1];
        const x = below ? below.values : block + 4 * last.outputs * rows;
        kernels.addWeightGradient(gradient, g, x, outputs, inputs, rows, Number(biased));
        if (!below) return;
        const stride = inputs + Number(biased);
        kernels.backward(h, weights, stride, g, below.slopes, inputs, outputs, rows, below.slope);
        [g, h] = [h, g];
      }
    },
  };
}

function activate(
  kernels: TrainingKernels,
  { activation, alpha, values, slopes, slope, outputs }: PlacedLayer,
  rows: number,
): void {
  const count = outputs * rows;
  if (slope === SLOPES.tanh) kernels.tanhOver(values, count);
  else if (slope === SLOPES.stored) kernels.activate(kindOf(activation), alpha, values, slopes, 0, 0, count);
}

function kindOf(activation: string): number {
  return (KINDS as readonly string[]).indexOf(activation);
}

type AddLoss = (scale: number, count: number, rows: number) => void;

function lossOf(
  kernels: TrainingKernels,
  { layers, block, derivatives: [g], score }: Layout,
  loss: TrainingLoss,
): AddLoss {
  const { values, slopes, slope, outputs } = layers.at(-1)!;
  switch (loss) {
    case 'meanSquaredError':
      return (scale, count, rows) =>
        kernels.squaredErrors(score, g, values, block, slopes, slope, scale, outputs, count, rows);
    case 'binaryCrossentropy':
    case 'categoricalCrossentropy':
      return (scale, count, rows) => kernels[loss](score, g, values, block, scale, outputs, count, rows);
  }
}
