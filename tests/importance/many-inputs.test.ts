import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import {
  createMlp,
  exactPermutationImportance,
  type MlpOptions,
  numpyRandom,
  type PermutationImportance,
  permutationImportance,
} from 'netlens';
import { assertClose } from '../close.js';

const random = numpyRandom(31);
const [rows, inputs, units] = [40, 12, 4];
/** An input without any weight. */
const IGNORED = 5;

interface Twins {
  /** With far more inputs than units in the first layer. */
  readonly narrowing: tf.LayersModel;
  /** The same function, with more units in the first layer, which count for nothing. */
  readonly wide: tf.LayersModel;
}

function twins(options: Pick<MlpOptions, 'outputs' | 'outputActivation'>): Twins {
  const network = { inputs, activation: 'tanh', seed: 1, ...options } as const;
  const narrowing = createMlp({ ...network, hidden: [units, 3] });
  const wide = createMlp({ ...network, hidden: [2 * units, 3] });
  tf.tidy(() => {
    const [first, , second, ...above] = narrowing.getWeights() as [tf.Tensor2D, tf.Tensor, tf.Tensor2D, ...tf.Tensor[]];
    const isUsed = tf.tensor2d(Array.from({ length: inputs }, (_, input) => [Number(input !== IGNORED)]));
    const [used, biases] = [tf.mul(first, isUsed), tf.tensor1d(Float32Array.from(random.normal(0, 1, units)))];
    narrowing.setWeights([used, biases, second, ...above]);
    const padded = [
      tf.pad(used, [
        [0, 0],
        [0, units],
      ]),
      tf.pad(biases, [[0, units]]),
      tf.pad(second, [
        [0, units],
        [0, 0],
      ]),
    ];
    wide.setWeights([...padded, ...above]);
  });
  return { narrowing, wide };
}

const x = tf.tensor2d(Float32Array.from(random.normal(0, 2, rows * inputs)), [rows, inputs]);
const y = tf.tensor1d(Float32Array.from(random.normal(0, 1, rows)));
const labels = tf.oneHot(
  tf.tensor1d(
    Int32Array.from(y.dataSync(), (value) => Number(value > 0)),
    'int32',
  ),
  2,
);

describe('permutation importance of many inputs into few units', () => {
  const regression = twins({ outputs: 1, outputActivation: 'linear' });
  const classes = twins({ outputs: 2, outputActivation: 'softmax' });

  it('is that of the same function with more units', async () => {
    const groups = [[0], [3, 7, IGNORED], [11]];
    const found = async ({ narrowing, wide }: Twins, truth: tf.Tensor, metric: 'r2' | 'crossEntropy') => {
      for (const options of [
        { seed: 4, metric },
        { seed: 4, metric, groups, block: 3 },
      ]) {
        const [one, other] = [
          await permutationImportance(narrowing, x, truth, options),
          await permutationImportance(wide, x, truth, options),
        ];
        assertClose(all(one), all(other), 1e-12);
        assert.ok(Math.max(...one.importancesMean) > 0.01);
      }
      const [one, other] = [
        await exactPermutationImportance(narrowing, x, truth, { metric, groups }),
        await exactPermutationImportance(wide, x, truth, { metric, groups }),
      ];
      assertClose(
        [...one.importancesMean, ...one.importancesStd],
        [...other.importancesMean, ...other.importancesStd],
        1e-12,
      );
    };
    await found(regression, y, 'r2');
    await found(classes, labels, 'crossEntropy');
  });

  it('is exactly 0 for an input that has no weight', async () => {
    const { importances } = await permutationImportance(regression.narrowing, x, y, { seed: 4 });
    assert.deepEqual([...importances[IGNORED]!], [0, 0, 0, 0, 0]);
    const exact = await exactPermutationImportance(regression.narrowing, x, y);
    assert.deepEqual([exact.importancesMean[IGNORED], exact.importancesStd[IGNORED]], [0, 0]);
  });
});

function all({ importances }: PermutationImportance): readonly number[] {
  return importances.flatMap((values) => [...values]);
}
