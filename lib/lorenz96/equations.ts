import { need } from '../need.js';
import { type CompleteParameters, completeParameters, type Lorenz96Parameters } from './parameters.js';
import { jacobianAt, tangentAt } from './tangent.js';
import { couplingAt, tendencyAt } from './tendency.js';

/**
 * The equations of a Lorenz-96 system. Its state is one array [X₀ … X_{K−1}, Y₀ … Y_{KJ−1}], with the fast variables of X_k at
 * i = k J … k J + J − 1; size n = K + K J. All functions leave their arguments alone.
 */
export interface Lorenz96 {
  readonly parameters: CompleteParameters;
  /** n, the numbers of a state. */
  readonly size: number;
  /** dx/dt, shape [n] to [n]. */
  readonly tendency: (x: Float64Array) => Float64Array;
  /** The tangent linear system: the Jacobian at x times v, shapes [n] and [n] to [n]. */
  readonly tangent: (x: Float64Array, v: Float64Array) => Float64Array;
  /** All derivatives of the tendency, row-major: shape [n] to [n, n], the row says of which, the column by which variable. */
  readonly jacobian: (x: Float64Array) => Float64Array;
  /** U_k = −(h c / b) Σ_j Y_{k,j}, what the fast variables do to the slow ones: shape [n] to [K]. */
  readonly coupling: (x: Float64Array) => Float64Array;
}

/**
 * The Lorenz-96 system, of one or two scales; indices go round their ring.
 *
 * dX_k/dt = X_{k−1} (X_{k+1} − X_{k−2}) − X_k + F + U_k, with the coupling U_k = −(h c / b) Σ_j Y_{k,j}, sign included;
 * dY_i/dt = −c b Y_{i+1} (Y_{i+2} − Y_{i−1}) − c Y_i + (h c / b) X_{⌊i/J⌋}. The Y are one ring of K J variables.
 *
 * @returns the functions of the equations; each throws a RangeError if a state has not n numbers.
 * @throws RangeError if K or J is not a whole number (K ≥ 4, J ≥ 0), or F, h, b or c is not finite, or b is 0; TypeError if
 * parameters are no object.
 * @example
 * const system = lorenz96({ K: 4, F: 8 });
 * system.tendency(Float64Array.of(8, 8, 8, 8)) // => [0, 0, 0, 0]
 * system.tendency(Float64Array.of(1, 2, 3, 4)) // => [3, 5, 11, 1]
 * system.jacobian(Float64Array.of(1, 2, 3, 4)).slice(0, 4) // => [-1, 4, -4, -1]
 * @see Lorenz (1996), Predictability: a problem partly solved, eq. (1), (2) and (3); Wilks (2005), Q. J. R. Meteorol. Soc. 131, 389
 */
export function lorenz96(parameters: Lorenz96Parameters): Lorenz96 {
  const complete = completeParameters('lorenz96', parameters);
  const size = complete.K * (1 + complete.J);
  const checked = (x: Float64Array | undefined): Float64Array => {
    need(x?.length === size, `lorenz96 needs a state of ${size} numbers`, x?.length);
    return x;
  };
  return Object.freeze({
    parameters: complete,
    size,
    tendency: (x: Float64Array) => tendencyAt(complete, checked(x)),
    tangent: (x: Float64Array, v: Float64Array) => tangentAt(complete, checked(x), checked(v)),
    jacobian: (x: Float64Array) => jacobianAt(complete, checked(x)),
    coupling: (x: Float64Array) => couplingAt(complete, checked(x)),
  });
}
