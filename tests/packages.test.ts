import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as dfd from 'danfojs-node';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { useBackend } from '../lib/backend.js';
import { readEvents } from '../lib/event-file.js';

const file = join(import.meta.dirname, '../data/events.csv');

describe('the packages for tables and statistics', () => {
  before(() => useBackend('wasm'));

  it('danfojs computes with the TensorFlow.js of the library', () => {
    assert.equal(dfd.tensorflow.engine(), tf.engine());
    assert.equal(dfd.tensorflow.Tensor, tf.Tensor);
  });

  it('danfojs describes the events, as tensors and simple-statistics do', async () => {
    const table = await dfd.readCSV(file);
    assert.deepEqual(table.shape, [40_000, 4]);
    const description = table.describe();
    assert.deepEqual(description.index, ['count', 'mean', 'std', 'min', 'median', 'max', 'variance']);
    const [, means, deviations] = description.values as number[][];
    const events = await readEvents(file);
    const x = tf.concat([events.train.x, events.test.x]);
    const { mean: tensorMean, variance } = tf.moments(x, 0);
    const [tensorMeans, tensorDeviations] = [tensorMean.dataSync(), tf.sqrt(variance).dataSync()];
    events.columns.forEach((column, i) => {
      const values = table[column].values as number[];
      assert.ok(Math.abs(means![i]! - mean(values)) < 1e-9);
      assert.ok(Math.abs(deviations![i]! - sampleStandardDeviation(values)) < 1e-9);
      assert.ok(Math.abs(tensorMeans[i]! - mean(values)) < 1e-4);
      assert.ok(Math.abs(tensorDeviations[i]! - sampleStandardDeviation(values)) < 1e-3);
    });
    tf.dispose([x, tensorMean, variance, events.train, events.test]);
  });
});
