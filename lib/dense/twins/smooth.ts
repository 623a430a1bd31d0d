import { type Arithmetic, atLeast, atMost, dampedBy, withSignOf } from './arithmetic.js';
import type { Elementary } from './elementary.js';

/** f, f', f'', f''' at a place. */
export type Jet = readonly [number, number, number, number];

/** An activation; α is what leakyRelu, elu and swish are given. */
export type ActivationTwin = (z: number, alpha: number) => Jet;

type SmoothActivation = 'tanh' | 'sigmoid' | 'softplus' | 'elu' | 'selu' | 'exp' | 'softsign';

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
  };
}

function tanhTwin({ minus, times, timesPlus }: Arithmetic, { tanh }: Elementary): ActivationTwin {
  return (z) => {
    const t = tanh(z);
    const t1 = minus(1, times(t, t));
    return [t, t1, times(times(t, t1), -2), times(t1, timesPlus(t1, -6, 4))];
  };
}

/** The sigmoid and its derivatives. */
export function sigmoidJet({ plus, minus, times, over, timesPlus }: Arithmetic, { exp }: Elementary, z: number): Jet {
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
  const damped = dampedBy(times);
  return (z) => {
    const size = atMost(Math.abs(z), largest);
    const a = over(1, plus(1, size));
    const square = times(a, a);
    const sign = withSignOf(z === 0 ? 0 : 1, z);
    const value = withSignOf(over(size, plus(1, size)), z);
    return [value, square, damped(times(square, times(a, -2)), sign), times(times(square, square), 6)];
  };
}
