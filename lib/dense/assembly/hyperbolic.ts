import { entries, tanhTable } from './tables';
import { atLeast, atMost, constant, minus, over, plus, signBit, times, timesPlus } from './vectors';

/** tanh x to the last two digits: a table for f64, a quotient of polynomials for f32. */
@inline
export function tanh(x: v128): v128 {
  return sizeof<real>() == 8 ? byTable(x) : byQuotient(x);
}

/** tanh(a + b) = (tanh a + tanh b) / (1 + tanh a tanh b): a multiple of 1/32 from the table, |b| ≤ 1/64 by a polynomial. */
@inline
function byTable(x: v128): v128 {
  const sign = v128.and(x, signBit()), v = atMost(v128.xor(x, sign), constant(20));
  const index = plus(v, constant(211106232532992)), b = minus(v, minus(index, constant(211106232532992))), y = times(b, b);
  const t = entries(tanhTable(), index, 1023);
  const series = timesPlus(timesPlus(constant(-0.053968068), y, constant(2.0 / 15)), y, constant(-1.0 / 3));
  const u = timesPlus(times(series, y), b, b);
  return v128.or(sign, atMost(over(plus(t, u), timesPlus(t, u, constant(1))), constant(1)));
}

/** x P(x²) / Q(x²), own fit, error 2e-8 before rounding; not above 1, so that 1 - tanh² is not negative. */
@inline
function byQuotient(x: v128): v128 {
  const v = atLeast(atMost(x, constant(9.02)), constant(-9.02)), y = times(v, v), one = constant(1);
  let p = timesPlus(constant(1.3317811902758616e-8), y, constant(2.0582573561336562e-5));
  p = timesPlus(timesPlus(timesPlus(p, y, constant(0.0034939803158884866)), y, constant(0.13379672907132262)), y, one);
  let q = timesPlus(constant(7.761502949302881e-7), y, constant(0.000328300329193353));
  q = timesPlus(timesPlus(timesPlus(q, y, constant(0.025870868609150457)), y, constant(0.4671298821421496)), y, one);
  return atLeast(atMost(over(times(v, p), q), one), constant(-1));
}
