import { type Arithmetic, atLeast, atMost, withSignOf } from './arithmetic.js';
import type { Elementary } from './elementary.js';

/** f, f', f'', f''' at a place. */
export type Jet = readonly [number, number, number, number];

/** An activation; α is what leakyRelu, elu and swish are given. */
export type ActivationTwin = (z: number, alpha: number) => Jet;

type SmoothActivation =
  | 'tanh'
  | 'sigmoid'
  | 'softplus'
  | 'elu'
  | 'selu'
  | 'exp'
  | 'softsign'
  | 'swish'
  | 'gelu'
  | 'mish';

/** The smooth activations, step by step as in lib/dense/assembly/smooth.ts, where the formulas are. */
export function smoothActivations(
  arithmetic: Arithmetic,
  elementary: Elementary,
): Readonly<Record<SmoothActivation, ActivationTwin>> {
  const elu = eluTwin(arithmetic, elementary);
  const scale = arithmetic.constant(1.0507009873554805);
  const alpha = arithmetic.constant(1.6732632423543772);
  return {
    tanh: tanhTwin(arithmetic, elementary),
    sigmoid: (z) => sigmoidJet(arithmetic, elementary, z),
    softplus: softplusTwin(arithmetic, elementary),
    elu: (z, a) => elu(z, 1, a),
    selu: (z) => elu(z, scale, alpha),
    exp(z) {
      const e = elementary.exp(z);
      return [e, e, e, e];
    },
    softsign: softsignTwin(arithmetic),
    swish: swishTwin(arithmetic, elementary),
    gelu: geluTwin(arithmetic, elementary),
    mish: mishTwin(arithmetic, elementary),
  };
}

function tanhTwin({ minus, times, timesPlus }: Arithmetic, { tanh }: Elementary): ActivationTwin {
  return (z) => {
    const t = tanh(z);
    const t1 = minus(1, times(t, t));
    return [t, t1, times(times(t, t1), -2), times(t1, timesPlus(t1, -6, 4))];
  };
}

function sigmoidJet({ plus, minus, times, over, timesPlus }: Arithmetic, { exp }: Elementary, z: number): Jet {
  const e = exp(-Math.abs(z));
  const large = over(1, plus(1, e));
  const small = times(e, large);
  const [s, c] = z < 0 ? [small, large] : [large, small];
  const s1 = times(large, small);
  return [s, s1, times(s1, minus(c, s)), times(s1, timesPlus(s1, -6, 1))];
}

function softplusTwin(arithmetic: Arithmetic, elementary: Elementary): ActivationTwin {
  return (z) => {
    const [s, s1, s2] = sigmoidJet(arithmetic, elementary, z);
    const value = arithmetic.plus(atLeast(z, 0), elementary.log1p(elementary.exp(-Math.abs(z))));
    return [value, s, s1, s2];
  };
}

function eluTwin(
  { plus, minus, times, over }: Arithmetic,
  { tanh, exp }: Elementary,
): (z: number, scale: number, alpha: number) => Jet {
  return (z, scale, alpha) => {
    if (z > 0) return [times(scale, z), scale, 0, 0];
    const n = atMost(z, 0);
    const t = tanh(times(n, 0.5));
    const factor = times(scale, alpha);
    const e = times(factor, exp(n));
    return [times(factor, over(plus(t, t), minus(1, t))), e, e, e];
  };
}

function softsignTwin({ precision, constant, plus, times, over }: Arithmetic): ActivationTwin {
  const largest = constant(precision === 'float64' ? 1e300 : 1e30);
  const damped = dampedBy({ times });
  return (z) => {
    const size = atMost(Math.abs(z), largest);
    const a = over(1, plus(1, size));
    const square = times(a, a);
    const sign = withSignOf(z === 0 ? 0 : 1, z);
    const value = withSignOf(over(size, plus(1, size)), z);
    return [value, square, damped(times(square, times(a, -2)), sign), times(times(square, square), 6)];
  };
}

function swishTwin(arithmetic: Arithmetic, elementary: Elementary): ActivationTwin {
  const { plus, times, timesPlus } = arithmetic;
  const damped = dampedBy(arithmetic);
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
  const damped = dampedBy(arithmetic);
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
  const damped = dampedBy(arithmetic);
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

/** a b, but 0 where b is 0. */
function dampedBy({ times }: Pick<Arithmetic, 'times'>): (a: number, b: number) => number {
  return (a, b) => (b === 0 ? 0 : times(a, b));
}
