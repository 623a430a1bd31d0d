import { need, needOptions } from './need.js';
import { isList } from './values.js';

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
 * @throws RangeError if `dt` is zero or not finite, the time not finite, or `f` does not give n numbers; TypeError if `f` is no
 * function, the state no array, or options are no object.
 * @example
 * euler((x) => x, Float64Array.of(1), 0.1)[0] // => 1.1
 */
export function euler(f: Tendency, x: Float64Array, dt: number, options: StepOptions = {}): Float64Array {
  const t = checkedTime('euler', { f, x, dt }, options);
  return moved(x, dt, slope('euler', f, x, t));
}

/**
 * One step of the midpoint method, a second-order Runge–Kutta method: x + dt f(x + (dt / 2) f(x, t), t + dt / 2).
 *
 * @param f - tendency dx/dt.
 * @param x - state at time t, shape [n].
 * @param dt - step; finite, not zero (negative goes backwards).
 * @returns state at t + dt, shape [n]; error of a step O(dt³), of a run O(dt²).
 * @throws RangeError if `dt` is zero or not finite, the time not finite, or `f` does not give n numbers; TypeError if `f` is no
 * function, the state no array, or options are no object.
 * @example
 * rk2((x) => x, Float64Array.of(1), 0.1)[0] // => 1.105
 */
export function rk2(f: Tendency, x: Float64Array, dt: number, options: StepOptions = {}): Float64Array {
  const t = checkedTime('rk2', { f, x, dt }, options);
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
 * @throws RangeError if `dt` is zero or not finite, the time not finite, or `f` does not give n numbers; TypeError if `f` is no
 * function, the state no array, or options are no object.
 * @example
 * rk4((x) => x, Float64Array.of(1), 0.1)[0] // ≈ 1.105170833
 */
export function rk4(f: Tendency, x: Float64Array, dt: number, options: StepOptions = {}): Float64Array {
  const t = checkedTime('rk4', { f, x, dt }, options);
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

interface Step {
  readonly f: Tendency;
  readonly x: Float64Array;
  readonly dt: number;
}

// The time at the beginning of a step, if that can be taken.
function checkedTime(owner: string, { f, x, dt }: Step, options: StepOptions): number {
  needOptions(owner, options);
  const { t = 0 } = options;
  need(typeof f === 'function', `${owner} needs a function f`, f, TypeError);
  need(isList(x), `${owner} needs an array or a typed array as state`, x, TypeError);
  need(Number.isFinite(dt) && dt !== 0, `${owner} needs a finite dt other than 0`, dt);
  need(Number.isFinite(t), `${owner} needs a finite time`, t);
  return t;
}

function slope(owner: string, f: Tendency, x: Float64Array, t: number): Float64Array {
  return checkedSlope(`${owner} needs a tendency`, f(x, t), x.length);
}

/** Numbers that were given; throws a RangeError unless there are as many as the state has. `requirement` says what they are. */
export function checkedSlope(requirement: string, slope: Float64Array | undefined, size: number): Float64Array {
  const got = slope?.length ?? slope;
  if (!isList(slope) || got !== size) need(false, `${requirement} of ${size} numbers, as many as the state`, got);
  return slope;
}

function moved(x: Float64Array, dt: number, slope: Float64Array): Float64Array {
  const to = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) to[i] = x[i]! + dt * slope[i]!;
  return to;
}
