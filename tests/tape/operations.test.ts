import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { gradient } from '../../lib/derivatives/gradient.js';
import { hessian } from '../../lib/derivatives/hessian.js';
import { differentiator } from '../../lib/derivatives/method.js';
import { problemOf } from '../../lib/derivatives/problem.js';
import { numpyRandom } from '../../lib/random.js';

type Operation = (x: tf.Tensor2D) => tf.Tensor;
const INPUTS = 12;
const normal = (shape: number[], seed: number): tf.Tensor =>
  tf.tensor(
    Float32Array.from(
      numpyRandom(seed).normal(
        0,
        1,
        shape.reduce((a, b) => a * b),
      ),
    ),
    shape,
  );
/** Each row as a picture of 3 by 4 points, or as a matrix of 4 by 3. */
const images = (x: tf.Tensor): tf.Tensor4D => tf.reshape(x, [-1, 3, 4, 1]);
const matrices = (x: tf.Tensor): tf.Tensor3D => tf.reshape(x, [-1, 4, 3]);
const filter = (channels: number): tf.Tensor4D => normal([2, 2, 1, channels], 5) as tf.Tensor4D;

const operations: Readonly<Record<string, Operation>> = {
  division: (x) => tf.div(tf.sin(x), tf.add(tf.square(x), 1)),
  'square root and logarithm': (x) => tf.mul(tf.sqrt(tf.add(tf.square(x), 1)), tf.log(tf.add(tf.square(x), 2))),
  'sine and cosine': (x) => tf.mul(tf.sin(x), tf.cos(x)),
  'absolute value': (x) => tf.mul(tf.abs(x), x),
  power: (x) => tf.pow(tf.add(tf.square(x), 1), 1.5),
  clipping: (x) => tf.square(tf.clipByValue(x, -0.7, 0.9)),
  where: (x) => tf.where(tf.logicalAnd(tf.greater(x, 0), tf.less(x, 1)), tf.exp(x), tf.sin(x)),
  maximum: (x) => tf.maximum(tf.square(x), tf.sum(x, 1, true)),
  'squared difference': (x) => tf.squaredDifference(tf.exp(tf.mul(x, 0.3)), tf.mean(x, 1, true)),
  'largest value': (x) => tf.exp(tf.max(matrices(x), 1)),
  'smallest value': (x) => tf.exp(tf.min(matrices(x), 2)),
  product: (x) => tf.prod(matrices(x), 2),
  'cumulative sum': (x) => tf.sin(tf.cumsum(matrices(x), 1)),
  'cumulative product': (x) => tf.cumprod(tf.slice(x, [0, 0], [-1, 3]), 1, false, true),
  'slice and concatenation': (x) =>
    tf.mul(tf.concat([tf.slice(x, [0, 6]), tf.slice(x, [0, 0], [-1, 6])], 1), tf.exp(x)),
  gather: (x) => tf.exp(tf.gather(x, tf.tensor1d([1, 3, 3], 'int32'), 1)),
  'split and stack': (x) => {
    const [a, b] = tf.split(x, 2, 1);
    return tf.prod(tf.stack([tf.sin(a!), b!], 1), 1);
  },
  softmax: (x) => tf.softmax(x),
  'log softmax': (x) => tf.square(tf.logSoftmax(x)),
  'log of a sum of exponentials': (x) => tf.square(tf.logSumExp(x, 1)),
  'standard deviation': (x) => tf.sqrt(tf.moments(x, 1).variance),
  norm: (x) => tf.norm(x, 'euclidean', 1),
  'matrix products': (x) => tf.matMul(matrices(x), tf.sin(matrices(x)), true, false),
  'cross-entropy': (x) => tf.neg(tf.sum(tf.mul(tf.softmax(x), tf.logSoftmax(tf.sin(x))), 1)),
  'remainder and rounding': (x) => tf.mul(tf.mod(x, 0.7), tf.add(tf.floor(tf.mul(x, 3)), tf.round(x))),
  'whole numbers': (x) => tf.mul(tf.cast(tf.cast(tf.mul(x, 3), 'int32'), 'float32'), tf.square(x)),
  'whole division': (x) => tf.mul(tf.floorDiv(x, 0.7), tf.square(x)),
  convolution: (x) => tf.tanh(tf.conv2d(images(x), filter(3), 1, 'same')),
  'depthwise convolution': (x) => tf.tanh(tf.depthwiseConv2d(images(x), filter(2), 1, 'same')),
  'strided convolution': (x) => tf.tanh(tf.conv2d(images(x), filter(2), 2, 'same')),
  'transposed convolution': (x) => {
    const batch = x.shape[0];
    return tf.tanh(
      tf.conv2dTranspose(images(x), filter(3).transpose([0, 1, 3, 2]) as tf.Tensor4D, [batch, 6, 8, 3], 2, 'same'),
    );
  },
  'largest value of overlapping windows': (x) => tf.exp(tf.maxPool(images(x), 2, 1, 'same')),
  'average of overlapping windows': (x) => tf.exp(tf.avgPool(images(x), 3, 1, 'same')),
  'bilinear resizing': (x) => tf.exp(tf.image.resizeBilinear(images(x), [5, 6])),
  'bilinear resizing about centres': (x) => tf.exp(tf.image.resizeBilinear(images(x), [5, 7], false, true)),
  'resizing by the nearest point': (x) => tf.exp(tf.image.resizeNearestNeighbor(images(x), [6, 5])),
};

