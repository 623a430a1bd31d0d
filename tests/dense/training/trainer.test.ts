import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KINDS } from '../../../lib/dense/activation.js';
import { createTrainingEngine, plainTrainingEngine } from '../../../lib/dense/training/engine.js';
import { zeros } from '../../../lib/dense/training/layout.js';
import type { TrainingNetwork } from '../../../lib/dense/training/network.js';
import { writeRecords } from '../../../lib/dense/training/network.js';
import { createShare } from '../../../lib/dense/training/share.js';
import { finished, type Job, jobOf, networkOf, slowLoss, slowOutputs, trained, trainerOf } from './job.js';

type Loss = TrainingNetwork['loss'];

/** The sums and the gradient of the loss over all rows. */
function gradientOf(job: Job): { loss: number; right: number; gradient: Float32Array } {
  const engine = createTrainingEngine();
  const share = createShare(engine, job.network, job.rows);
  const gradient = zeros(engine.memory, share.layout.parameters);
  writeRecords(job.network, job.x, job.y, share.records());
  share.weights().set(job.weights);
  share.order().set(Int32Array.from({ length: job.rows }, (_, i) => i));
  const factor = job.network.loss === 'meanSquaredError' ? 2 : 1;
  finished(share.work({ from: 0, to: job.rows, scale: factor }));
  share.takeGradient(gradient);
  return { ...share.takeSums(), gradient: engine.memory.view(gradient, job.weights.length) as Float32Array };
}

/** Central differences of the loss in double precision. */
function slowGradient(job: Job): number[] {
  const step = 1e-5;
  return Array.from(job.weights, (weight, i) => {
    const moved = Float64Array.from(job.weights);
    moved[i] = weight + step;
    const above = slowLoss(job, moved);
    moved[i] = weight - step;
    return (above - slowLoss(job, moved)) / (2 * step);
  });
}

function assertGradient(job: Job, name: string): void {
  const { loss, gradient } = gradientOf(job);
  const wanted = slowGradient(job);
  const scale = Math.max(...wanted.map(Math.abs));
  const wantedLoss = slowLoss(job, job.weights);
  assert.ok(Math.abs(loss - wantedLoss) < 3e-6 * Math.max(1, wantedLoss), `${name}: loss ${loss}, not ${wantedLoss}`);
  wanted.forEach((value, i) =>
    assert.ok(
      Math.abs(gradient[i]! - value) < 3e-5 * scale,
      `${name}: ${gradient[i]}, not ${value}, at ${i} of ${scale}`,
    ),
  );
}

/** A network of random widths and activations with an output that suits the loss. */
const networks: fc.Arbitrary<TrainingNetwork> = fc
  .record({
    widths: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 4 }),
    kinds: fc.array(fc.constantFrom(...KINDS.filter((kind) => kind !== 'exp')), { minLength: 3, maxLength: 3 }),
    loss: fc.constantFrom<Loss>('meanSquaredError', 'binaryCrossentropy', 'categoricalCrossentropy'),
    biased: fc.boolean(),
  })
  .map(({ widths, kinds, loss, biased }) => {
    const last = {
      meanSquaredError: kinds[2]!,
      binaryCrossentropy: 'sigmoid',
      categoricalCrossentropy: 'softmax',
    } as const;
    const activations = [...kinds.slice(0, widths.length - 2), last[loss]];
    return networkOf(widths, loss, activations, biased);
  });

describe('the gradient of a loss', () => {
  for (const kind of KINDS)
    it(`is that of the loss in double precision, through ${kind}`, () => {
      const network = networkOf([3, 5, 4, 2], 'meanSquaredError', [kind, 'tanh', kind]);
      assertGradient(jobOf(network, 50), kind);
    });

  it('is so for the cross-entropies, with and without biases, for one output and several', () => {
    for (const biased of [true, false]) {
      assertGradient(jobOf(networkOf([3, 6, 1], 'binaryCrossentropy', ['tanh', 'sigmoid'], biased), 150), 'binary');
      assertGradient(
        jobOf(networkOf([3, 6, 5], 'binaryCrossentropy', ['relu', 'sigmoid'], biased), 150),
        'five outputs',
      );
      assertGradient(
        jobOf(networkOf([3, 6, 4], 'categoricalCrossentropy', ['elu', 'softmax'], biased), 150),
        'classes',
      );
    }
  });

  it('is so without hidden layers, for wide layers and for any number of rows', () => {
    assertGradient(jobOf(networkOf([4, 3], 'meanSquaredError', ['linear']), 129), 'no hidden layer');
    assertGradient(jobOf(networkOf([2, 300, 1], 'meanSquaredError', ['tanh', 'linear']), 17), 'wide');
    for (const rows of [1, 15, 16, 128, 200])
      assertGradient(jobOf(networkOf([3, 4, 2], 'meanSquaredError', ['tanh', 'linear']), rows), `${rows} rows`);
  });

  it('stays exact where the probability rounds to 0 or 1', () => {
    const network = networkOf([1, 1], 'binaryCrossentropy', ['sigmoid'], false);
    const job = {
      network,
      rows: 2,
      x: Float32Array.of(60, -60),
      y: Float32Array.of(0, 1),
      weights: Float32Array.of(1),
    };
    const { loss, gradient } = gradientOf(job);
    assert.deepEqual([loss, gradient[0]], [120, 120]);
    const classes = networkOf([1, 2], 'categoricalCrossentropy', ['softmax'], false);
    const other = {
      network: classes,
      rows: 1,
      x: Float32Array.of(80),
      y: Float32Array.of(0, 1),
      weights: Float32Array.of(1, 0),
    };
    assert.equal(gradientOf(other).loss, 80);
  });

  it('counts what is right', () => {
    for (const [loss, outputs, last] of [
      ['binaryCrossentropy', 3, 'sigmoid'],
      ['categoricalCrossentropy', 5, 'softmax'],
    ] as const) {
      const job = jobOf(networkOf([4, 6, outputs], loss, ['tanh', last]), 200);
      const values = slowOutputs(job, job.weights);
      const row = (from: ArrayLike<number>, r: number): number[] =>
        Array.from({ length: outputs }, (_, o) => from[r * outputs + o]!);
      const best = (numbers: number[]): number => numbers.indexOf(Math.max(...numbers));
      let wanted = 0;
      for (let r = 0; r < 200; r++)
        wanted +=
          loss === 'categoricalCrossentropy'
            ? Number(best(row(values, r)) === best(row(job.y, r)))
            : row(values, r).filter((p, o) => p > 0.5 === row(job.y, r)[o]! > 0.5).length;
      assert.equal(gradientOf(job).right, wanted);
    }
  });
});

