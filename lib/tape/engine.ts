import * as tf from '@tensorflow/tfjs';

/** One operation on the tape. */
export interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly outputs: readonly tf.Tensor[];
  /** Copies of inputs and outputs that its gradient needs. */
  readonly saved: readonly tf.Tensor[];
  /** The gradients of the inputs, given those of the outputs. */
  gradient?: (dys: tf.Tensor[]) => Record<string, () => tf.Tensor>;
}

/** An operation as it is recorded: its name, inputs, outputs, own gradient if it has one, saved tensors and attributes. */
export type Recording = readonly [
  kernelName: string,
  inputs: TapeNode['inputs'],
  outputs: TapeNode['outputs'],
  gradient: unknown,
  saved: TapeNode['saved'],
  attributes: Readonly<Record<string, unknown>> | undefined,
];

/** The engine of TensorFlow.js as far as the tape is concerned, private parts included. */
export interface Engine {
  addTapeNode(...recording: Recording): void;
  readonly state: { activeTape: TapeNode[] | null; readonly gradientDepth: number };
}

/** The one engine of the process; all copies of TensorFlow.js share it. */
export function engine(): Engine {
  return tf.engine() as unknown as Engine;
}
