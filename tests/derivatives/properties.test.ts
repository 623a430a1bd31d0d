import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../lib/backend.js';
import { gradient } from '../../lib/derivatives/gradient.js';
import { hessian } from '../../lib/derivatives/hessian.js';
import type { Method } from '../../lib/derivatives/method.js';
import { numpyRandom } from '../../lib/random.js';
import { assertClose, type Nested } from '../close.js';

const methods = ['dense', 'tape'] as const;

interface Shape {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly activation: string;
  readonly useBias: boolean;
}

/** A network with one linear output and random weights. */
function network({ inputs, hidden, activation, useBias }: Shape, seed = 1): tf.Sequential {
  const random = numpyRandom(seed);
  const sizes = [...hidden, 1];
  const layers = sizes.map((units, i) =>
    tf.layers.dense({
      units,
      useBias,
      activation: (i < hidden.length ? activation : 'linear') as 'relu',
      ...(i === 0 && { inputShape: [inputs] }),
    }),
  );
  const model = tf.sequential({ layers });
  const weights = model.weights.map(({ shape }) => {
    const size = (shape as number[]).reduce((a, b) => a * b, 1);
    return tf.tensor(Float32Array.from(random.normal(0, 0.7, size)), shape as number[]);
  });
  model.setWeights(weights);
  tf.dispose(weights);
  return model;
}

const points = (rows: number, width: number): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from(numpyRandom(8).normal(0, 1, rows * width)), [rows, width]);

function gradientOf(model: tf.LayersModel, x: tf.Tensor2D, method: Method): number[][] {
  const g = gradient(model, x, { method });
  const values = g.arraySync();
  g.dispose();
  return values;
}

function hessianOf(model: tf.LayersModel, x: tf.Tensor2D, method: Method): number[][][] {
  const h = hessian(model, x, { method });
  const values = h.arraySync();
  h.dispose();
  return values;
}

const outputsOf = (model: tf.LayersModel, x: tf.Tensor2D): number[] =>
  tf.tidy(() => [...(model.apply(x) as tf.Tensor).dataSync()]);

