import {
  FIRST, J, MIDDLE, NEXT_STAGE, PRESENT, SLOT, STAGE, closeRings, column, coupling, fast, lastColumn, slow, strength,
} from './layout';

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
  for (let step = 0; step < steps; step++) {
    stage(1, PRESENT, STAGE, 0.5 * dt);
    stage(2, STAGE, NEXT_STAGE, 0.5 * dt);
    stage(3, NEXT_STAGE, STAGE, dt);
    stage(4, STAGE, PRESENT, dt / 6);
  }
}

/** One of a step's four stages: the slopes at the state z, and the next state from the present one and the slopes. */
@inline
function stage(number: i32, z: usize, next: usize, weight: f64): void {
  closeRings(z);
  // Numbers that the loops need, in local variables: a machine reads global ones anew after every store.
  const factor = f64x2.splat(strength), advect = f64x2.splat(advection), damp = f64x2.splat(damping);
  const force = f64x2.splat(forcing), w = f64x2.splat(weight), length = <usize>J * SLOT;
  let x = slow, xBefore = v128.load(x + z), xHere = v128.load(x + (SLOT + z)), u = coupling;
  for (let y = fast; y <= lastColumn; y += column, x += SLOT, u += 16) {
    const driven = f64x2.mul(factor, xHere);
    let before = v128.load(y + z), here = v128.load(y + (SLOT + z)), after = v128.load(y + (2 * SLOT + z)), sum = f64x2.splat(0);
    for (let at = y, end = y + length; at < end; at += SLOT) {
      const twoAfter = v128.load(at + (3 * SLOT + z));
      const advected = f64x2.mul(f64x2.mul(advect, after), f64x2.sub(twoAfter, before));
      sum = f64x2.add(sum, here);
      move(number, at, next, f64x2.add(f64x2.sub(advected, f64x2.mul(damp, here)), driven), w);
      before = here;
      here = after;
      after = twoAfter;
    }
    const coupled = f64x2.sub(f64x2.splat(0), f64x2.mul(factor, sum)), xAfter = v128.load(x + (2 * SLOT + z));
    if (number == 1) v128.store(u, coupled);
    const around = f64x2.sub(f64x2.shuffle(xHere, xAfter, 1, 2), xBefore);
    const advected = f64x2.mul(f64x2.shuffle(xBefore, xHere, 1, 2), around);
    move(number, x, next, f64x2.add(f64x2.add(f64x2.sub(advected, xHere), force), coupled), w);
    xBefore = xHere;
    xHere = xAfter;
  }
}

/**
 * Keeps the first slope, and the sum of the second and the third; writes present + w slope, at last with the sum of all four. The
 * slot is the one after the address.
 */
@inline
function move(number: i32, at: usize, next: usize, slope: v128, w: v128): void {
  let step = slope;
  if (number == 1) v128.store(at + (SLOT + FIRST), slope);
  if (number == 2) v128.store(at + (SLOT + MIDDLE), slope);
  if (number == 3) v128.store(at + (SLOT + MIDDLE), f64x2.add(v128.load(at + (SLOT + MIDDLE)), slope));
  if (number == 4) {
    const outer = f64x2.add(v128.load(at + (SLOT + FIRST)), slope);
    step = f64x2.add(outer, f64x2.mul(f64x2.splat(2), v128.load(at + (SLOT + MIDDLE))));
  }
  v128.store(at + (SLOT + next), f64x2.add(v128.load(at + (SLOT + PRESENT)), f64x2.mul(w, step)));
}