describe('the hyperbolic tangent of training', () => {
  const tanh = (values: Float32Array): Float32Array => {
    const { kernels, memory } = createTrainingEngine();
    const address = memory.reserve(values.length);
    memory.view(address, values.length).set(values);
    kernels.tanhOver(address, values.length);
    return memory.view(address, values.length).slice() as Float32Array;
  };

  it('is right to 5e-7, and smaller than 1, so that its derivative is positive', () => {
    const values = Float32Array.from(
      { length: 200_000 },
      (_, i) => 10 ** ((i % 100_000) / 12_500 - 6) * (i < 100_000 ? 1 : -1),
    );
    tanh(values).forEach((value, i) => {
      const wanted = Math.tanh(values[i]!);
      assert.ok(Math.abs(value - wanted) <= 5e-7 * Math.abs(wanted) && Math.abs(value) < 1, `${value} at ${values[i]}`);
    });
  });

  it('keeps NaN and the sign of zero', () => {
    const [nan, zero, most] = tanh(Float32Array.of(Number.NaN, -0, Number.POSITIVE_INFINITY, 0));
    assert.ok(Number.isNaN(nan) && Object.is(zero, -0) && most! > 0.9999995);
  });
});

describe('a trainer', () => {
  it('takes the steps of Adam as Keras defines it', () => {
    const network = networkOf([1, 1], 'meanSquaredError', ['linear'], false);
    const job = {
      network,
      rows: 2,
      x: Float32Array.of(1, -2),
      y: Float32Array.of(3, 1),
      weights: Float32Array.of(0.25),
    };
    const trainer = trainerOf(createTrainingEngine(), job, 0.1);
    let [w, m, v] = [0.25, 0, 0];
    for (let t = 1; t <= 50; t++) {
      const g = w * 1 - 3 - 2 * (w * -2 - 1); // the derivative of the mean of (w - 3)² and (-2w - 1)²
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      w -= ((0.1 * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t)) * (m / (Math.sqrt(v) + 1e-7));
      finished(trainer.learn(0, 2));
      assert.ok(Math.abs(trainer.weights()[0]! - w) < 2e-6, `${trainer.weights()[0]}, not ${w}, after ${t} steps`);
    }
  });

  it('gives the same bits on compiled and on plain kernels, and twice in a row', () => {
    fc.assert(
      fc.property(
        networks,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 2 ** 31 }),
        (network, rows, seed) => {
          const job = jobOf(network, rows, seed);
          const compiled = trained(trainerOf(createTrainingEngine(), job), job);
          assert.deepEqual(trained(trainerOf(createTrainingEngine(), job), job), compiled);
          assert.deepEqual(trained(trainerOf(plainTrainingEngine(), job), job), compiled);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives the same bits on compiled and on plain kernels for every activation', () => {
    for (const kind of KINDS) {
      const job = jobOf(networkOf([3, 5, 2], 'meanSquaredError', [kind, kind]), 90);
      assert.deepEqual(
        trained(trainerOf(plainTrainingEngine(), job), job),
        trained(trainerOf(createTrainingEngine(), job), job),
        kind,
      );
    }
  });

  it('lets NaN and infinity through, and takes no step then', () => {
    for (const engine of [createTrainingEngine(), plainTrainingEngine()])
      for (const [loss, last] of [
        ['meanSquaredError', 'linear'],
        ['binaryCrossentropy', 'sigmoid'],
        ['categoricalCrossentropy', 'softmax'],
      ] as const)
        for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
          const job = jobOf(networkOf([2, 3, 2], loss, ['tanh', last]), 10);
          const trainer = trainerOf(engine, { ...job, weights: job.weights.map((w, i) => (i > 8 ? bad : w)) });
          const before = trainer.weights().slice();
          assert.ok(!Number.isFinite(finished(trainer.learn(0, 10)).loss), `${loss}, ${bad}`);
          assert.deepEqual(trainer.weights().slice(), before);
        }
  });

  it('does the work itself where its partner does not answer', () => {
    const job = jobOf(networkOf([3, 4, 1], 'binaryCrossentropy', ['tanh', 'sigmoid']), 500);
    const trainer = trainerOf(createTrainingEngine(), job);
    trainer.invite({ setOrder: () => {}, begin: () => true, end: () => undefined });
    assert.deepEqual(trained(trainer, job), trained(trainerOf(createTrainingEngine(), job), job));
  });

  it('lets others have a turn while a large batch is learnt', () => {
    const job = jobOf(networkOf([50, 200, 1], 'meanSquaredError', ['relu', 'linear']), 4000);
    const trainer = trainerOf(createTrainingEngine(), job);
    const turns = [...trainer.learn(0, 4000)].length;
    assert.ok(turns >= 3, `${turns} turns`);
  });
});
