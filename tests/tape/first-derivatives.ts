/**
 * Prints the first derivatives of operations, as TensorFlow.js has them (argument `plain`) or after the tape is repaired, bit by
 * bit, for every backend. A process of its own, because the repair is for a whole process.
 */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

if (process.argv[2] !== 'plain') {
  const { repairTape } = await import('../../lib/tape/repair.js');
  repairTape();
}
tf.enableProdMode();

type Operation = (x: tf.Tensor2D) => tf.Tensor;
const images = (x: tf.Tensor): tf.Tensor4D => tf.reshape(x, [2, 3, 4, 1]);
const filter = (channels: number): tf.Tensor4D => tf.randomNormal([2, 2, 1, channels], 0, 1, 'float32', 5);
const labels = (): tf.Tensor => tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), 6);

const operations: Readonly<Record<string, Operation>> = {
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  exp: tf.exp,
  elu: tf.elu,
  selu: tf.selu,
  softplus: tf.softplus,
  relu: tf.relu,
  relu6: tf.relu6,
  leakyRelu: (x) => tf.leakyRelu(x),
  prelu: (x) => tf.prelu(x, tf.scalar(0.3) as tf.Tensor) as tf.Tensor2D,
  softmax: (x) => tf.softmax(x),
  logSoftmax: (x) => tf.logSoftmax(x),
  logSigmoid: tf.logSigmoid,
  logSumExp: (x) => tf.logSumExp(x, 1),
  max: (x) => tf.max(x, 1),
  min: (x) => tf.min(x, 0),
  maximum: (x) => tf.maximum(x, tf.sin(x)),
  minimum: (x) => tf.minimum(x, 0.2),
  squaredDifference: (x) => tf.squaredDifference(x, tf.sin(x)),
  power: (x) => tf.pow(x, 3),
  powers: (x) => tf.pow(tf.abs(x), tf.sin(x)),
  powerOfTensor: (x) => tf.pow(tf.abs(x), tf.tensor1d([1, 2, 0.5, -1, 3, 0])),
  clip: (x) => tf.clipByValue(x, -0.5, 0.5),
  product: (x) => tf.prod(x, 1),
  cumulativeSum: (x) => tf.cumsum(x, 1),
  gather: (x) => tf.gather(x, tf.tensor1d([0, 2, 2], 'int32')),
  crossEntropy: (x) => tf.losses.softmaxCrossEntropy(labels(), x),
  sigmoidCrossEntropy: (x) => tf.losses.sigmoidCrossEntropy(labels(), x),
  convolution: (x) => tf.conv2d(images(x), filter(3), 1, 'same'),
  depthwise: (x) => tf.depthwiseConv2d(images(x), filter(2), 1, 'same'),
  averagePool: (x) => tf.avgPool(images(x), 2, 1, 'same'),
  maxPool: (x) => tf.maxPool(images(x), 2, 2, 'valid'),
  bilinear: (x) => tf.image.resizeBilinear(images(x), [5, 6]),
  nearest: (x) => tf.image.resizeNearestNeighbor(images(x), [6, 8]),
  toWholeNumbers: (x) => tf.mul(tf.cast(tf.cast(x, 'int32'), 'float32'), x),
  mirrorPad: (x) =>
    tf.mirrorPad(
      x,
      [1, 1].map((width) => [width, width] as [number, number]),
      'reflect',
    ),
};

for (const backend of ['cpu', 'wasm']) {
  await tf.setBackend(backend);
  for (const [name, operation] of Object.entries(operations)) {
    const x = tf.randomNormal<tf.Rank.R2>([4, 6], 0, 1, 'float32', 1);
    const weighted = (at: tf.Tensor): tf.Tensor => tf.sum(tf.sin(operation(at as tf.Tensor2D)));
    try {
      const gradient = tf.grad(weighted)(x).dataSync();
      console.log(backend, name, Buffer.from(Float32Array.from(gradient).buffer).toString('hex'));
    } catch (error) {
      console.log(backend, name, 'throws', error instanceof Error ? error.message : error);
    }
  }
}
