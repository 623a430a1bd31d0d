import * as tf from '@tensorflow/tfjs';
import { crossEntropy, crossEntropyGradient } from './cross-entropy.js';
import type { Attributes, Gradient, TapeNode } from './engine.js';
import { averagePoolGradient, maxPoolGradient, resizeGradient } from './image-gradients.js';

/**
 * Gives an operation another gradient than TensorFlow.js does, where that one is wrong.
 *
 * First derivatives by `tf.grad` itself are to stay what they are, so this is done only while this library differentiates.
 */
export function correct(operation: TapeNode, attributes: Attributes): void {
  const correction = corrections[operation.kernelName]?.(operation, attributes);
  if (correction) operation.gradient = correction;
}

type Correction = (operation: TapeNode, attributes: Attributes) => Gradient | undefined;

const corrections: Readonly<Record<string, Correction>> = {
  // To whole numbers or truth values: flat between jumps. TensorFlow.js takes it for the identity.
  [tf.Cast]: (operation, { dtype }) => (dtype === 'float32' ? undefined : flat(operation)),
  // Flat as well. TensorFlow.js takes it for a division.
  [tf.FloorDiv]: flat,
  // TensorFlow.js swaps axes that are in place already.
  [tf.Cumsum]: (_, { axis, exclusive, reverse }) => {
    const [along, without, backwards] = [axis as number, exclusive as boolean, reverse as boolean];
    return ([dy]) => ({ x: () => tf.cumsum(dy!, along, without, !backwards) });
  },
  [crossEntropy]: crossEntropyGradient,
  [tf.AvgPool]: averagePoolGradient,
  [tf.MaxPool]: maxPoolGradient,
  [tf.ResizeBilinear]: resizeGradient,
  [tf.ResizeNearestNeighbor]: resizeGradient,
  // What is mirrored does not count.
  [tf.MirrorPad]: refused,
  // Wrong on WebAssembly.
  [tf.Dilation2D]: refusedOnWebAssembly,
  [tf.Conv3D]: refusedOnWebAssembly,
  [tf.MaxPool3D]: refusedOnWebAssembly,
};

function flat({ inputs }: TapeNode): Gradient {
  const zeros = Object.entries(inputs).map(([name, { shape }]) => [name, () => tf.zeros(shape)] as const);
  return () => Object.fromEntries(zeros);
}

function refused({ kernelName, inputs }: TapeNode): Gradient {
  const refuse = (): never => {
    throw new Error(`gradient function not found for ${kernelName}`);
  };
  return () => Object.fromEntries(Object.keys(inputs).map((name) => [name, refuse]));
}

function refusedOnWebAssembly(operation: TapeNode): Gradient | undefined {
  return tf.getBackend() === 'wasm' ? refused(operation) : undefined;
}
