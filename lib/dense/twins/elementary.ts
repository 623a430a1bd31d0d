import type { Arithmetic } from './arithmetic.js';
import { exponential } from './exponential.js';
import { hyperbolicTangent } from './hyperbolic.js';
import { logarithm } from './logarithm.js';
import { normal } from './normal.js';

/** The functions that activations are made of, step by step as the compiled kernels compute them. */
export interface Elementary {
  exp(x: number): number;
  sigmoid(x: number): number;
  tanh(x: number): number;
  /** log(1 + e) for 0 ≤ e ≤ 1. */
  log1p(e: number): number;
  normalDensity(x: number): number;
  normalDistribution(x: number, density: number): number;
}

export function elementaryOf(arithmetic: Arithmetic): Elementary {
  const { plus, over, times, constant } = arithmetic;
  const exp = exponential(arithmetic);
  const peak = constant(1 / Math.sqrt(2 * Math.PI));
  return Object.freeze({
    exp,
    sigmoid(x: number) {
      const e = exp(-Math.abs(x));
      return over(x < 0 ? e : 1, plus(1, e));
    },
    tanh: hyperbolicTangent(arithmetic),
    log1p: logarithm(arithmetic),
    normalDensity: (x: number) => times(exp(times(times(x, x), -0.5)), peak),
    normalDistribution: normal(arithmetic),
  });
}
