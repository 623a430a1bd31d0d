import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Lorenz96, type Lorenz96Parameters, lorenz96 } from 'netlens';
import reference from '../vectors/lorenz96.json' with { type: 'json' };

const SYSTEMS: readonly Lorenz96Parameters[] = [
  { K: 4, F: 8 },
  { K: 7, F: -3 },
  { K: 4, J: 1, F: 18, h: 0.5, b: 4, c: 3 },
  { K: 5, J: 3, F: 10, h: 1, b: 10, c: 10 },
];

const statesOf = ({ size }: Lorenz96) =>
  fc
    .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: size, maxLength: size })
    .map((values) => Float64Array.from(values));

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const dot = (a: Float64Array, b: Float64Array): number => sum(a.map((value, i) => value * b[i]!));
const close = (a: number, b: number, scale: number): void =>
  assert.ok(Math.abs(a - b) <= 1e-11 * (1 + scale), `${a} ${b}`);

// The equations once more, with the rest of a division for the ring.
function slowTwin({ K, J = 0, F, h = 1, b = 10, c = 10 }: Lorenz96Parameters, x: Float64Array): number[] {
  const X = (k: number): number => x[(k + 2 * K) % K]!;
  const Y = (i: number): number => x[K + ((i + 2 * K * J) % (K * J))]!;
  const slow = Array.from({ length: K }, (_, k) => {
    const coupling = -((h * c) / b) * sum(Array.from({ length: J }, (_, j) => Y(k * J + j)));
    return X(k - 1) * (X(k + 1) - X(k - 2)) - X(k) + F + coupling;
  });
  const fast = Array.from(
    { length: K * J },
    (_, i) => -c * b * Y(i + 1) * (Y(i + 2) - Y(i - 1)) - c * Y(i) + ((h * c) / b) * X(Math.floor(i / J)),
  );
  return [...slow, ...fast];
}

describe('lorenz96', () => {
  it('has the tendencies and the coupling of the original', () => {
    const one = reference['one scale'];
    assert.deepEqual([...lorenz96({ K: 8, F: 18 }).tendency(Float64Array.from(one.X))], one.tendency);
    const two = reference['two scales'];
    const system = lorenz96({ K: 8, J: 32, F: 18, h: 1, b: 10, c: 10 });
    const state = Float64Array.of(...two.X, ...two.Y);
    assert.deepEqual([...system.tendency(state)], [...two['tendency of X'], ...two['tendency of Y']]);
    assert.deepEqual([...system.coupling(state)], two.coupling);
  });

  for (const parameters of SYSTEMS) {
    const system = lorenz96(parameters);
    const { K, J, F, c } = system.parameters;
    const title = JSON.stringify(parameters);

    it(`has the tendencies of a slow twin: ${title}`, () => {
      fc.assert(
        fc.property(statesOf(system), (x) => {
          slowTwin(parameters, x).forEach((slope, i) => {
            close(system.tendency(x)[i]!, slope, 1e4);
          });
        }),
      );
    });

    it(`keeps the energy in advection and coupling, dE/dt = -ΣX² - c ΣY² + F ΣX: ${title}`, () => {
      fc.assert(
        fc.property(statesOf(system), (x) => {
          const [X, Y] = [x.subarray(0, K), x.subarray(K)];
          const rate = -dot(X, X) - c * dot(Y, Y) + F * sum(X);
          close(dot(x, system.tendency(x)), rate, 1e5);
        }),
      );
    });

    it(`goes round: a state turned by one slow variable has its tendency turned: ${title}`, () => {
      const turned = (x: Float64Array): Float64Array =>
        Float64Array.of(...x.subarray(1, K), x[0]!, ...x.subarray(K + J), ...x.subarray(K, K + J));
      fc.assert(
        fc.property(statesOf(system), (x) => {
          assert.deepEqual(turned(system.tendency(x)), system.tendency(turned(x)));
        }),
      );
    });

    it(`has a Jacobian that is its derivative: ${title}`, () => {
      fc.assert(
        fc.property(statesOf(system), fc.nat(system.size - 1), (x, column) => {
          // The tendency is quadratic, so that a central difference is exact up to rounding.
          const [up, down] = [0.5, -0.5].map((step) => system.tendency(x.map((v, i) => (i === column ? v + step : v))));
          const jacobian = system.jacobian(x);
          for (let row = 0; row < system.size; row++)
            close(jacobian[row * system.size + column]!, up![row]! - down![row]!, 1e4);
        }),
        { numRuns: 30 },
      );
    });

    it(`has a tangent that is the Jacobian times a vector, and a trace of -K - c K J: ${title}`, () => {
      fc.assert(
        fc.property(statesOf(system), statesOf(system), (x, v) => {
          const jacobian = system.jacobian(x);
          const n = system.size;
          system.tangent(x, v).forEach((value, row) => {
            close(value, dot(jacobian.subarray(row * n, (row + 1) * n), v), 1e5);
          });
          assert.equal(sum(Array.from({ length: n }, (_, i) => jacobian[i * n + i]!)), -K - c * K * J);
        }),
        { numRuns: 30 },
      );
    });
  }

  it('rests where every X is F and nothing is coupled', () => {
    const resting = Float64Array.of(8, 8, 8, 8, 8, ...new Float64Array(10));
    assert.deepEqual([...lorenz96({ K: 5, J: 2, F: 8, h: 0 }).tendency(resting)], Array(15).fill(0));
    assert.deepEqual([...lorenz96({ K: 5, F: 8 }).tendency(resting.subarray(0, 5))], Array(5).fill(0));
  });

  it('leaves states alone and gives new arrays', () => {
    const { tendency } = lorenz96({ K: 4, F: 8 });
    const x = Float64Array.of(1, 2, 3, 4);
    assert.notEqual(tendency(x), tendency(x));
    assert.deepEqual([...x], [1, 2, 3, 4]);
  });

  it('refuses parameters and states that are not as said, by name and value', () => {
    const refused: [Partial<Lorenz96Parameters>, RegExp][] = [
      [{ K: 3 }, /^lorenz96 needs a whole K of at least 4, got 3$/],
      [{ K: 4.5 }, /^lorenz96 needs a whole K of at least 4, got 4.5$/],
      [{ J: -1 }, /^lorenz96 needs a whole J of at least 0, got -1$/],
      [{ J: 0.5 }, /^lorenz96 needs a whole J of at least 0, got 0.5$/],
      [{ F: Number.NaN }, /^lorenz96 needs a finite F, got NaN$/],
      [{ h: Number.POSITIVE_INFINITY }, /^lorenz96 needs a finite h, got Infinity$/],
      [{ b: 0 }, /^lorenz96 needs a b other than 0, got 0$/],
      [{ c: Number.NaN }, /^lorenz96 needs a finite c, got NaN$/],
    ];
    for (const [wrong, message] of refused)
      assert.throws(() => lorenz96({ K: 4, J: 2, F: 8, ...wrong }), { name: 'RangeError', message });
    const { tendency, tangent } = lorenz96({ K: 4, J: 2, F: 8 });
    const short = { name: 'RangeError', message: 'lorenz96 needs a state of 12 numbers, got 4' };
    assert.throws(() => tendency(new Float64Array(4)), short);
    assert.throws(() => tangent(new Float64Array(12), new Float64Array(4)), short);
  });
});
