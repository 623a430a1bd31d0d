import { J, closeRings, coupling, row, rows, size, state, strength } from './layout';

let dt: f64;
let forcing: f64;
let advection: f64;
let damping: f64;

/** Takes the step and the constants of the equations: F, -c b and c. */
export function configure(step: f64, F: f64, minusCb: f64, c: f64): void {
  dt = step;
  forcing = F;
  advection = minusCb;
  damping = c;
}

/** Goes on by so many steps; the coupling at the beginning of the last is left behind. */
export function advance(steps: i32): void {
  const first = state + size, second = state + 2 * size;
  for (let step = 0; step < steps; step++) {
    stage(1, state, first, 0.5 * dt);
    stage(2, first, second, 0.5 * dt);
    stage(3, second, first, dt);
    stage(4, first, state, dt / 6);
  }
}

/** One of a step's four stages: the slopes at the state z, and the next state from the present one and the slopes. */
@inline
function stage(number: i32, z: usize, next: usize, weight: f64): void {
  closeRings(z);
  // Addresses and numbers that the loops need, in local variables: a machine reads global ones anew after every store.
  const factor = f64x2.splat(strength), advect = f64x2.splat(advection), damp = f64x2.splat(damping);
  const force = f64x2.splat(forcing), w = f64x2.splat(weight), line = row, length = <usize>J * row;
  const present = state, first = state + 3 * size, middle = state + 4 * size, behind = rows() + row;
  for (let k: usize = 0; k < line; k += 16) {
    const x = v128.load(z + 16 + k), driven = f64x2.mul(factor, x);
    const from = behind + k, y = z + from;
    let before = v128.load(y - line), here = v128.load(y), after = v128.load(y + line), sum = f64x2.splat(0);
    for (let at = from, last = from + length; at < last; at += line) {
      const twoAfter = v128.load(z + at + 2 * line), advected = f64x2.mul(f64x2.mul(advect, after), f64x2.sub(twoAfter, before));
      sum = f64x2.add(sum, here);
      const slope = f64x2.add(f64x2.sub(advected, f64x2.mul(damp, here)), driven);
      move(number, present + at, first + at, middle + at, next + at, slope, w);
      before = here;
      here = after;
      after = twoAfter;
    }
    const coupled = f64x2.sub(f64x2.splat(0), f64x2.mul(factor, sum)), at: usize = 16 + k;
    if (number == 1) v128.store(coupling + k, coupled);
    const advected = f64x2.mul(v128.load(z + at - 8), f64x2.sub(v128.load(z + at + 8), v128.load(z + at - 16)));
    const slope = f64x2.add(f64x2.add(f64x2.sub(advected, x), force), coupled);
    move(number, present + at, first + at, middle + at, next + at, slope, w);
  }
}

/** Keeps the first slope, and the sum of the second and the third; writes present + w slope, at last with the sum of all four. */
@inline
function move(number: i32, present: usize, first: usize, middle: usize, next: usize, slope: v128, w: v128): void {
  let step = slope;
  if (number == 1) v128.store(first, slope);
  if (number == 2) v128.store(middle, slope);
  if (number == 3) v128.store(middle, f64x2.add(v128.load(middle), slope));
  if (number == 4) step = f64x2.add(f64x2.add(v128.load(first), slope), f64x2.mul(f64x2.splat(2), v128.load(middle)));
  v128.store(next, f64x2.add(v128.load(present), f64x2.mul(w, step)));
}