/** All that an operation gives for a row, in one number whose derivatives do not vanish. */
const summed =
  (operation: Operation) =>
  (x: tf.Tensor2D): tf.Tensor => {
    const y = tf.reshape(operation(x), [x.shape[0], -1]);
    return tf.sum(tf.add(tf.sin(tf.mul(y, 1.3)), tf.mul(tf.pow(y, 3), 0.1)), 1);
  };

/** Rows, moved along one direction. */
function moved(step: number): tf.Tensor2D {
  const values = numpyRandom(2).normal(0, 0.7, 3 * INPUTS);
  return tf.tensor2d(
    Float32Array.from(values, (value, i) => value + step * Math.cos(i % INPUTS)),
    [3, INPUTS],
  );
}

/** For numbers [3, INPUTS, …]: their sum along the direction. */
function along(numbers: Float32Array): number[] {
  return Array.from({ length: numbers.length / INPUTS }, (_, i) =>
    numbers.slice(i * INPUTS, (i + 1) * INPUTS).reduce((sum, value, j) => sum + value * Math.cos(j), 0),
  );
}

function values(compute: (x: tf.Tensor2D) => tf.Tensor, step: number): Float32Array {
  return tf.tidy(() => compute(moved(step)).dataSync<'float32'>().slice());
}

type Compute = (x: tf.Tensor2D) => tf.Tensor;

/** Asserts that derivatives are central differences of those of one order lower, in all rows but one (which may have a kink). */
function assertDerivatives(derivatives: Compute, lower: Compute, order: string): void {
  const h = 4e-3;
  const exact = along(values(derivatives, 0));
  const [above, below] = [values(lower, h), values(lower, -h)];
  const size = Math.max(...exact.map(Math.abs), 1e-2);
  const close = exact.map((value, i) => Math.abs(value - (above[i]! - below[i]!) / (2 * h)) < 5e-3 * size);
  const inRow = exact.length / 3;
  const right = [0, 1, 2].filter((row) => close.slice(row * inRow, (row + 1) * inRow).every(Boolean));
  assert.ok(right.length >= 2, `order ${order}`);
}

for (const backend of ['wasm', 'cpu'] as const)
  describe(`derivatives of operations, computing with ${backend}`, () => {
    before(() => useBackend(backend));

    for (const [name, operation] of Object.entries(operations))
      it(`are those that central differences find, to third order: ${name}`, () => {
        const f = summed(operation);
        const count = tf.memory().numTensors;
        const [first, second] = [(x: tf.Tensor2D) => gradient(f, x), (x: tf.Tensor2D) => hessian(f, x)];
        const third = (x: tf.Tensor2D): tf.Tensor => {
          const problem = problemOf('third', f, x);
          return tf.tensor(differentiator(problem, 'tape')(problem.x, { order: 3, output: 0 }) as Float32Array);
        };
        assertDerivatives(first, f, 'one');
        assertDerivatives(second, first, 'two');
        assertDerivatives(third, second, 'three');
        assert.equal(tf.memory().numTensors, count);
      });

    it('are refused where TensorFlow.js has none, or wrong ones, with the name of the operation', () => {
      const x = moved(0);
      const count = tf.memory().numTensors;
      const mirrored = (at: tf.Tensor2D): tf.Tensor =>
        tf.mirrorPad(
          at,
          [
            [0, 0],
            [1, 1],
          ],
          'reflect',
        );
      const refused: readonly (readonly [Operation, string])[] = [
        [(at) => tf.topk(at, 2).values, 'TopK'],
        [(at) => tf.stridedSlice(at, [0, 0], [at.shape[0], INPUTS], [1, 2]), 'StridedSlice'],
        [mirrored, 'MirrorPad'],
      ];
      for (const [operation, name] of refused)
        assert.throws(() => gradient(summed(operation), x), {
          name: 'Error',
          message: `gradient needs operations that can be differentiated, got ${name}`,
        });
      const normalised = summed((at) => tf.localResponseNormalization(images(at)));
      assert.throws(() => hessian(normalised, x), {
        name: 'Error',
        message: 'hessian needs operations that can be differentiated, got LRNGrad',
      });
      assert.equal(tf.memory().numTensors, count);
      x.dispose();
    });
  });
