// The Mersenne twister MT19937 and the shuffle of lib/random, four words at a time: a training shuffles millions of rows.

const LENGTH: usize = 624 * 4, SHIFT: usize = 397 * 4; // bytes

/**
 * Puts `count` whole numbers into random order, in place; `state` is 624 words of the twister and the 624 numbers they gave, `next`
 * the first of these that has not been used. Returns the next one after the shuffle. Numbers too large change nothing.
 */
export function shuffle(state: usize, next: i32, values: usize, count: i32): i32 {
  const words = state + LENGTH, end = words + LENGTH;
  let word = words + (<usize>next << 2);
  for (let i: u32 = count - 1; <i32>i > 0; ) {
    if (word == end) {
      refill(state, words);
      word = words;
    }
    const number = load<u32>(word) & (<u32>-1 >> clz(i)), fits = number <= i;
    word += 4;
    exchange(values + (<usize>i << 2), values + (<usize>(fits ? number : i) << 2));
    i -= <u32>fits;
  }
  return <i32>((word - words) >> 2);
}

@inline
function exchange(a: usize, b: usize): void {
  const value = load<i32>(a);
  store<i32>(a, load<i32>(b));
  store<i32>(b, value);
}

function refill(state: usize, words: usize): void {
  const turn = state + LENGTH - SHIFT;
  let word = state;
  for (; word + 12 < turn; word += 16) twistFour(word, word + SHIFT);
  for (; word < turn; word += 4) twist(word, word + 4, word + SHIFT);
  for (; word < state + LENGTH - 4; word += 16) twistFour(word, word + SHIFT - LENGTH);
  twist(word, state, word + SHIFT - LENGTH);
  for (let i: usize = 0; i < LENGTH; i += 16) v128.store(words + i, tempered(v128.load(state + i)));
}

@inline
function twist(word: usize, next: usize, far: usize): void {
  const y = (load<u32>(word) & 0x80000000) | (load<u32>(next) & 0x7fffffff);
  store<u32>(word, load<u32>(far) ^ (y >> 1) ^ (y & 1 ? 0x9908b0df : 0));
}

@inline
function twistFour(word: usize, far: usize): void {
  const next = v128.load(word, 4), one = i32x4.splat(1);
  const y = v128.or(v128.and(v128.load(word), i32x4.splat(0x80000000)), v128.and(next, i32x4.splat(0x7fffffff)));
  const odd = v128.and(i32x4.eq(v128.and(y, one), one), i32x4.splat(0x9908b0df));
  v128.store(word, v128.xor(v128.xor(v128.load(far), i32x4.shr_u(y, 1)), odd));
}

@inline
function tempered(word: v128): v128 {
  let y = v128.xor(word, i32x4.shr_u(word, 11));
  y = v128.xor(y, v128.and(i32x4.shl(y, 7), i32x4.splat(0x9d2c5680)));
  y = v128.xor(y, v128.and(i32x4.shl(y, 15), i32x4.splat(0xefc60000)));
  return v128.xor(y, i32x4.shr_u(y, 18));
}
