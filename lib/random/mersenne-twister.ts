/** Words in the twister's state, and numbers that a state gives. */
export const LENGTH = 624;
const SHIFT = 397;

/** A stream of whole numbers, uniform over 0 … 2³² − 1. */
export type Stream = () => number;

/**
 * The Mersenne twister MT19937, seeded as NumPy's `RandomState(seed)` seeds it (`init_genrand`).
 *
 * @param seed - whole number, 0 … 2³² − 1; the caller checks.
 * @see Matsumoto & Nishimura (1998), ACM Trans. Model. Comput. Simul. 8, 3
 */
export function mersenneTwister(seed: number): Stream {
  const state = seededState(seed);
  const words = new Uint32Array(LENGTH);
  let next = LENGTH;
  return () => {
    if (next === LENGTH) {
      twist(state);
      temper(state, words);
      next = 0;
    }
    return words[next++]!;
  };
}

/** The state of the twister at the beginning, 624 words. */
export function seededState(seed: number): Int32Array {
  const state = new Int32Array(LENGTH);
  state[0] = seed;
  for (let i = 1; i < LENGTH; i++) {
    const before = state[i - 1]!;
    state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
  }
  return state;
}

/** The next state, in place. */
export function twist(state: Int32Array): void {
  const last = LENGTH - 1;
  for (let i = 0; i < LENGTH - SHIFT; i++) state[i] = state[i + SHIFT]! ^ mixed(state[i]!, state[i + 1]!);
  for (let i = LENGTH - SHIFT; i < last; i++) state[i] = state[i + SHIFT - LENGTH]! ^ mixed(state[i]!, state[i + 1]!);
  state[last] = state[SHIFT - 1]! ^ mixed(state[last]!, state[0]!);
}

function mixed(high: number, low: number): number {
  const y = (high & 0x80000000) | (low & 0x7fffffff);
  return (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
}

/** The numbers that a state gives. */
export function temper(state: Int32Array, words: Uint32Array): void {
  for (let i = 0; i < LENGTH; i++) {
    let y = state[i]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    words[i] = y ^ (y >>> 18);
  }
}