for (const method of methods)
  describe(`what derivatives are known to fulfil, by ${method}`, () => {
    before(() => useBackend('cpu'));

    it('ReLU networks have no second derivatives off their kinks', () => {
      const model = network({ inputs: 4, hidden: [8, 8], activation: 'relu', useBias: true });
      const x = points(10, 4);
      assert.ok(
        hessianOf(model, x, method)
          .flat(2)
          .every((value) => value === 0),
      );
      x.dispose();
      model.dispose();
    });

    it('ReLU networks without biases are homogeneous: f = x · ∇f (Euler)', () => {
      const model = network({ inputs: 4, hidden: [8, 8], activation: 'relu', useBias: false });
      const x = points(10, 4);
      const rows = x.arraySync();
      const wanted = gradientOf(model, x, method).map((g, r) =>
        g.reduce((sum, slope, i) => sum + slope * rows[r]![i]!, 0),
      );
      assertClose(outputsOf(model, x), wanted, 3e-6);
      x.dispose();
      model.dispose();
    });

    it('ReLU networks add up from inputs and biases: f = x · ∇f + Σ b ∂f/∂b', () => {
      const model = network({ inputs: 4, hidden: [8, 8], activation: 'relu', useBias: true });
      const x = points(1, 4);
      const fromInputs = gradientOf(model, x, method)[0]!.reduce((sum, slope, i) => sum + slope * x.dataSync()[i]!, 0);
      const fromBiases = tf.tidy(() => {
        const { grads } = tf.variableGrads(() => tf.sum(model.apply(x) as tf.Tensor) as tf.Scalar);
        const biases = model.weights.filter(({ name }) => name.includes('bias'));
        const parts = biases.map((bias) => tf.sum(tf.mul(bias.read(), grads[bias.name]!)).dataSync()[0]!);
        return tf.scalar(parts.reduce((sum, part) => sum + part, 0));
      });
      assertClose(outputsOf(model, x), [fromInputs + fromBiases.dataSync()[0]!], 3e-6);
      tf.dispose([x, fromBiases]);
      model.dispose();
    });

    it('gradients integrated along a line add up to the difference of the outputs', () => {
      const model = network({ inputs: 3, hidden: [6], activation: 'tanh', useBias: true });
      const [end] = points(1, 3).arraySync() as [number[]];
      // Gauss and Legendre's five points on [0, 1].
      const inner = Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3;
      const outer = Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3;
      const nodes = [-outer, -inner, 0, inner, outer].map((value) => (1 + value) / 2);
      const [small, large] = [(322 - 13 * Math.sqrt(70)) / 1800, (322 + 13 * Math.sqrt(70)) / 1800];
      const weights = [small, large, 64 / 225, large, small];
      const line = tf.tensor2d(nodes.map((t) => end.map((value) => t * value)));
      const integral = gradientOf(model, line, method).reduce(
        (sum, g, r) => sum + weights[r]! * g.reduce((dot, slope, i) => dot + slope * end[i]!, 0),
        0,
      );
      const ends = tf.tensor2d([[0, 0, 0], end]);
      const [start, stop] = outputsOf(model, ends) as [number, number];
      assert.ok(Math.abs(integral - (stop - start)) < 2e-4);
      tf.dispose([line, ends]);
      model.dispose();
    });

    it('permuted hidden units change nothing', () => {
      const model = network({ inputs: 3, hidden: [5], activation: 'swish', useBias: true });
      const x = points(6, 3);
      const before: Nested[] = [gradientOf(model, x, method), hessianOf(model, x, method)];
      const order = tf.tensor1d([3, 1, 4, 0, 2], 'int32');
      const [w1, b1, w2, b2] = model.getWeights() as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      tf.tidy(() => model.setWeights([tf.gather(w1, order, 1), tf.gather(b1, order), tf.gather(w2, order), b2]));
      assertClose([gradientOf(model, x, method), hessianOf(model, x, method)], before, 2e-6);
      tf.dispose([x, order]);
      model.dispose();
    });

    it('an input in other units scales its derivative, and leaves derivative times input alone', () => {
      const model = network({ inputs: 3, hidden: [5], activation: 'tanh', useBias: true });
      const x = points(6, 3);
      const [g, h] = [gradientOf(model, x, method), hessianOf(model, x, method)];
      const unit = [1, 8, 1];
      const [w1, ...rest] = model.getWeights() as [tf.Tensor, ...tf.Tensor[]];
      const other = tf.tidy(() => {
        model.setWeights([tf.mul(w1, tf.reshape(unit, [3, 1])), ...rest]);
        return tf.div<tf.Tensor2D>(x, [unit]);
      });
      const scaled = gradientOf(model, other, method);
      assertClose(
        scaled,
        g.map((row) => row.map((slope, i) => slope * unit[i]!)),
        2e-6,
      );
      const rows = other.arraySync();
      const product = (slopes: number[][], at: number[][]): number[][] =>
        slopes.map((row, r) => row.map((slope, i) => slope * at[r]![i]!));
      assertClose(product(scaled, rows), product(g, x.arraySync()), 2e-6);
      assertClose(
        hessianOf(model, other, method),
        h.map((matrix) => matrix.map((row, i) => row.map((value, j) => value * unit[i]! * unit[j]!))),
        5e-5,
      );
      tf.dispose([x, other]);
      model.dispose();
    });

    it('every row is by itself: many rows give what they give one by one', () => {
      const model = network({ inputs: 3, hidden: [7, 4], activation: 'gelu', useBias: true });
      const x = points(150, 3);
      const one = tf.slice(x, [147, 0], [1, 3]);
      assertClose(hessianOf(model, x, method)[147]!, hessianOf(model, one, method)[0]!, 1e-6);
      assertClose(gradientOf(model, x, method)[147]!, gradientOf(model, one, method)[0]!, 1e-6);
      tf.dispose([x, one]);
      model.dispose();
    });
  });
