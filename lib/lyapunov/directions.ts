import { checkedSlope, type Tendency } from '../ode.js';
import { numpyRandom } from '../random.js';

/** An equation dx/dt = f(x, t) and its tangent linear system dv/dt = J(x, t) v, J being the Jacobian of f. */
export interface TangentLinearSystem {
  /** f: shape [n] to [n]. */
  readonly tendency: Tendency;
  /** J v: shapes [n] and [n] to [n]. */
  readonly tangent: (x: Float64Array, v: Float64Array, t: number) => Float64Array;
}

/**
 * A state followed by orthonormal directions, as one state of shape [(1 + count) n]. They are drawn at random, always the same:
 * unit vectors might lie in a part of the space that the system never leaves.
 */
export function withDirections(x: Float64Array, count: number): Float64Array {
  const directions = numpyRandom(0).normal(0, 1, count * x.length);
  orthonormalise(directions, x.length);
  return Float64Array.of(...x, ...directions);
}

/** The equation of a state and its directions. */
export function tendencyWithDirections({ tendency, tangent }: TangentLinearSystem, n: number): Tendency {
  return (all, t) => {
    const slope = new Float64Array(all.length);
    const x = all.subarray(0, n);
    slope.set(checkedSlope('lyapunovExponents needs a tendency', tendency(x, t), n));
    for (let i = n; i < all.length; i += n)
      slope.set(checkedSlope('lyapunovExponents needs a tangent', tangent(x, all.subarray(i, i + n), t), n), i);
    return slope;
  };
}

/**
 * Makes the rows of V, shape [count, n], orthonormal in place: modified Gram–Schmidt, the QR decomposition of Vᵀ.
 *
 * @returns the diagonal of R, shape [count]: the length of each row without its part along the rows before.
 */
export function orthonormalise(v: Float64Array, n: number): Float64Array {
  const lengths = new Float64Array(v.length / n);
  for (let i = 0; i < lengths.length; i++) {
    const row = v.subarray(i * n, (i + 1) * n);
    const length = Math.sqrt(dot(row, row));
    lengths[i] = length;
    for (let k = 0; k < n; k++) row[k] = row[k]! / length;
    for (let j = i + 1; j < lengths.length; j++) {
      const later = v.subarray(j * n, (j + 1) * n);
      const along = dot(row, later);
      for (let k = 0; k < n; k++) later[k] = later[k]! - along * row[k]!;
    }
  }
  return lengths;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
