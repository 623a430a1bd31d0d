import { type Arithmetic, dampedBy } from './arithmetic.js';
import type { Elementary } from './elementary.js';
import { type ActivationTwin, sigmoidJet } from './smooth.js';

/** The activations that are z times a gate between 0 and 1, step by step as in lib/dense/assembly/gated.ts. */
export function gatedActivations(
  arithmetic: Arithmetic,
  elementary: Elementary,
): Readonly<Record<'swish' | 'gelu' | 'mish', ActivationTwin>> {
  return {
    swish: swishTwin(arithmetic, elementary),
    gelu: geluTwin(arithmetic, elementary),
    mish: mishTwin(arithmetic, elementary),
  };
}

function swishTwin(arithmetic: Arithmetic, elementary: Elementary): ActivationTwin {
  const { plus, times, timesPlus } = arithmetic;
  const damped = dampedBy(arithmetic.times);
  return (z, alpha) => {
    const u = times(alpha, z);
    const [s, s1, s2, s3] = sigmoidJet(arithmetic, elementary, u);
    return [
      damped(z, s),
      plus(s, damped(u, s1)),
      times(alpha, plus(plus(s1, s1), damped(u, s2))),
      times(times(alpha, alpha), timesPlus(3, s2, damped(u, s3))),
    ];
  };
}

function geluTwin(arithmetic: Arithmetic, { normalDensity, normalDistribution }: Elementary): ActivationTwin {
  const { plus, minus, times } = arithmetic;
  const damped = dampedBy(arithmetic.times);
  return (z) => {
    const density = normalDensity(z);
    const probability = normalDistribution(z, density);
    const square = times(z, z);
    return [
      damped(z, probability),
      plus(probability, damped(z, density)),
      damped(minus(2, square), density),
      damped(times(z, minus(square, 4)), density),
    ];
  };
}

function mishTwin(arithmetic: Arithmetic, elementary: Elementary): ActivationTwin {
  const { plus, minus, times, over, timesPlus } = arithmetic;
  const damped = dampedBy(arithmetic.times);
  return (z) => {
    const e = elementary.exp(-Math.abs(z));
    const numerator = z < 0 ? times(e, plus(e, 2)) : plus(1, plus(e, e));
    const rest = z < 0 ? 2 : times(2, times(e, e));
    const sum = plus(numerator, rest);
    const w = over(numerator, sum);
    const q = times(over(rest, sum), plus(1, w));
    const large = over(1, plus(1, e));
    const small = times(e, large);
    const [s, c] = z < 0 ? [small, large] : [large, small];
    const w1 = times(q, s);
    const s1 = times(large, small);
    const ws = times(w, s);
    const w2 = times(q, minus(s1, times(times(2, ws), s)));
    const s2 = times(s1, minus(c, s));
    const cubed = times(minus(times(4, times(w, w)), times(2, q)), times(times(s, s), s));
    const w3 = times(q, plus(minus(s2, times(times(6, ws), s1)), cubed));
    return [damped(z, w), plus(w, damped(z, w1)), plus(plus(w1, w1), damped(z, w2)), timesPlus(3, w2, damped(z, w3))];
  };
}
