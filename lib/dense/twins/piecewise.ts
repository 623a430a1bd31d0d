import { type Arithmetic, atLeast, atMost } from './arithmetic.js';
import type { ActivationTwin, Jet } from './smooth.js';

type PiecewiseActivation = 'linear' | 'relu' | 'relu6' | 'leakyRelu' | 'hardSigmoid';

/** The activations of straight pieces, as in lib/dense/assembly/piecewise.ts. */
export function piecewiseActivations({
  constant,
  plus,
  times,
}: Arithmetic): Readonly<Record<PiecewiseActivation, ActivationTwin>> {
  const fifth = constant(0.2);
  return {
    linear: (z) => piece(z, z, 1),
    relu: (z) => piece(z, atLeast(z, 0), z > 0 ? 1 : 0),
    relu6: (z) => piece(z, atMost(atLeast(z, 0), 6), z > 0 && z < 6 ? 1 : 0),
    leakyRelu: (z, alpha) => (z > 0 ? piece(z, z, 1) : piece(z, times(alpha, z), alpha)),
    hardSigmoid(z) {
      const line = plus(times(fifth, z), 0.5);
      return piece(z, atMost(atLeast(line, 0), 1), line < 0 || line > 1 ? 0 : fifth);
    },
  };
}

function piece(z: number, value: number, slope: number): Jet {
  return Number.isNaN(z) ? [Number.NaN, Number.NaN, Number.NaN, Number.NaN] : [value, slope, 0, 0];
}
