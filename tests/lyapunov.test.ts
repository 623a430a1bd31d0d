import assert from 'node:assert/strict';
import { lorenz96, lyapunovExponents, rk2, simulateLorenz96 } from 'netlens';

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** A state on the attractor. */
async function attractor(K: number, F: number): Promise<Float64Array> {
  const { final } = await simulateLorenz96({ K, F, dt: 0.01, samples: 1, spinUpSteps: 3000, seed: 1 });
  return Float64Array.from(final.X);
}

describe('lyapunovExponents', () => {
  it('of a linear system are the real parts of its eigenvalues', async () => {
    // A damped rotation, eigenvalues -0.2 ± 3 i, and a growing direction, 0.5.
    const apply = (x: Float64Array) => Float64Array.of(-0.2 * x[0]! - 3 * x[1]!, 3 * x[0]! - 0.2 * x[1]!, 0.5 * x[2]!);
    const system = { tendency: apply, tangent: (_: Float64Array, v: Float64Array) => apply(v) };
    const options = { initial: [1, 0, 0.001], dt: 0.01, samples: 400, spinUpSteps: 3000 };
    const { exponents, errors, samples, stopped } = await lyapunovExponents(system, options);
    [0.5, -0.2, -0.2].forEach((wanted, i) => assert.ok(Math.abs(exponents[i]! - wanted) < 1e-6, `${exponents}`));
    errors.forEach((error) => assert.ok(error < 1e-6));
    assert.deepEqual([samples, stopped], [400, false]);
  });

  it('of the Lorenz system of 1963 are 0.906, 0 and -14.57', async () => {
    const [s, r, b] = [10, 28, 8 / 3];
    const system = {
      tendency: (x: Float64Array) =>
        Float64Array.of(s * (x[1]! - x[0]!), x[0]! * (r - x[2]!) - x[1]!, x[0]! * x[1]! - b * x[2]!),
      tangent: (x: Float64Array, v: Float64Array) =>
        Float64Array.of(
          s * (v[1]! - v[0]!),
          (r - x[2]!) * v[0]! - v[1]! - x[0]! * v[2]!,
          x[1]! * v[0]! + x[0]! * v[1]! - b * v[2]!,
        ),
    };
    const options = { initial: [1, 1, 20], dt: 0.01, samples: 3000, spinUpSteps: 1000 };
    const { exponents, errors } = await lyapunovExponents(system, options);
    [0.9056, 0, -14.5723].forEach((wanted, i) => {
      assert.ok(Math.abs(exponents[i]! - wanted) < 4 * errors[i]! + 0.003, `${exponents} ± ${errors}`);
    });
    assert.ok(Math.abs(sum(exponents) + s + 1 + b) < 1e-3);
  });

  it('of one scale of Lorenz-96 begin with 1.67 for K = 36 to 40 and F = 8', async () => {
    for (const K of [36, 40]) {
      const options = { initial: await attractor(K, 8), dt: 0.05, samples: 5000, stepsPerSample: 2, spinUpSteps: 400 };
      const { exponents, errors } = await lyapunovExponents(lorenz96({ K, F: 8 }), { ...options, exponents: 1 });
      assert.ok(Math.abs(exponents[0]! - 1.67) < 4 * errors[0]!, `${exponents[0]} ± ${errors[0]}`);
      assert.ok(errors[0]! < 0.05, `± ${errors[0]}`);
    }
  });

  it('of one scale of Lorenz-96 sum to -K, 13 of 40 being positive for F = 8', async () => {
    const options = { initial: await attractor(40, 8), dt: 0.02, samples: 150, spinUpSteps: 300 };
    const { exponents } = await lyapunovExponents(lorenz96({ K: 40, F: 8 }), options);
    assert.ok(Math.abs(sum(exponents) + 40) < 1e-3, `${sum(exponents)}`);
    const positive = exponents.filter((rate) => rate > 0.02).length;
    assert.ok(positive >= 11 && positive <= 15, `${positive}`);
  });

  it('of two scales of Lorenz-96 sum to -K - c K J', async () => {
    const system = lorenz96({ K: 4, J: 2, F: 8, h: 1, b: 10, c: 4 });
    const initial = Float64Array.from({ length: 12 }, (_, i) => Math.sin(i));
    const { exponents } = await lyapunovExponents(system, { initial, dt: 0.005, samples: 100 });
    assert.ok(Math.abs(sum(exponents) + 36) < 1e-3, `${sum(exponents)}`);
  });

  it('are 3.76 for K = 8 and F = 18, whatever the method', async () => {
    const options = { initial: await attractor(8, 18), dt: 0.005, samples: 1500, exponents: 1, spinUpSteps: 500 };
    const { exponents, errors } = await lyapunovExponents(lorenz96({ K: 8, F: 18 }), { ...options, integrator: rk2 });
    assert.ok(Math.abs(exponents[0]! - 3.76) < 4 * errors[0]! + 0.05, `${exponents[0]} ± ${errors[0]}`);
  });

  it('when stopped are those of the time until then', async () => {
    const stop = new AbortController();
    const run = await lyapunovExponents(lorenz96({ K: 4, F: 8 }), {
      initial: [1, 2, 3, 4],
      dt: 0.01,
      samples: 1_000_000,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    assert.ok(run.stopped && run.samples > 0 && run.samples < 1_000_000);
    assert.ok(Math.abs(sum(run.exponents) + 4) < 1e-3);
    const none = { initial: [1, 2, 3, 4], dt: 0.01, samples: 3, signal: AbortSignal.abort() };
    assert.ok((await lyapunovExponents(lorenz96({ K: 4, F: 8 }), none)).exponents.every(Number.isNaN));
  });

  it('refuses what is not as said, by name and value', async () => {
    const options = { initial: [1, 2, 3, 4], dt: 0.01, samples: 3 };
    const refused: [object, string, RegExp][] = [
      [{ dt: 0 }, 'RangeError', /^lyapunovExponents needs a finite dt above 0, got 0$/],
      [{ samples: 0 }, 'RangeError', /^lyapunovExponents needs whole samples of at least 1, got 0$/],
      [{ stepsPerSample: 1.5 }, 'RangeError', /a whole stepsPerSample of at least 1, got 1.5$/],
      [{ exponents: 5 }, 'RangeError', /needs whole exponents, 1 to 4, got 5$/],
      [{ exponents: 0 }, 'RangeError', /needs whole exponents, 1 to 4, got 0$/],
      [{ initial: [] }, 'RangeError', /an initial state of at least one number, got 0$/],
      [{ initial: [1, 2, 3] }, 'RangeError', /^lorenz96 needs a state of 4 numbers, got 3$/],
      [
        { dt: 10, samples: 100 },
        'Error',
        /^lyapunovExponents needs finite numbers, in step \d+ \(a smaller dt helps\), got/,
      ],
      [{ onProgress: 5 }, 'TypeError', /needs a function onProgress, got 5$/],
    ];
    for (const [wrong, name, message] of refused)
      await assert.rejects(lyapunovExponents(lorenz96({ K: 4, F: 8 }), { ...options, ...wrong }), { name, message });
  });
});
