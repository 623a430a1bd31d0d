import { type Arithmetic, atLeast, atMost } from './arithmetic.js';

interface ExpConstants {
  readonly largest: number;
  /** Added and taken off again, it rounds to a whole number. */
  readonly whole: number;
  readonly log2: readonly [number, number];
  /** 1/2!, 1/4! … and 1/3!, 1/5! …, the highest first. */
  readonly even: readonly number[];
  readonly odd: readonly number[];
}

const EXP64: ExpConstants = {
  largest: 1000,
  whole: 6755399441055744,
  log2: [0.6931471803691238, 1.9082149292705877e-10],
  even: [1 / 479001600, 1 / 3628800, 1 / 40320, 1 / 720, 1 / 24, 1 / 2],
  odd: [1 / 6227020800, 1 / 39916800, 1 / 362880, 1 / 5040, 1 / 120, 1 / 6],
};

const EXP32: ExpConstants = {
  largest: 120,
  whole: 12582912,
  log2: [0.693359375, -2.1219444e-4],
  even: [1 / 720, 1 / 24, 1 / 2],
  odd: [1 / 5040, 1 / 120, 1 / 6],
};

/** 2^n, n = -1000 … 1000: products of two are exact, which a power function need not be. */
const POWERS = new Float64Array(2001);
for (let n = 0, up = 1, down = 1; n <= 1000; n++, up *= 2, down /= 2) {
  POWERS[1000 + n] = up;
  POWERS[1000 - n] = down;
}

/** e^x = 2^n e^r, |r| ≤ ln 2 / 2, with an even and an odd polynomial and 2^n in two factors. */
export function exponential(arithmetic: Arithmetic): (x: number) => number {
  const double = arithmetic.precision === 'float64';
  return exponentialWith(arithmetic, double ? EXP64 : EXP32);
}

function exponentialWith(
  { constant, plus, minus, times, timesPlus }: Arithmetic,
  c: ExpConstants,
): (x: number) => number {
  const perLog2 = constant(Math.LOG2E);
  const [high, low] = c.log2.map(constant) as [number, number];
  const even = c.even.map(constant);
  const odd = c.odd.map(constant);
  return (x) => {
    const v = atLeast(atMost(x, c.largest), -c.largest);
    const n = minus(timesPlus(v, perLog2, c.whole), c.whole);
    const r = minus(minus(v, times(n, high)), times(n, low));
    const y = times(r, r);
    let a = even[0]!;
    let b = odd[0]!;
    for (let i = 1; i < even.length; i++) {
      a = timesPlus(a, y, even[i]!);
      b = timesPlus(b, y, odd[i]!);
    }
    const p = plus(timesPlus(y, timesPlus(b, r, a), r), 1);
    const half = minus(timesPlus(n, 0.5, c.whole), c.whole);
    return times(times(p, POWERS[1000 + half]!), POWERS[1000 + (n - half)]!);
  };
}
