import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { createMlp, explain, numpyRandom, seriesMeanEstimate, useBackend } from 'netlens';
import { explanationPage } from '../../lib/explain/page.js';
import { assertClose } from '../close.js';

const draw = (rows: number, inputs: number, seed = 3): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from(numpyRandom(seed).normal(0, 1, rows * inputs)), [rows, inputs]);
const plane = (x: tf.Tensor2D): tf.Tensor => tf.sum(tf.mul(x, [2, -3, 0]), 1);
let network: tf.LayersModel;
const values = (map: readonly (readonly { readonly value: number }[])[]): number[][] =>
  map.map((row) => row.map(({ value }) => value));

describe('An explanation', () => {
  before(async () => {
    await useBackend();
    const shape = { inputs: 3, hidden: [8], outputs: 2, activation: 'relu', outputActivation: 'linear' } as const;
    network = createMlp({ ...shape, seed: 1 });
  });

  describe('by explain', () => {
    it('finds the slopes of a plane, their sizes per standard deviation, and what shuffling costs', async () => {
      const x = draw(500, 3);
      const found = await explain(plane, x);
      assertClose(values(found.jacobian), [[2, -3, 0]], 1e-6);
      const deviations = Array.from(tf.moments(x, 0).variance.sqrt().dataSync());
      assertClose(values(found.sensitivity), [[2 * deviations[0]!, 3 * deviations[1]!, 0]], 1e-5);
      // Shuffled, an input of slope a and variance v costs 2 a² v.
      const costs = [2, 3, 0].map((slope, i) => 2 * (slope * deviations[i]!) ** 2);
      assertClose(Array.from(found.importance.importancesMean), costs, 2);
      assert.equal(found.importance.importancesMean[2], 0);
    });

    it('finds the spread of inputs whose squares are beyond single precision', async () => {
      const x = tf.tensor2d(Array.from({ length: 40 }, (_, row) => [row % 2 ? 1e30 : -1e30, row % 3, 1]));
      const { sensitivity } = await explain(plane, x);
      const [large, , constant] = values(sensitivity)[0]!;
      assertClose(large! / 1e30, 2, 1e-6);
      assert.equal(constant, 0);
    });

    it('scores against the truth where it is given', async () => {
      const x = draw(200, 3);
      const found = await explain(plane, x, { y: plane(x), outputs: ['height'] });
      assert.equal(found.importance.baselineScore, 1);
    });

    it('hands relevance down where the model is a dense stack, and says why not elsewhere', async () => {
      const found = await explain(network, draw(150, 3));
      assert.equal(found.relevance?.length, 2);
      assert.equal(found.conservation?.length, 2);
      assert.deepEqual(found.agreement.names.at(-1), 'relevance');
      const without = await explain(plane, draw(150, 3));
      assert.equal(without.relevance, undefined);
      assert.match(without.warnings.join(), /There is no relevance: relevance needs/);
    });

    it('takes into account that the rows of a series are alike', async () => {
      const noise = numpyRandom(5).normal(0, 1, 400);
      const slow = Float64Array.from({ length: 400 }, (_, t) => noise[Math.floor(t / 20)]!);
      const x = tf.tensor2d(Array.from(slow, (value) => [value]));
      const square = (rows: tf.Tensor2D): tf.Tensor => tf.square(rows);
      const [independent, series] = [await explain(square, x), await explain(square, x, { series: true })];
      const wanted = seriesMeanEstimate(Float32Array.from(slow, (value) => 2 * value)).error;
      assertClose(series.jacobian[0]![0]!.error, wanted, 1e-6);
      assert.ok(series.jacobian[0]![0]!.error > 2 * independent.jacobian[0]![0]!.error);
      assert.match(independent.warnings.join(), /x1 stays for about \d+ rows/);
      assert.doesNotMatch(series.warnings.join(), /stays for/);
    });

    it('gives the same again for the same seed, and leaves no tensor behind', async () => {
      const x = draw(120, 3);
      await explain(network, x, { seed: 4 });
      const before = tf.memory().numTensors;
      const [a, b] = [await explain(network, x, { seed: 4 }), await explain(network, x, { seed: 4 })];
      assert.equal(tf.memory().numTensors, before);
      assert.deepEqual(a.importance.importances, b.importance.importances);
      assert.deepEqual(a.agreement.ofMeans, b.agreement.ofMeans);
    });

    it('refuses too few rows and names that do not fit', async () => {
      await assert.rejects(explain(plane, draw(1, 3)), {
        name: 'RangeError',
        message: /^explain needs at least 2 rows, got 1$/,
      });
      await assert.rejects(explain(plane, draw(19, 3), { series: true }), /at least 20 rows, got 19/);
      await assert.rejects(explain(plane, draw(9, 3), { inputs: ['a'] }), /explain needs 3 names of inputs, got 1/);
      await assert.rejects(explain(plane, draw(9, 3), { outputs: [] }), /explain needs 1 names of outputs, got 0/);
    });

    it('refuses a model that gives no finite numbers', async () => {
      await assert.rejects(explain(tf.log, draw(9, 1)), {
        name: 'RangeError',
        message: 'explain needs a model that gives finite numbers, got NaN',
      });
    });
  });

  describe('has warnings that', () => {
    const warningsFor = async (x: tf.Tensor2D): Promise<string> => (await explain(plane, x)).warnings.join('\n');

    it('are few for good data', async () => {
      const { warnings } = await explain(network, draw(300, 3, 8));
      assert.doesNotMatch(warnings.join(), /rows|Constant|go together/);
    });

    it('name inputs that go together, that never change, and data that are few', async () => {
      const [a, b] = tf.split(draw(60, 2), 2, 1) as [tf.Tensor2D, tf.Tensor2D];
      const text = await warningsFor(
        tf.concat<tf.Tensor2D>([a, tf.add<tf.Tensor2D>(a, tf.mul(b, 0.1)), tf.onesLike(a)], 1),
      );
      assert.match(text, /only 60 rows/);
      assert.match(text, /do not occur: x1 and x2 \(r = 0\.99\)/);
      assert.match(text, /Constant in all rows.*: x3\./);
    });

    it('tell how much relevance biases keep', async () => {
      const weights = [tf.tensor2d([[1], [1], [1]]), tf.tensor1d([50])];
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3], weights })] });
      assert.match((await explain(model, draw(100, 3))).warnings.join(), /does not arrive at the inputs/);
    });
  });

  describe('as a page', () => {
    it('is one page with a heading for each part, and shows every name as it is written', async () => {
      const explanation = await explain(network, draw(120, 3), { inputs: ['a<b', 'c&d', 'e'], outputs: ['<i>', 'o'] });
      const page = await explanationPage({ title: 'T & U', facts: [['Model', '<m>']] }, explanation);
      assert.equal(page.match(/<h1>/g)?.length, 1);
      assert.equal(page.match(/<h2>/g)?.length, 7);
      assert.ok(
        page.includes('a&lt;b') &&
          page.includes('&lt;i&gt;') &&
          page.includes('&lt;m&gt;') &&
          page.includes('T &amp; U'),
      );
      assert.doesNotMatch(page, /<i>|https?:/);
    });
  });
});
