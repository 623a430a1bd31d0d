import { entries, logarithmTable } from './tables';
import { constant, minus, over, plus, times, timesPlus } from './vectors';

/** 1.5 · 2^46 or 2^17: added to a number it leaves the nearest multiple of 1/64. */
const NEAREST: f64 = sizeof<real>() == 8 ? 105553116266496 : 196608;

/** log(1 + e), 0 ≤ e ≤ 1: log(1 + a) from the table, a = i/64, and log((1 + e) / (1 + a)) = 2 artanh((e - a) / (2 + e + a)). */
@inline
export function log1p(e: v128): v128 {
  const index = plus(e, constant(NEAREST)), a = minus(index, constant(NEAREST));
  const s = over(minus(e, a), plus(plus(e, a), constant(2))), y = times(s, s), twice = plus(s, s);
  const series = timesPlus(timesPlus(constant(1.0 / 7), y, constant(1.0 / 5)), y, constant(1.0 / 3));
  return plus(entries(logarithmTable(), index, 127), timesPlus(times(series, y), twice, twice));
}
