import assert from 'node:assert/strict';
import { euler, integrate, lorenz96, type Tendency } from 'netlens';

const decay: Tendency = (x) => x.map((value) => -value);

describe('integrate', () => {
  it('keeps the samples and their times', async () => {
    const { samples, size, time, states, stopped } = await integrate(decay, [1, 2], {
      dt: 0.1,
      samples: 4,
      stepsPerSample: 5,
    });
    assert.deepEqual([samples, size, stopped], [4, 2, false]);
    assert.deepEqual([...time], [0, 0.5, 1, 1.5]);
    time.forEach((t, n) => {
      assert.ok(Math.abs(states[2 * n]! - Math.exp(-t)) < 1e-6);
      assert.ok(Math.abs(states[2 * n + 1]! - 2 * Math.exp(-t)) < 1e-6);
    });
  });

  it('takes any method, and follows an equation backwards', async () => {
    const forth = await integrate(decay, [1], { dt: 0.1, samples: 3, integrator: euler });
    assert.deepEqual([...forth.states], [1, 0.9, 0.9 - 0.1 * 0.9]);
    const back = await integrate(decay, [1], { dt: -0.01, samples: 101 });
    assert.ok(Math.abs(back.states[100]! - Math.E) < 1e-9);
  });

  it('tells the tendency the time', async () => {
    const { states } = await integrate((_, t) => Float64Array.of(2 * t), [0], { dt: 0.25, samples: 3, time: 1 });
    assert.deepEqual([...states], [0, 1.25 ** 2 - 1, 1.5 ** 2 - 1]);
  });

  it('keeps nothing of the spin-up, which ends where the samples begin', async () => {
    const { tendency } = lorenz96({ K: 5, F: 8 });
    const start = [1, 2, 3, 4, 5];
    const whole = await integrate(tendency, start, { dt: 0.01, samples: 21 });
    const late = await integrate(tendency, start, { dt: 0.01, samples: 6, spinUpSteps: 15 });
    assert.deepEqual([...late.states], [...whole.states.subarray(75)]);
    assert.deepEqual([...late.time], [...whole.time.subarray(15)]);
  });

  it('lets other work go on, says where it stands, and stops with what it has', async () => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 30);
    const steps: number[] = [];
    const options = { dt: 1e-6, onProgress: ({ step }: { step: number }) => void steps.push(step) };
    const run = await integrate(decay, [1], { ...options, samples: 10_000_000, signal: stop.signal });
    clearTimeout(timer);
    assert.ok(run.stopped);
    assert.ok(run.samples > 1 && run.samples < 10_000_000);
    assert.equal(run.states.length, run.samples);
    assert.equal(run.time.length, run.samples);
    assert.ok(steps.length > 0 && steps.every((step, i) => step > (steps[i - 1] ?? 0)));
  });

  it('says so if the samples do not fit into memory', async () => {
    await assert.rejects(integrate(decay, [1, 1], { dt: 0.1, samples: 2 ** 40 }), {
      name: 'Error',
      message: 'integrate needs samples that fit into memory, got 1099511627776 of 2 numbers',
    });
  });

  it('stops with the step at which a number is no longer finite', async () => {
    const f: Tendency = (x, t) => x.map(() => (t > 0.25 ? Number.NaN : 1));
    await assert.rejects(integrate(f, [0], { dt: 0.1, samples: 10, integrator: euler }), {
      name: 'Error',
      message: 'integrate needs finite numbers, in step 4 (a smaller dt helps), got NaN at 0',
    });
  });

  it('refuses what is not as said, by name and value', async () => {
    const options = { dt: 0.1, samples: 2 };
    const refused: [() => Promise<unknown>, string, RegExp][] = [
      [
        () => integrate(decay, [1], { ...options, dt: 0 }),
        'RangeError',
        /^integrate needs a finite dt other than 0, got 0$/,
      ],
      [
        () => integrate(decay, [1], { ...options, samples: 0 }),
        'RangeError',
        /^integrate needs whole samples of at least 1, got 0$/,
      ],
      [() => integrate(decay, [1], { ...options, samples: 1.5 }), 'RangeError', /samples of at least 1, got 1.5$/],
      [
        () => integrate(decay, [1], { ...options, stepsPerSample: 0.5 }),
        'RangeError',
        /a whole stepsPerSample of at least 1, got 0.5$/,
      ],
      [
        () => integrate(decay, [1], { ...options, spinUpSteps: -1 }),
        'RangeError',
        /whole spinUpSteps of at least 0, got -1$/,
      ],
      [() => integrate(decay, [], options), 'RangeError', /an initial state of at least one number, got 0$/],
      [
        () => integrate(decay, [1, Number.NaN], options),
        'RangeError',
        /a finite number at 1 of the initial state, got NaN$/,
      ],
      [
        () => integrate(() => new Float64Array(2), [1], options),
        'RangeError',
        /^integrate needs a tendency of 1 numbers/,
      ],
      [() => integrate(decay, 3 as never, options), 'TypeError', /an array or a typed array as initial state, got 3$/],
      [() => integrate('f' as never, [1], options), 'TypeError', /a function f, got 'f'$/],
      [
        () => integrate(decay, [1], { ...options, onProgress: 1 as never }),
        'TypeError',
        /a function onProgress, got 1$/,
      ],
      [
        () => integrate(decay, [1], { ...options, signal: 1 as never }),
        'TypeError',
        /an AbortSignal as signal, got 1$/,
      ],
    ];
    for (const [call, name, message] of refused) await assert.rejects(call, { name, message });
  });
});
