import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lorenz96 } from '../lib/lorenz96/equations.js';
import { euler, type Integrator, rk2, rk4, type Tendency } from '../lib/ode.js';
import reference from './vectors/lorenz96.json' with { type: 'json' };

const METHODS = { euler, rk2, rk4 } as const;
const ORDERS = { euler: 1, rk2: 2, rk4: 4 } as const;
type Method = keyof typeof METHODS;
const names = Object.keys(METHODS) as Method[];

// The state after so many steps.
function follow(
  method: Integrator,
  f: Tendency,
  x: Float64Array,
  { dt, steps }: { dt: number; steps: number },
): Float64Array {
  let state = x;
  for (let step = 0; step < steps; step++) state = method(f, state, dt, { t: step * dt });
  return state;
}

function largestDifference(a: Float64Array, b: ArrayLike<number>): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

describe('an integrator', () => {
  for (const name of names) {
    const method = METHODS[name];

    it(`${name} has order ${ORDERS[name]}, for an equation that depends on the time`, () => {
      // dx/dt = x cos t + 2 t has no simple solution; dx/dt = x cos t has x = e^sin t.
      const f: Tendency = (x, t) => x.map((value) => value * Math.cos(t));
      const error = (steps: number) =>
        Math.abs(follow(method, f, Float64Array.of(1), { dt: 2 / steps, steps })[0]! - Math.exp(Math.sin(2)));
      const order = Math.log2(error(80) / error(160));
      assert.ok(Math.abs(order - ORDERS[name]) < 0.15, `order ${order}`);
    });

    it(`${name} integrates polynomials of the time of degree ${ORDERS[name] - 1} exactly`, () => {
      const degree = ORDERS[name] - 1;
      const f: Tendency = (_, t) => Float64Array.of((degree + 1) * t ** degree);
      const end = method(f, Float64Array.of(1), 0.5, { t: 1 })[0]!;
      assert.ok(Math.abs(end - (1 + 1.5 ** (degree + 1) - 1)) < 1e-14, `${end}`);
    });

    it(`${name} goes through the numbers of the original, one scale of Lorenz-96, bit for bit`, () => {
      const { X, F, K, dt, steps } = reference['one scale'];
      const { tendency } = lorenz96({ K, F });
      const at = (count: number) => [...follow(method, tendency, Float64Array.from(X), { dt, steps: count })];
      assert.deepEqual([1, 2, 3].map(at), steps[name].first);
      assert.deepEqual(at(100), steps[name].hundredth);
    });

    it(`${name} is as far from the truth as the original`, () => {
      const scale = reference['one scale'];
      const { tendency } = lorenz96({ K: scale.K, F: scale.F });
      for (const [step, error] of Object.entries(scale['errors at time 0.5'][name])) {
        const dt = Number(step);
        const end = follow(method, tendency, Float64Array.from(scale.X), { dt, steps: Math.round(0.5 / dt) });
        assert.ok(Math.abs(largestDifference(end, scale['state at time 0.5']) / error - 1) < 1e-4, `dt ${dt}`);
      }
    });

    it(`${name} leaves the state alone, and returns after a step forth and back to where it was, up to its error`, () => {
      const { tendency } = lorenz96({ K: 8, F: 18 });
      fc.assert(
        fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 8, maxLength: 8 }), (values) => {
          const x = Float64Array.from(values);
          const back = method(tendency, method(tendency, x, 1e-4), -1e-4);
          assert.deepEqual([...x], values);
          assert.ok(largestDifference(back, x) < 1e-4);
        }),
      );
    });

    it(`${name} does not mind a tendency that is its state, or always the same array`, () => {
      const growth = { euler: 1.5, rk2: 1.625, rk4: 1.6484375 }[name];
      const x = Float64Array.of(1, 2);
      assert.deepEqual([...method((y) => y, x, 0.5)], [growth, 2 * growth]);
      const constant = Float64Array.of(2, 4);
      assert.deepEqual([...method(() => constant, x, 0.5)], [2, 4]);
      assert.deepEqual(
        [[...x], [...constant]],
        [
          [1, 2],
          [2, 4],
        ],
      );
    });

    it(`${name} refuses a step of no length and a tendency of another size, by name and value`, () => {
      const x = Float64Array.of(1, 2);
      for (const dt of [0, Number.NaN, Number.POSITIVE_INFINITY])
        assert.throws(() => method((y) => y, x, dt), {
          name: 'RangeError',
          message: `${name} needs a finite dt other than 0, got ${dt}`,
        });
      assert.throws(() => method(() => new Float64Array(3), x, 0.1), {
        name: 'RangeError',
        message: `${name} needs a tendency of 2 numbers, as many as the state, got 3`,
      });
    });
  }
});
