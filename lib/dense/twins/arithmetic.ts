import type { Precision } from '../engine/memory.js';

/** Arithmetic of one precision: every operation rounds once, as a machine of that precision does. */
export interface Arithmetic {
  readonly precision: Precision;
  /** The nearest number of this precision. */
  constant(value: number): number;
  plus(a: number, b: number): number;
  minus(a: number, b: number): number;
  times(a: number, b: number): number;
  over(a: number, b: number): number;
  /** a b + c, rounded twice. */
  timesPlus(a: number, b: number, c: number): number;
}

/** float64 is what JavaScript computes in; float32 is the same, rounded after every operation. */
export function arithmeticOf(precision: Precision): Arithmetic {
  if (precision === 'float64') {
    return Object.freeze({
      precision,
      constant: (value: number) => value,
      plus: (a: number, b: number) => a + b,
      minus: (a: number, b: number) => a - b,
      times: (a: number, b: number) => a * b,
      over: (a: number, b: number) => a / b,
      timesPlus: (a: number, b: number, c: number) => a * b + c,
    });
  }
  const { fround } = Math;
  return Object.freeze({
    precision,
    constant: fround,
    plus: (a: number, b: number) => fround(a + b),
    minus: (a: number, b: number) => fround(a - b),
    times: (a: number, b: number) => fround(a * b),
    over: (a: number, b: number) => fround(a / b),
    timesPlus: (a: number, b: number, c: number) => fround(fround(a * b) + c),
  });
}

/** b < a ? b : a, so that a NaN in a stays. */
export function atMost(a: number, b: number): number {
  if (b < a) return b;
  return a;
}

/** a < b ? b : a, so that a NaN in a stays. */
export function atLeast(a: number, b: number): number {
  if (a < b) return b;
  return a;
}

/** a with the sign of b put on; a is not negative. */
export function withSignOf(a: number, b: number): number {
  return b < 0 || Object.is(b, -0) ? -a : a;
}

/** The product a b, but 0 where b is 0. */
export function dampedBy(times: Arithmetic['times']): (a: number, b: number) => number {
  return (a, b) => (b === 0 ? 0 : times(a, b));
}
