const LENGTH = 624;
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
  const state = seeded(seed);
  let next = LENGTH;
  return () => {
    if (next === LENGTH) {
      twist(state);
      next = 0;
    }
    return tempered(state[next++]!);
  };
}

function seeded(seed: number): Uint32Array {
  const state = new Uint32Array(LENGTH);
  state[0] = seed;
  for (let i = 1; i < LENGTH; i++) {
    const before = state[i - 1]!;
    state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
  }
  return state;
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < LENGTH; i++) {
    const y = (state[i]! & 0x80000000) | (state[(i + 1) % LENGTH]! & 0x7fffffff);
    state[i] = state[(i + SHIFT) % LENGTH]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

function tempered(word: number): number {
  let y = word ^ (word >>> 11);
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}
