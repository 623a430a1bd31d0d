import { type CompleteParameters, couplingStrength } from './parameters.js';
import { onRing } from './tendency.js';

/** Takes the derivative of one tendency by one variable. */
type Entry = (row: number, column: number, derivative: number) => void;

/** The Jacobian of the tendency at the state x times v. */
export function tangentAt(parameters: CompleteParameters, x: Float64Array, v: Float64Array): Float64Array {
  const product = new Float64Array(x.length);
  eachDerivative(parameters, x, (row, column, derivative) => {
    product[row] = product[row]! + derivative * v[column]!;
  });
  return product;
}

/** The Jacobian of the tendency at the state x, row-major, shape [n, n]. */
export function jacobianAt(parameters: CompleteParameters, x: Float64Array): Float64Array {
  const size = x.length;
  const jacobian = new Float64Array(size * size);
  eachDerivative(parameters, x, (row, column, derivative) => {
    jacobian[row * size + column] = derivative;
  });
  return jacobian;
}

function eachDerivative(parameters: CompleteParameters, x: Float64Array, entry: Entry): void {
  slowDerivatives(parameters, x, entry);
  fastDerivatives(parameters, x, entry);
}

function slowDerivatives(parameters: CompleteParameters, x: Float64Array, entry: Entry): void {
  const { K, J } = parameters;
  const strength = couplingStrength(parameters);
  for (let k = 0; k < K; k++) {
    const [before, twoBefore, after] = [onRing(k - 1, K), onRing(k - 2, K), onRing(k + 1, K)];
    entry(k, before, x[after]! - x[twoBefore]!);
    entry(k, after, x[before]!);
    entry(k, twoBefore, -x[before]!);
    entry(k, k, -1);
    for (let i = K + k * J; i < K + (k + 1) * J; i++) entry(k, i, -strength);
  }
}

function fastDerivatives(parameters: CompleteParameters, x: Float64Array, entry: Entry): void {
  const { K, J, b, c } = parameters;
  const [strength, advection, length] = [couplingStrength(parameters), -c * b, K * J];
  for (let i = 0; i < length; i++) {
    const [before, after, twoAfter] = [K + onRing(i - 1, length), K + onRing(i + 1, length), K + onRing(i + 2, length)];
    entry(K + i, after, advection * (x[twoAfter]! - x[before]!));
    entry(K + i, twoAfter, advection * x[after]!);
    entry(K + i, before, -advection * x[after]!);
    entry(K + i, K + i, -c);
    entry(K + i, Math.floor(i / J), strength);
  }
}
