import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { repairTape } from '../../lib/tape/repair.js';
import { assertClose } from '../close.js';

type Shape = [number, number, number, number];
type Convolution = (images: tf.Tensor4D, filter: tf.Tensor4D, strides: number, pad: 'valid' | 'same') => tf.Tensor4D;

const IMAGES: Shape = [2, 4, 5, 2];
const plain: Convolution = (images, filter, strides, pad) => tf.conv2d(images, filter, strides, pad);
const depthwise: Convolution = (images, filter, strides, pad) => tf.depthwiseConv2d(images, filter, strides, pad);

/**
 * Σ sin 1.3 y + 0.1 y³ of a convolution y, its derivative along a first direction, that along a second, and along a third: for
 * images and filter as one list of numbers, sin (1 + 2 j), in directions sin (2 + 3 j), sin (3 + 5 j) and sin (4 + 7 j). The numbers
 * are those of PyTorch 2.15.0 (autograd.grad with create_graph) and of TensorFlow 2.21.0 (nested GradientTapes), both in float64.
 */
const cases: readonly (readonly [Convolution, Shape, number, 'valid' | 'same', number[]])[] = [
  [plain, [2, 3, 2, 3], 1, 'valid', [0.324737, -1.911281, 1.759134, 32.054216]],
  [plain, [2, 3, 2, 3], 1, 'same', [-0.41229, -1.768706, 29.308, 90.335547]],
  [plain, [2, 3, 2, 3], 2, 'valid', [0.504199, -2.961081, 4.82771, 6.813701]],
  [plain, [2, 3, 2, 3], 2, 'same', [-0.252764, -3.177794, 4.342367, 9.896334]],
  [depthwise, [2, 3, 2, 2], 1, 'valid', [0.5656, -0.492971, 23.857566, -27.137067]],
  [depthwise, [2, 3, 2, 2], 1, 'same', [-3.01048, 1.946764, 26.338914, -34.591365]],
  [depthwise, [2, 2, 2, 2], 2, 'same', [-2.873083, 1.001445, 0.775039, 2.892753]],
];

const size = (shape: Shape): number => shape.reduce((product, length) => product * length);
const wave = (length: number, start: number, step: number): tf.Tensor1D =>
  tf.tensor1d(Float32Array.from({ length }, (_, j) => Math.sin(start + step * j)));

for (const backend of ['wasm', 'cpu'] as const)
  describe(`derivatives of convolutions along images and filter at once, computing with ${backend}`, () => {
    before(async () => {
      await useBackend(backend);
      repairTape();
    });

    for (const [convolution, shape, strides, pad, wanted] of cases)
      it(`are PyTorch's and TensorFlow's, to third order: ${convolution.name}, ${pad}, strides of ${strides}`, () => {
        const images = size(IMAGES);
        const length = images + size(shape);
        const start = (all: tf.Tensor): tf.Tensor => {
          const y = convolution(
            tf.reshape(tf.slice(all, 0, images), IMAGES),
            tf.reshape(tf.slice(all, images), shape),
            strides,
            pad,
          );
          return tf.sum(tf.add(tf.sin(tf.mul(y, 1.3)), tf.mul(tf.pow(y, 3), 0.1)));
        };
        const found = tf.tidy(() => {
          const functions = [start];
          for (const [from, step] of [
            [2, 3],
            [3, 5],
            [4, 7],
          ] as const) {
            const gradient = tf.grad(functions.at(-1)!);
            functions.push((all) => tf.sum(tf.mul(gradient(all), wave(length, from, step))));
          }
          return functions.map((f) => f(wave(length, 1, 2)).dataSync()[0]!);
        });
        assertClose(found, wanted, 1e-4);
      });
  });
