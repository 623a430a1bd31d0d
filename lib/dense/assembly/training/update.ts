import { constant, minus, over, plus, times, timesPlus, zero } from '../vectors';

/** g[i] = the sum of the four numbers of S[i], which become zero; `count` is a multiple of four. */
export function fold(g: usize, s: usize, count: i32): void {
  for (let end = g + (<usize>count << 2); g < end; g += 16) {
    const a = v128.load(s), b = v128.load(s, 16), c = v128.load(s, 32), d = v128.load(s, 48);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7), cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    const low = plus(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
    v128.store(g, plus(low, plus(v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7))));
    v128.store(s, zero());
    v128.store(s, zero(), 16);
    v128.store(s, zero(), 32);
    v128.store(s, zero(), 48);
    s += 64;
  }
}

/**
 * A step of Adam as Keras has it: m += (1 - β₁)(g - m), v += (1 - β₂)(g² - v), w -= rate m / (√v + ε), where g is the sum of the
 * gradients of two parts of a batch, β₁ = 0.9, β₂ = 0.999, ε = 1e-7; the rate holds the corrections of m and v.
 */
export function adam(w: usize, first: usize, second: usize, m: usize, v: usize, count: i32, rate: f32): void {
  const c1 = constant(0.1), c2 = constant(0.001), epsilon = constant(1e-7), r = f32x4.splat(rate);
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const g = plus(v128.load(first + i), v128.load(second + i)), m0 = v128.load(m + i), v0 = v128.load(v + i);
    const mean = timesPlus(minus(g, m0), c1, m0), square = timesPlus(minus(times(g, g), v0), c2, v0);
    v128.store(m + i, mean);
    v128.store(v + i, square);
    v128.store(w + i, minus(v128.load(w + i), over(times(r, mean), plus(f32x4.sqrt(square), epsilon))));
  }
}
