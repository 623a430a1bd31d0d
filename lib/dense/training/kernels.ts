import type { LayerKernels } from '../engine/kernels.js';
import type { Memory } from '../engine/memory.js';

/**
 * The small programs of training, in single precision, on blocks of rows X[feature][row] whose number of rows is a multiple
 * of 16: compiled (lib/dense/assembly/training, where each is explained) or plain (lib/dense/training/twins), same bits.
 */
export interface TrainingKernels extends Pick<LayerKernels, 'activate'>, ForwardKernels, BackwardKernels, LossKernels {
  shuffle(state: number, next: number, values: number, count: number): number;
}

export interface ForwardKernels {
  gather(block: number, records: number, width: number, numbers: number, count: number, rows: number): void;
  forward(
    y: number,
    weights: number,
    x: number,
    outputs: number,
    inputs: number,
    rows: number,
    biased: number,
    relu: number,
  ): void;
  tanhOver(values: number, count: number): void;
}

export interface BackwardKernels {
  backward(
    h: number,
    weights: number,
    stride: number,
    g: number,
    a: number,
    inputs: number,
    outputs: number,
    rows: number,
    slope: number,
  ): void;
  addWeightGradient(
    s: number,
    g: number,
    x: number,
    outputs: number,
    inputs: number,
    rows: number,
    biased: number,
  ): void;
  fold(g: number, s: number, count: number): void;
  adam(w: number, first: number, second: number, m: number, v: number, count: number, rate: number): void;
}

export interface LossKernels {
  squaredErrors(
    score: number,
    g: number,
    a: number,
    y: number,
    slopes: number,
    slope: number,
    scale: number,
    outputs: number,
    count: number,
    rows: number,
  ): void;
  binaryCrossentropy: CrossentropyKernel;
  categoricalCrossentropy: CrossentropyKernel;
}

/** A loss of logits z and targets y; `score` is where its sum is kept. */
export type CrossentropyKernel = (
  score: number,
  g: number,
  z: number,
  y: number,
  scale: number,
  outputs: number,
  count: number,
  rows: number,
) => void;

/** The kernels of training and the memory that they work in. */
export interface TrainingEngine {
  readonly kernels: TrainingKernels;
  readonly memory: Memory;
}

/** How f' of a layer follows from what it keeps: from its values, or stored beside them. The numbers are those of the kernels. */
export const SLOPES = { linear: 0, relu: 1, tanh: 2, stored: 3 } as const;
