import { need } from './need.js';

/**
 * The right-hand side of an ordinary differential equation, dx/dt = f(x, t): shape [n] to [n]. It leaves x and the arrays that it
 * gave before alone, and ignores t where the equation does not depend on it.
 */
export type Tendency = (x: Float64Array, t: number) => Float64Array;

/** Where a step begins. */
export interface StepOptions {
  /** The time at its beginning; default 0. */
  readonly t?: number;
}

/** A method as a value: one step of dt from the state x at time t, as a new array. */
export type Integrator = (f: Tendency, x: Float64Array, dt: number, options?: StepOptions) => Float64Array;

/**
 * One step of Euler's method: x + dt f(x, t).
 *
 * @param f - tendency dx/dt.
 * @param x - state at time t, shape [n].
 * @param dt - step; finite, not zero (negative goes backwards).
 * @returns state at t + dt, shape [n]; error of a step O(dt²), of a run O(dt).
 * @throws RangeError if `dt` is zero or not finite, or `f` does not give n numbers.
 * @example
 * euler((x) => x, Float64Array.of(1), 0.1)[0] // => 1.1
 */
export function euler(f: Tendency, x: Float64Array, dt: number, { t = 0 }: StepOptions = {}): Float64Array {
  checkStep('euler', dt);
  return moved(x, dt, slope('euler', f, x, t));
}

/**
 * One step of the midpoint method, a second-order Runge–Kutta method: x + dt f(x + (dt / 2) f(x, t), t + dt / 2).
 *
 * @param f - tendency dx/dt.
 * @param x - state at time t, shape [n].
 * @param dt - step; finite, not zero (negative goes backwards).
 * @returns state at t + dt, shape [n]; error of a step O(dt³), of a run O(dt²).
 * @throws RangeError if `dt` is zero or not finite, or `f` does not give n numbers.
 * @example
 * rk2((x) => x, Float64Array.of(1), 0.1)[0] // => 1.105
 */
export function rk2(f: Tendency, x: Float64Array, dt: number, { t = 0 }: StepOptions = {}): Float64Array {
  checkStep('rk2', dt);
  const middle = moved(x, 0.5 * dt, slope('rk2', f, x, t));
  return moved(x, dt, slope('rk2', f, middle, t + 0.5 * dt));
}

/**
 * One step of the classical fourth-order Runge–Kutta method: x + (dt / 6) ((k₁ + k₄) + 2 (k₂ + k₃)), with the slopes k₁ at the
 * beginning, k₂ and k₃ in the middle and k₄ at the end.
 *
 * @param f - tendency dx/dt.
 * @param x - state at time t, shape [n].
 * @param dt - step; finite, not zero (negative goes backwards).
 * @returns state at t + dt, shape [n]; error of a step O(dt⁵), of a run O(dt⁴).
 * @throws RangeError if `dt` is zero or not finite, or `f` does not give n numbers.
 * @example
 * rk4((x) => x, Float64Array.of(1), 0.1)[0] // ≈ 1.105170833
 */
export function rk4(f: Tendency, x: Float64Array, dt: number, { t = 0 }: StepOptions = {}): Float64Array {
  checkStep('rk4', dt);
  const [half, middle] = [0.5 * dt, t + 0.5 * dt];
  const k1 = slope('rk4', f, x, t);
  const k2 = slope('rk4', f, moved(x, half, k1), middle);
  const k3 = slope('rk4', f, moved(x, half, k2), middle);
  const k4 = slope('rk4', f, moved(x, dt, k3), t + dt);
  const to = new Float64Array(x.length);
  // The last bits depend on the order of this sum; lib/lorenz96/assembly has the same.
  for (let i = 0; i < x.length; i++) to[i] = x[i]! + (dt / 6) * (k1[i]! + k4[i]! + 2 * (k2[i]! + k3[i]!));
  return to;
}

function checkStep(owner: string, dt: number): void {
  need(Number.isFinite(dt) && dt !== 0, `${owner} needs a finite dt other than 0`, dt);
}

function slope(owner: string, f: Tendency, x: Float64Array, t: number): Float64Array {
  const slope = f(x, t);
  need(
    slope.length === x.length,
    `${owner} needs a tendency of ${x.length} numbers, as many as the state`,
    slope.length,
  );
  return slope;
}

function moved(x: Float64Array, dt: number, slope: Float64Array): Float64Array {
  const to = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) to[i] = x[i]! + dt * slope[i]!;
  return to;
}
