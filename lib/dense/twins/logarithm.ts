import { logarithmTable } from '../engine/tables.js';
import type { Arithmetic } from './arithmetic.js';
import { polynomial } from './polynomial.js';

const LOGARITHM = logarithmTable();

/** log(1 + a) from the table, a = i/64, and log((1 + e) / (1 + a)) = 2 artanh((e - a) / (2 + e + a)). */
export function logarithm(arithmetic: Arithmetic): (e: number) => number {
  const { constant, plus, minus, times, over, timesPlus } = arithmetic;
  const nearest = arithmetic.precision === 'float64' ? 105553116266496 : 196608;
  const table = LOGARITHM.map(constant);
  const series = polynomial(arithmetic, [1 / 7, 1 / 5, 1 / 3]);
  return (e) => {
    const a = minus(plus(e, nearest), nearest);
    const s = over(minus(e, a), plus(plus(e, a), 2));
    const y = times(s, s);
    const twice = plus(s, s);
    return plus(table[a * 64]!, timesPlus(times(series(y), y), twice, twice));
  };
}
