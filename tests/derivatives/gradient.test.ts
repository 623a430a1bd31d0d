import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useBackend } from '../../lib/backend.js';
import { gradient } from '../../lib/derivatives/gradient.js';
import { type Activation, createMlp } from '../../lib/model.js';
import { numpyRandom } from '../../lib/random.js';
import reference from '../vectors/derivatives.json' with { type: 'json' };

type Rows = number[][];
const rows = (count: number, width: number, seed = 1): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from(numpyRandom(seed).normal(0, 1, count * width)), [count, width]);

function assertClose(actual: Rows, wanted: Rows, tolerance: number): void {
  assert.deepEqual([actual.length, actual[0]!.length], [wanted.length, wanted[0]!.length]);
  actual.forEach((row, i) => {
    row.forEach((value, j) => {
      assert.ok(
        Math.abs(value - wanted[i]![j]!) <= tolerance,
        `${value}, not ${wanted[i]![j]}, in row ${i}, column ${j}`,
      );
    });
  });
}

/** The gradient of sigmoid(w2 · tanh(W1 x + b1) + b2), in double precision. */
function closedForm(model: tf.LayersModel, x: Rows): Rows {
  const [w1, b1, w2, b2] = model.getWeights().map((w) => w.arraySync()) as [Rows, number[], Rows, number[]];
  return x.map((row) => {
    const h = b1.map((b, j) => Math.tanh(row.reduce((sum, value, i) => sum + value * w1[i]![j]!, b)));
    const p = 1 / (1 + Math.exp(-h.reduce((sum, a, j) => sum + a * w2[j]![0]!, b2[0]!)));
    return row.map((_, i) => p * (1 - p) * h.reduce((sum, a, j) => sum + w2[j]![0]! * (1 - a * a) * w1[i]![j]!, 0));
  });
}

for (const backend of ['wasm', 'cpu'] as const)
  describe(`gradient, computing with ${backend}`, () => {
    before(() => useBackend(backend));

    for (const vector of reference)
      it(`agrees with ${vector.id}: ${vector.source}`, () => {
        const model = tf.sequential({
          layers: vector.activations.map((activation, i) =>
            tf.layers.dense({
              units: vector.layers[i + 1]!,
              inputShape: [vector.layers[i]!],
              activation: activation as Activation,
            }),
          ),
        });
        const weights = vector.W_out_in.flatMap((w, i) => [tf.transpose(tf.tensor2d(w)), tf.tensor1d(vector.b[i]!)]);
        model.setWeights(weights);
        const x = tf.tensor2d(vector.X);
        vector.Y[0]!.forEach((_, output) => {
          const g = gradient(model, x, { output });
          assertClose(
            g.arraySync(),
            vector.jacobian_batch_out_in.map((jacobian) => jacobian[output]!),
            1e-6,
          );
          g.dispose();
        });
        tf.dispose([x, ...weights]);
        model.dispose();
      });

    it('agrees with the closed form of a tanh-sigmoid network to 2e-7, over more rows than it takes at once', () => {
      const model = createMlp({
        inputs: 3,
        hidden: [20],
        outputs: 1,
        activation: 'tanh',
        outputActivation: 'sigmoid',
        seed: 3,
      });
      const x = rows(8200, 3);
      const g = gradient(model, x);
      assertClose(g.arraySync(), closedForm(model, x.arraySync()), 2e-7);
      tf.dispose([x, g]);
      model.dispose();
    });

    it('is, on the tape, bit for bit what a loop over the rows gives', () => {
      const model = createMlp({
        inputs: 4,
        hidden: [16, 8],
        outputs: 1,
        activation: 'tanh',
        outputActivation: 'sigmoid',
        seed: 4,
      });
      const x = rows(50, 4);
      const loop = x.arraySync().map((row) =>
        tf.tidy(() => {
          const of = tf.grad((one: tf.Tensor) => tf.sum(model.apply(one) as tf.Tensor));
          return [...of(tf.tensor2d([row])).dataSync()];
        }),
      );
      const g = gradient(model, x, { method: 'tape' });
      assert.deepEqual(g.arraySync(), loop);
      tf.dispose([x, g]);
      model.dispose();
    });

    it('keeps one tensor and leaves the weights and x alone', () => {
      const model = createMlp({
        inputs: 2,
        hidden: [4],
        outputs: 3,
        activation: 'elu',
        outputActivation: 'softmax',
        seed: 5,
      });
      const x = rows(6, 2);
      const content = (): number[][] => [x, ...model.getWeights()].map((tensor) => [...tensor.dataSync()]);
      const [before, count] = [content(), tf.memory().numTensors];
      const g = gradient(model, x, { output: 2 });
      assert.equal(tf.memory().numTensors, count + 1);
      assert.deepEqual(content(), before);
      g.dispose();
      assert.throws(() => gradient(model, x, { output: 3 }));
      assert.equal(tf.memory().numTensors, count);
      x.dispose();
      model.dispose();
    });
  });

