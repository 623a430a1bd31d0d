import { tanhTable } from '../engine/tables.js';
import { type Arithmetic, atLeast, atMost, withSignOf } from './arithmetic.js';
import { polynomial } from './polynomial.js';

const TANH = tanhTable();

/** tanh x: a table for float64, a quotient of polynomials for float32. */
export function hyperbolicTangent(arithmetic: Arithmetic): (x: number) => number {
  return arithmetic.precision === 'float64' ? tanhByTable : tanhByQuotient(arithmetic);
}

/** tanh(a + b) = (tanh a + tanh b) / (1 + tanh a tanh b): a multiple of 1/32 from the table, |b| ≤ 1/64 by a polynomial. */
function tanhByTable(x: number): number {
  const v = atMost(Math.abs(x), 20);
  const a = v + 211106232532992 - 211106232532992;
  const b = v - a;
  const y = b * b;
  const t = TANH[a * 32]!;
  const u = ((-0.053968068 * y + 2 / 15) * y + -1 / 3) * y * b + b;
  return withSignOf(atMost((t + u) / (t * u + 1), 1), x);
}

const TANH_P = [1.3317811902758616e-8, 0.000020582573561336562, 0.0034939803158884866, 0.13379672907132262, 1];
const TANH_Q = [7.761502949302881e-7, 0.000328300329193353, 0.025870868609150457, 0.4671298821421496, 1];

/** x P(x²) / Q(x²). */
function tanhByQuotient(arithmetic: Arithmetic): (x: number) => number {
  const { constant, times, over } = arithmetic;
  const largest = constant(9.02);
  const p = polynomial(arithmetic, TANH_P);
  const q = polynomial(arithmetic, TANH_Q);
  return (x) => {
    const v = atLeast(atMost(x, largest), -largest);
    const y = times(v, v);
    return atLeast(atMost(over(times(v, p(y)), q(y)), 1), -1);
  };
}
