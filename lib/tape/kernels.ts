import * as tf from '@tensorflow/tfjs';
import { patches, type Window } from './gradients/patches.js';

type Kernel = (inputs: Readonly<Record<string, tf.Tensor>>, attributes: Attributes) => tf.Tensor;

interface Attributes {
  readonly strides: Window['strides'];
  readonly pad: Window['pad'];
  readonly filterShape: readonly [number, number, number, number];
  readonly inputShape: readonly [number, number, number, number];
  readonly numSegments: number;
}

/**
 * Registers for the WebAssembly backend the operations that it lacks and that gradients need: those of convolutional layers
 * and of `tf.gather`. They are composed of operations that it has.
 */
export function registerMissingKernels(): void {
  for (const [kernelName, kernel] of Object.entries(kernels))
    if (!(tf.getKernel(kernelName, 'wasm') as tf.KernelConfig | undefined))
      tf.registerKernel({
        kernelName,
        backendName: 'wasm',
        kernelFunc: ({ inputs, attrs }) =>
          tf.tidy(() => kernel(inputs as Record<string, tf.Tensor>, attrs as unknown as Attributes)),
      });
}

const kernels: Readonly<Record<string, Kernel>> = {
  [tf.UnsortedSegmentSum]: ({ x, segmentIds }, { numSegments }) => {
    const [rows, ...rest] = x!.shape as [number, ...number[]];
    const membership = tf.transpose(tf.cast(tf.oneHot(segmentIds as tf.Tensor1D, numSegments), 'float32'));
    return tf.reshape(tf.matMul(membership, tf.reshape(x!, [rows, -1])), [numSegments, ...rest]);
  },

  [tf.Conv2DBackpropFilter]: ({ x, dy }, { filterShape, ...window }) => {
    const [height, width, channels, outputs] = filterShape;
    const seen = patches(x as tf.Tensor4D, { ...window, size: [height, width] });
    const columns = tf.transpose(tf.reshape(seen, [-1, channels * height * width]));
    const filter = tf.matMul(columns, tf.reshape(dy!, [-1, outputs]));
    return tf.transpose(tf.reshape(filter, [channels, height, width, outputs]), [1, 2, 0, 3]);
  },

  [tf.DepthwiseConv2dNativeBackpropInput]: ({ dy, filter }, { inputShape, ...window }) => {
    const [height, width, channels, multiplier] = filter!.shape as [number, number, number, number];
    // The same convolution with all pairs of channels, those zero that a depthwise one does not join.
    const diagonal = tf.reshape(tf.eye(channels), [1, 1, channels, channels, 1]);
    const pairs = tf.mul(tf.reshape(filter!, [height, width, channels, 1, multiplier]), diagonal);
    const full = tf.reshape(pairs, [height, width, channels, channels * multiplier]) as tf.Tensor4D;
    return tf.conv2dTranspose(dy as tf.Tensor4D, full, [...inputShape], window.strides, window.pad as 'same');
  },

  [tf.DepthwiseConv2dNativeBackpropFilter]: ({ x, dy }, { filterShape, ...window }) => {
    const [height, width, channels, multiplier] = filterShape;
    const seen = patches(x as tf.Tensor4D, { ...window, size: [height, width] });
    const columns = tf.transpose(tf.reshape(seen, [-1, channels, height * width]), [1, 2, 0]);
    const filter = tf.matMul(columns, tf.transpose(tf.reshape(dy!, [-1, channels, multiplier]), [1, 0, 2]));
    return tf.transpose(tf.reshape(filter, [channels, height, width, multiplier]), [1, 2, 0, 3]);
  },
};
