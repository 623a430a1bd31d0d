import { type CompleteParameters, couplingStrength } from './parameters.js';

/** U_k = −(h c / b) Σ_j Y_{k,j}, shape [K]; summed in the order of j, on which the last bits depend. */
export function couplingAt(parameters: CompleteParameters, x: Float64Array): Float64Array {
  const { K, J } = parameters;
  const strength = couplingStrength(parameters);
  const coupling = new Float64Array(K);
  for (let k = 0; k < K; k++) {
    let sum = 0;
    for (let i = K + k * J; i < K + (k + 1) * J; i++) sum += x[i]!;
    coupling[k] = 0 - strength * sum;
  }
  return coupling;
}

/** dx/dt of a state [X, Y]. The compiled kernel (lib/lorenz96/assembly) computes every sum and product in the same order. */
export function tendencyAt(parameters: CompleteParameters, x: Float64Array): Float64Array {
  const { K, J, F } = parameters;
  const slope = new Float64Array(x.length);
  const coupling = couplingAt(parameters, x);
  for (let k = 0; k < K; k++) {
    const before = x[onRing(k - 1, K)]!;
    slope[k] = before * (x[onRing(k + 1, K)]! - x[onRing(k - 2, K)]!) - x[k]! + F + coupling[k]!;
  }
  if (J > 0) writeFast(parameters, x, slope);
  return slope;
}

// The four neighbours move on along the ring, so that each is read once.
function writeFast(parameters: CompleteParameters, x: Float64Array, slope: Float64Array): void {
  const { K, J, b, c } = parameters;
  const strength = couplingStrength(parameters);
  const advection = -c * b;
  const length = K * J;
  let before = x[K + length - 1]!;
  let here = x[K]!;
  let after = x[K + 1]!;
  for (let i = 0, k = 0; k < K; k++) {
    const driven = strength * x[k]!;
    for (const end = i + J; i < end; i++) {
      const twoAfter = x[K + onRing(i + 2, length)]!;
      slope[K + i] = advection * after * (twoAfter - before) - c * here + driven;
      before = here;
      here = after;
      after = twoAfter;
    }
  }
}

/** An index that may be up to a ring's length outside, on the ring. */
export function onRing(index: number, length: number): number {
  if (index < 0) return index + length;
  return index < length ? index : index - length;
}
