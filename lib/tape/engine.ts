import * as tf from '@tensorflow/tfjs';

/** One operation on the tape. */
export interface TapeNode {
  readonly kernelName: string;
  inputs: Readonly<Record<string, tf.Tensor>>;
  readonly outputs: readonly tf.Tensor[];
  /** Copies of inputs and outputs that its gradient needs. */
  saved: readonly tf.Tensor[];
  gradient?: Gradient;
}

/** The gradients of the inputs of an operation, by name and each when it is needed, from those of its outputs. */
export type Gradient = (dys: readonly tf.Tensor[]) => Record<string, () => tf.Tensor>;

/** An operation as it is recorded: its name, inputs, outputs, own gradient if it has one, saved tensors and attributes. */
type Recording = readonly [
  kernelName: string,
  inputs: TapeNode['inputs'],
  outputs: TapeNode['outputs'],
  gradient: unknown,
  saved: TapeNode['saved'],
  attributes: Attributes | undefined,
];

/** The attributes of an operation, such as its axis. */
export type Attributes = Readonly<Record<string, unknown>>;

/** The engine of TensorFlow.js as far as the tape is concerned, private parts included. */
export interface Engine {
  addTapeNode(...recording: Recording): void;
  saveTensorsForBackwardMode(tensors: (tf.Tensor | null | undefined)[]): (tf.Tensor | null | undefined)[];
  readSync(dataId: object): unknown;
  readonly state: { activeTape: TapeNode[] | null; readonly gradientDepth: number; readonly kernelDepth: number };
  [ownState]?: OwnState;
}

/** What this library knows of the tape. */
export interface OwnState {
  /** How many functions of this library are differentiating. */
  differentiating: number;
  /** What they met whose gradient is not that of TensorFlow.js. */
  readonly foreign: Set<string>;
  /** Whether numbers were read off tensors meanwhile. */
  reading: boolean;
}

/** Where the engine keeps it, for all copies of this library. */
export const ownState: unique symbol = Symbol.for('netlens.tape');

/** The one engine of the process; all copies of TensorFlow.js share it. */
export function engine(): Engine {
  return tf.engine() as unknown as Engine;
}
