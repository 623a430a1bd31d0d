import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { integrate, lorenz96, numpyRandom, simulateLorenz96 } from 'netlens';
import reference from './vectors/lorenz96.json' with { type: 'json' };

const row = (values: Float64Array, sample: number, width: number): number[] => [
  ...values.subarray(sample * width, (sample + 1) * width),
];
const rows = (values: Float64Array, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, sample) => row(values, sample, width));
const digest = (values: Float64Array): string => createHash('sha256').update(values).digest('hex');

const WORLD = { K: 8, J: 32, F: 18, h: 1, b: 10, c: 10, dt: 0.001, stepsPerSample: 10 } as const;
const SMALL = { K: 5, J: 3, F: 12, h: 1, b: 8, c: 7, dt: 0.002, stepsPerSample: 4 } as const;

describe('simulateLorenz96', () => {
  describe(`against ${reference.source}`, () => {
    it('goes through the run of seed 14, bit for bit, 200,000 steps from the seed alone', async () => {
      const truth = reference['seed 14'];
      const run = await simulateLorenz96({ ...WORLD, samples: truth.samples, seed: 14, coupling: 'lagged' });
      assert.deepEqual([run.K, run.J, run.samples, run.stopped], [8, 32, 20_001, false]);
      assert.deepEqual(row(run.X, 0, 8), truth.X);
      assert.deepEqual(row(run.Y, 0, 256), truth.Y);
      assert.deepEqual(row(run.coupling, 0, 8), Array(8).fill(0));
      for (const [sample, { X, coupling }] of Object.entries(truth.rows)) {
        assert.deepEqual(row(run.X, Number(sample), 8), X, `X of sample ${sample}`);
        assert.deepEqual(row(run.coupling, Number(sample), 8), coupling, `coupling of sample ${sample}`);
      }
      const moments = (values: Float64Array) => {
        const kept = values.subarray(8000);
        const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
        return { mean, deviation: Math.sqrt(kept.reduce((sum, value) => sum + (value - mean) ** 2, 0) / kept.length) };
      };
      // The run is chaotic: one wrong bit anywhere would change these sums in the third digit.
      const { X_mean, X_std, C_mean, C_std } = truth['without the first 1000'];
      const [X, C] = [moments(run.X), moments(run.coupling)];
      for (const [got, wanted] of [
        [X.mean, X_mean],
        [X.deviation, X_std],
        [C.mean, C_mean],
        [C.deviation, C_std],
      ])
        assert.ok(Math.abs(got! / wanted! - 1) < 1e-12, `${got} ${wanted}`);
    });

    it('goes through a run from a given state, step by step', async () => {
      const two = reference['two scales'];
      const initial = { X: two.X, Y: two.Y };
      const run = await simulateLorenz96({ ...WORLD, stepsPerSample: 1, samples: 6, initial, coupling: 'lagged' });
      const truth = two['every step'];
      assert.deepEqual(rows(run.X, 8), truth.X);
      assert.deepEqual(rows(run.coupling, 8), truth.coupling);
      assert.deepEqual([...run.time], truth.time);
      assert.deepEqual(
        rows(run.Y, 256).map((Y) => Y.slice(0, 8)),
        truth['Y first'],
      );
      assert.deepEqual(
        rows(run.Y, 256).map((Y) => Y.slice(-8)),
        truth['Y last'],
      );
    });

    it('takes the coupling at the time of the sample unless it is to be lagged', async () => {
      const two = reference['two scales'];
      const truth = two['every tenth step'];
      const options = { ...WORLD, samples: 51, initial: { X: two.X, Y: two.Y } };
      const [run, lagged] = [
        await simulateLorenz96(options),
        await simulateLorenz96({ ...options, coupling: 'lagged' }),
      ];
      assert.deepEqual(rows(run.X, 8).slice(0, 21), truth.X);
      assert.deepEqual([...run.time.subarray(0, 21)], truth.time);
      assert.deepEqual(rows(run.coupling, 8).slice(0, 21), truth['synchronous coupling']);
      assert.deepEqual(rows(lagged.coupling, 8).slice(0, 21), truth.coupling);
      assert.deepEqual(row(lagged.coupling, 50, 8), truth.fiftieth.coupling);
      assert.deepEqual(row(run.X, 50, 8), truth.fiftieth.X);
      assert.deepEqual(row(run.Y, 50, 256), truth.fiftieth.Y);
    });
  });

  it('has the bits of the equations followed by rk4', async () => {
    for (const parameters of [SMALL, { ...SMALL, K: 6, J: 1 }, { ...SMALL, J: 0 }]) {
      const { dt, stepsPerSample, K } = parameters;
      const system = lorenz96(parameters);
      const run = await simulateLorenz96({ ...parameters, samples: 30, seed: 5 });
      const twin = await integrate(system.tendency, [...run.X.subarray(0, K), ...run.Y.subarray(0, K * parameters.J)], {
        dt,
        stepsPerSample,
        samples: 30,
      });
      for (const [sample, state] of rows(twin.states, system.size).entries()) {
        assert.deepEqual([...row(run.X, sample, K), ...row(run.Y, sample, K * parameters.J)], state);
        assert.deepEqual(row(run.coupling, sample, K), [...system.coupling(Float64Array.from(state))]);
      }
      assert.deepEqual(run.time, twin.time);
    }
  });

  it('in one scale has no Y and no coupling', async () => {
    const run = await simulateLorenz96({ K: 40, F: 8, dt: 0.01, samples: 5, seed: 1 });
    assert.equal(run.J, 0);
    assert.equal(run.Y.length, 0);
    assert.deepEqual([...run.coupling], Array(200).fill(0));
    assert.deepEqual(
      row(run.X, 0, 40),
      [...numpyRandom(1).normal(0, 1, 40)].map((z) => 10 * z),
    );
  });

  it('takes a stream of random numbers, which goes on', async () => {
    const stream = numpyRandom(3);
    const first = await simulateLorenz96({ ...SMALL, samples: 2, seed: stream });
    const second = await simulateLorenz96({ ...SMALL, samples: 2, seed: stream });
    assert.deepEqual(first.X, (await simulateLorenz96({ ...SMALL, samples: 2, seed: 3 })).X);
    const numbers = numpyRandom(3).normal(0, 1, 40);
    assert.deepEqual(
      row(second.X, 0, 5),
      [...numbers.subarray(20, 25)].map((z) => 10 * z),
    );
    assert.deepEqual(row(second.Y, 0, 15), [...numbers.subarray(25)]);
  });

  it('in two parts has the bits of one run, and its times', async () => {
    for (const coupling of ['synchronous', 'lagged'] as const) {
      const whole = await simulateLorenz96({ ...SMALL, samples: 41, seed: 2, coupling });
      const first = await simulateLorenz96({ ...SMALL, samples: 24, seed: 2, coupling });
      const rest = await simulateLorenz96({ ...SMALL, samples: 18, initial: first.final, coupling });
      assert.deepEqual([...rest.X], [...whole.X.subarray(23 * 5)]);
      assert.deepEqual([...rest.Y], [...whole.Y.subarray(23 * 15)]);
      assert.deepEqual([...rest.coupling], [...whole.coupling.subarray(23 * 5)]);
      assert.deepEqual([...rest.time], [...whole.time.subarray(23)]);
      assert.deepEqual(rest.final, whole.final);
    }
  });

  it('keeps nothing of the spin-up, after which it goes on as without one', async () => {
    const whole = await simulateLorenz96({ ...SMALL, samples: 20, seed: 2, coupling: 'lagged' });
    const late = await simulateLorenz96({ ...SMALL, samples: 8, seed: 2, spinUpSteps: 48, coupling: 'lagged' });
    assert.deepEqual([...late.X], [...whole.X.subarray(12 * 5)]);
    assert.deepEqual([...late.coupling], [...whole.coupling.subarray(12 * 5)]);
    assert.deepEqual([...late.time], [...whole.time.subarray(12)]);
  });

  it('in the long run has ⟨X²⟩ = F ⟨X⟩ in one scale', async () => {
    const run = await simulateLorenz96({ K: 40, F: 8, dt: 0.01, samples: 10_000, spinUpSteps: 1000, seed: 1 });
    const mean = (f: (value: number) => number) => run.X.reduce((sum, value) => sum + f(value), 0) / run.X.length;
    assert.ok(Math.abs(mean((x) => x * x) / (8 * mean((x) => x)) - 1) < 0.002);
  });

  it('repeats itself', async () => {
    const [one, other] = [
      await simulateLorenz96({ ...WORLD, samples: 200, seed: 9 }),
      await simulateLorenz96({ ...WORLD, samples: 200, seed: 9 }),
    ];
    assert.equal(digest(one.Y), digest(other.Y));
    assert.notEqual(digest(one.Y), digest((await simulateLorenz96({ ...WORLD, samples: 200, seed: 10 })).Y));
  });

  it('says where it stands while other work goes on', async () => {
    const steps: number[] = [];
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await simulateLorenz96({
      ...WORLD,
      samples: 10_001,
      seed: 1,
      onProgress: ({ step, steps: of, seconds }) => {
        assert.equal(of, 100_000);
        assert.ok(seconds >= 0);
        steps.push(step);
      },
    });
    clearInterval(timer);
    assert.equal(steps.at(-1), 100_000);
    assert.ok(steps.every((step, i) => i === 0 || step >= steps[i - 1]!));
    assert.ok(turns > 0);
  });

  it('when stopped returns what it has, marked, from which it can go on', async () => {
    const stop = new AbortController();
    const options = { ...WORLD, seed: 14, coupling: 'lagged' } as const;
    const cut = await simulateLorenz96({
      ...options,
      samples: 100_000,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    assert.ok(cut.stopped);
    assert.ok(cut.samples > 1 && cut.samples < 100_000);
    assert.deepEqual(
      [cut.time.length, cut.X.length, cut.Y.length, cut.coupling.length],
      [1, 8, 256, 8].map((n) => n * cut.samples),
    );
    const whole = await simulateLorenz96({ ...options, samples: cut.samples + 5 });
    const rest = await simulateLorenz96({ ...WORLD, samples: 6, initial: cut.final, coupling: 'lagged' });
    assert.deepEqual([...whole.X], [...cut.X, ...rest.X.subarray(8)]);
    assert.deepEqual([...whole.time], [...cut.time, ...rest.time.subarray(1)]);
    assert.deepEqual([...whole.coupling], [...cut.coupling, ...rest.coupling.subarray(8)]);
  });

  it('when stopped before it began has its first sample; in the spin-up none, but a state to go on from', async () => {
    const signal = AbortSignal.abort();
    const run = await simulateLorenz96({ ...SMALL, samples: 10, seed: 1, signal });
    assert.deepEqual([run.samples, run.stopped, run.X.length], [1, true, 5]);
    const early = await simulateLorenz96({ ...SMALL, samples: 10, seed: 1, spinUpSteps: 100, signal });
    assert.deepEqual([early.samples, early.stopped, early.X.length, early.time.length], [0, true, 0, 0]);
    assert.deepEqual([early.final.X, early.final.Y, early.final.time], [run.X, run.Y, 0]);
  });

  it('stops with the step at which a number is no longer finite', async () => {
    const run = simulateLorenz96({ K: 8, J: 4, F: 18, dt: 0.3, samples: 100, stepsPerSample: 7, seed: 3 });
    await assert.rejects(run, {
      name: 'Error',
      message:
        /^simulateLorenz96 needs finite numbers, in step 2 \(a smaller dt helps\), got (NaN|-?Infinity) at Y\[\d+\]$/,
    });
    const x = [1e4, 0, 0, -1e4];
    const steps = await integrate(lorenz96({ K: 4, F: 8 }).tendency, x, { dt: 1, samples: 100 }).catch(String);
    const step = /step (\d+)/.exec(String(steps))![1];
    await assert.rejects(simulateLorenz96({ K: 4, F: 8, dt: 1, samples: 100, spinUpSteps: 50, initial: { X: x } }), {
      message: new RegExp(`^simulateLorenz96 needs finite numbers, in step ${step} `),
    });
  });

  it('refuses what is not as said, by name and value', async () => {
    const options = { ...SMALL, samples: 3 };
    const state = { X: Array(5).fill(1), Y: Array(15).fill(0) };
    const refused: [object, string, RegExp][] = [
      [{ seed: 1, K: 3 }, 'RangeError', /^simulateLorenz96 needs a whole K of at least 4, got 3$/],
      [{ seed: 1, J: 1.5 }, 'RangeError', /needs a whole J of at least 0, got 1.5$/],
      [{ seed: 1, F: Number.NaN }, 'RangeError', /needs a finite F, got NaN$/],
      [{ seed: 1, dt: 0 }, 'RangeError', /^simulateLorenz96 needs a finite dt above 0, got 0$/],
      [{ seed: 1, dt: -0.01 }, 'RangeError', /needs a finite dt above 0, got -0.01$/],
      [{ seed: 1, samples: 0 }, 'RangeError', /needs whole samples of at least 1, got 0$/],
      [{ seed: 1, samples: 2.5 }, 'RangeError', /needs whole samples of at least 1, got 2.5$/],
      [
        { seed: 1, samples: 2 ** 40 },
        'Error',
        /^simulateLorenz96 needs samples that fit into memory, got 1099511627776 of/,
      ],
      [{ seed: 1, stepsPerSample: 0.5 }, 'RangeError', /needs a whole stepsPerSample of at least 1, got 0.5$/],
      [{ seed: 1, spinUpSteps: -1 }, 'RangeError', /needs whole spinUpSteps of at least 0, got -1$/],
      [{ seed: 1, coupling: 'late' }, 'RangeError', /needs a coupling of synchronous or lagged, got 'late'$/],
      [{ seed: -1 }, 'RangeError', /^simulateLorenz96 needs a whole seed, 0 to 4294967295, got -1$/],
      [{ seed: 'one' }, 'TypeError', /needs a seed that is a number or a Random, got 'one'$/],
      [{}, 'TypeError', /needs a seed or an initial state, got neither$/],
      [{ seed: 1, initial: state }, 'TypeError', /needs a seed or an initial state, got both$/],
      [{ initial: 3 }, 'TypeError', /needs an initial state \{ X, Y \}, got 3$/],
      [{ initial: null }, 'TypeError', /needs an initial state \{ X, Y \}, got null$/],
      [{ initial: { ...state, X: [1, 2] } }, 'RangeError', /needs 5 numbers in X of the initial state, got 2$/],
      [{ initial: { X: state.X } }, 'RangeError', /needs 15 numbers in Y of the initial state, got 0$/],
      [
        { initial: { ...state, X: [1, 2, 3, 4, Number.NaN] } },
        'RangeError',
        /a finite number at X\[4\] of the initial state, got NaN$/,
      ],
      [{ initial: { ...state, Y: 'y' } }, 'TypeError', /an array or a typed array as Y of the initial state, got 'y'$/],
      [{ initial: { ...state, time: Number.NaN } }, 'RangeError', /a finite time of the initial state, got NaN$/],
      [{ seed: 1, onProgress: 5 }, 'TypeError', /needs a function onProgress, got 5$/],
      [{ seed: 1, signal: {} }, 'TypeError', /needs an AbortSignal as signal, got \[object Object\]$/],
    ];
    for (const [wrong, name, message] of refused)
      await assert.rejects(simulateLorenz96({ ...options, ...wrong } as never), { name, message });
  });
});
