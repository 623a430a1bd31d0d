import type { KINDS } from '../activation.js';

/** An activation that a hidden layer can be trained with. */
type TrainableActivation = (typeof KINDS)[number];

/** What is made small. */
export type TrainingLoss = 'binaryCrossentropy' | 'categoricalCrossentropy' | 'meanSquaredError';

/** A dense layer without its weights. */
export interface TrainingLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** Whether it has a bias. */
  readonly biased: boolean;
  /** For a crossentropy the last one is the sigmoid (binary) or softmax (categorical), and is part of the loss. */
  readonly activation: TrainableActivation | 'softmax';
  /** What leakyRelu, elu and swish are given. */
  readonly alpha: number;
}

/** A network that can be trained, as plain data: it can be sent to another thread. */
export interface TrainingNetwork {
  readonly layers: readonly TrainingLayer[];
  readonly loss: TrainingLoss;
}

/** Whether the loss takes the pre-activations of the last layer. */
export const TAKES_LOGITS: Readonly<Record<TrainingLoss, 'sigmoid' | 'softmax' | undefined>> = {
  binaryCrossentropy: 'sigmoid',
  categoricalCrossentropy: 'softmax',
  meanSquaredError: undefined,
};

/** How many terms the loss has for each row; it is their mean over all rows. */
export function termsPerRow({ layers, loss }: TrainingNetwork): number {
  return loss === 'categoricalCrossentropy' ? 1 : layers.at(-1)!.outputs;
}

/** Numbers that a layer learns: W[output][input] and behind the inputs the bias. */
export function parametersOf({ inputs, outputs, biased }: TrainingLayer): number {
  return outputs * (inputs + (biased ? 1 : 0));
}

/** All numbers that a network learns, layer after layer, filled up to a multiple of four. */
export function parameterCount({ layers }: TrainingNetwork): number {
  return fours(layers.reduce((sum, layer) => sum + parametersOf(layer), 0));
}

/** Numbers in a record, a row of the data: targets, inputs, and zeros up to a multiple of four. */
export function recordWidth({ layers }: TrainingNetwork): number {
  return fours(layers.at(-1)!.outputs + layers[0]!.inputs);
}

/**
 * Rows of the data as records.
 *
 * @param x - shape [rows, inputs].
 * @param y - shape [rows, outputs].
 * @param records - where they go, recordWidth numbers for each row.
 */
export function writeRecords(
  network: TrainingNetwork,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  records: Float32Array,
): void {
  const width = recordWidth(network);
  const [outputs, inputs] = [network.layers.at(-1)!.outputs, network.layers[0]!.inputs];
  for (let to = 0, row = 0; to < records.length; to += width, row++) {
    for (let o = 0; o < outputs; o++) records[to + o] = y[row * outputs + o]!;
    for (let i = 0; i < inputs; i++) records[to + outputs + i] = x[row * inputs + i]!;
  }
}

function fours(count: number): number {
  return Math.ceil(count / 4) * 4;
}