describe('gradient', () => {
  before(() => useBackend('cpu'));

  const of = (f: (x: tf.Tensor2D) => tf.Tensor, x: Rows, output?: number): Rows => {
    const [input, options] = [tf.tensor2d(x), output === undefined ? {} : { output }];
    const g = gradient(f, input, options);
    const result = g.arraySync();
    tf.dispose([input, g]);
    return result;
  };

  it('differentiates functions of a tensor, with outputs [batch] and [batch, out]', () => {
    assert.deepEqual(
      of(
        (x) => tf.sum(tf.square(x), 1),
        [
          [1, 2],
          [3, 4],
        ],
      ),
      [
        [2, 4],
        [6, 8],
      ],
    );
    assert.deepEqual(
      of((x) => tf.concat([x, tf.mul(x, x)], 1), [[5, 7]], 3),
      [[0, 14]],
    );
  });

  it('gives A + Aᵀ times x for every quadratic form', () => {
    const number = fc.integer({ min: -20, max: 20 });
    const vector = fc.array(number, { minLength: 3, maxLength: 3 });
    const property = fc.property(
      fc.array(vector, { minLength: 3, maxLength: 3 }),
      fc.array(vector, { minLength: 1, maxLength: 4 }),
      (a, x) => {
        const f = (input: tf.Tensor2D): tf.Tensor => tf.sum(tf.mul(tf.matMul(input, tf.tensor2d(a)), input), 1);
        const wanted = x.map((row) =>
          row.map((_, i) => row.reduce((sum, value, j) => sum + (a[i]![j]! + a[j]![i]!) * value, 0)),
        );
        assertClose(of(f, x), wanted, 0);
      },
    );
    fc.assert(property, { numRuns: 50 });
  });

  it('gives zeros for an output that does not depend on x', () => {
    assert.deepEqual(
      of(
        (x) => tf.ones([x.shape[0]]),
        [
          [1, 2],
          [3, 4],
        ],
      ),
      [
        [0, 0],
        [0, 0],
      ],
    );
    assert.deepEqual(
      of((x) => tf.concat([x, tf.ones([x.shape[0], 1])], 1), [[1, 2]], 2),
      [[0, 0]],
    );
  });

  it('refuses x without meaning, by name and value', () => {
    const model = createMlp({
      inputs: 2,
      hidden: [2],
      outputs: 1,
      activation: 'relu',
      outputActivation: 'linear',
      seed: 1,
    });
    const refused: [unknown, RegExp][] = [
      [tf.ones([2]), /^RangeError: gradient needs x of shape \[batch, in\], got \[2\]$/],
      [tf.ones([2, 2, 2]), /^RangeError: gradient needs x of shape \[batch, in\], got \[2, 2, 2\]$/],
      [tf.ones([5, 3]), /^RangeError: gradient needs x of shape \[batch, 2\], as the model's input, got \[5, 3\]$/],
      [tf.ones([0, 2]), /^RangeError: gradient needs at least one row and one column in x, got \[0, 2\]$/],
      [
        tf.tensor2d([
          [1, 2],
          [3, Number.NaN],
        ]),
        /^RangeError: gradient needs finite numbers in x, got NaN in row 1, column 1$/,
      ],
      [tf.tensor2d([[1 / 0, 2]]), /^RangeError: gradient needs finite numbers in x, got Infinity in row 0, column 0$/],
      [tf.ones([1, 2], 'int32'), /^TypeError: gradient needs x of type float32, got 'int32'$/],
      [[[1, 2]], /^TypeError: gradient needs a tensor x, got \[\[1, 2\]\]$/],
    ];
    for (const [x, message] of refused) assert.throws(() => gradient(model, x as tf.Tensor2D), message);
    model.dispose();
  });

  it('refuses to choose among outputs, or one that is not there', () => {
    const model = createMlp({
      inputs: 2,
      hidden: [],
      outputs: 3,
      activation: 'relu',
      outputActivation: 'linear',
      seed: 1,
    });
    const x = tf.ones<tf.Rank.R2>([1, 2]);
    assert.throws(
      () => gradient(model, x),
      /^RangeError: gradient needs \{ output \} for a model with 3 outputs, got undefined$/,
    );
    for (const output of [3, -1, 0.5, Number.NaN])
      assert.throws(() => gradient(model, x, { output }), {
        name: 'RangeError',
        message: `gradient needs a whole output from 0 to 2, got ${output}`,
      });
    x.dispose();
    model.dispose();
  });

  it('refuses models and functions it cannot differentiate row by row', () => {
    const x = tf.tensor2d([
      [1, 2],
      [3, 5],
    ]);
    const [a, b] = [tf.input({ shape: [2] }), tf.input({ shape: [2] })];
    const joined = tf.model({ inputs: [a, b], outputs: tf.layers.add().apply([a, b]) as tf.SymbolicTensor });
    const image = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2] })] });
    const refused: [unknown, RegExp][] = [
      ['model', /^TypeError: gradient needs a tf.LayersModel or a function, got 'model'$/],
      [joined, /^RangeError: gradient needs a model with one input \[batch, in\], got \[\[null, 2\], \[null, 2\]\]$/],
      [image, /^RangeError: gradient needs a model with one input \[batch, in\], got \[\[null, 2, 2\]\]$/],
      [() => 3, /^TypeError: gradient needs a function that gives a tensor, got 3$/],
      [
        (t: tf.Tensor) => tf.sum(t),
        /^RangeError: gradient needs a function that gives \[1\] or \[1, out\] for 1 rows, got \[\]$/,
      ],
      [
        (t: tf.Tensor) => tf.sub(t, tf.mean(t, 0, true)).sum(1),
        /gradient needs a function that treats every row by itself, got one in which rows change each other \(does it use batch statistics\?\)$/,
      ],
      [
        (t: tf.Tensor) => tf.topk(t, 1).values,
        /^Error: gradient needs operations that can be differentiated, got TopK$/,
      ],
    ];
    for (const [model, message] of refused) assert.throws(() => gradient(model as tf.LayersModel, x), message);
    x.dispose();
  });

  it('passes on what a function throws itself', () => {
    const x = tf.ones<tf.Rank.R2>([1, 2]);
    assert.throws(
      () =>
        gradient(() => {
          throw new Error('mine');
        }, x),
      /^Error: mine$/,
    );
    x.dispose();
  });
});
