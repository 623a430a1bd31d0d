// Messages of a layer's units, M[row][k][j]: which part of the relevance of unit k goes to input j in a row. The numbers of a
// row, or of a message, stand in a line of whole 64 bytes, with zeros behind the last.

import { at, atLeast, atMost, plus, splatOf, storeFour, sumOfLanes, timesPlus, zero } from './vectors';

/**
 * Lists the units of each row that have relevance for any target: how many, then which, in units + 1 numbers of i32. Their
 * messages are cleared. `above` is how long a line of the relevance is, `line` one of the messages.
 */
export function listUnits(
  lists: usize, messages: usize, relevance: usize, count: i32, targets: i32, units: i32, above: usize, line: usize,
): void {
  for (let s = 0; s < count; s++) {
    let found = 0;
    for (let k = 0; k < units; k++) {
      if (hasRelevance(at(relevance, k), targets, above)) {
        found++;
        store<i32>(lists + (<usize>found << 2), k);
        for (let p: usize = 0; p < line; p += 16) v128.store(messages + p, zero());
      }
      messages += line;
    }
    store<i32>(lists, found);
    lists += <usize>(units + 1) << 2;
    relevance += <usize>targets * above;
  }
}

@inline
function hasRelevance(relevance: usize, targets: i32, above: usize): bool {
  for (let target = 0; target < targets; target++, relevance += above) if (load<real>(relevance) != 0) return true;
  return false;
}

/**
 * Adds to the messages of the listed units factor (q_kj + e_k) / d_k, with contributions q_kj = Σ_t V[t][k][j] u_t(a_j), d_k =
 * b_k + Σ_j q_kj moved away from 0 by the stabiliser, and where bias and stabiliser are spread over so many inputs, e_k their
 * equal part. u_t(a_j) is a_j held between bounds[t][0][j] and bounds[t][1][j]. `side` picks units: z_k ≥ 0 (1), z_k < 0 (-1) or
 * all (0). A unit with d_k = 0 gets nothing. In `room` stand u_t(a) for all terms and q of a unit.
 */
export function addMessages(
  messages: usize, lists: usize, activations: usize, z: usize, side: i32, weights: usize, bounds: usize, biases: usize,
  factor: f64, stabiliser: f64, spread: i32, room: usize, terms: i32, count: i32, units: i32, above: usize, line: usize,
): void {
  const size = <usize>units * line, q = room + <usize>terms * line;
  for (let s = 0; s < count; s++) {
    hold(room, activations, bounds, terms, line);
    for (let place = lists + 4, end = place + (<usize>load<i32>(lists) << 2); place < end; place += 4) {
      const k = load<i32>(place), shift = <usize>k * line;
      if (side && side < 0 != load<real>(at(z, k)) < 0) continue;
      const bias = load<real>(at(biases, k)), d = <real>(bias + contribute(q, weights + shift, size, room, line));
      const moved = d < 0 ? -<real>stabiliser : <real>stabiliser, divisor = <real>(d + moved);
      if (divisor == 0) continue;
      const even = spread ? <real>(<real>(bias + moved) / <real>spread) : <real>0;
      addScaled(messages + shift, q, even, <real>(<real>factor / divisor), line);
    }
    messages += size;
    lists += <usize>(units + 1) << 2;
    activations += line;
    z += above;
  }
}

/** u_t(a), a line for each term. */
@inline
function hold(room: usize, activations: usize, bounds: usize, terms: i32, line: usize): void {
  for (let t = 0; t < terms; t++) {
    for (let p: usize = 0; p < line; p += 16) {
      const raised = atLeast(v128.load(activations + p), v128.load(bounds + p));
      v128.store(room + p, atMost(raised, v128.load(bounds + line + p)));
    }
    room += line;
    bounds += 2 * line;
  }
}

/** q_j = Σ_t V[t][j] u_t(a_j), where the terms' weights are `size` apart; returns Σ_j q_j, the sums of lanes at last. */
@inline
function contribute(q: usize, weights: usize, size: usize, room: usize, line: usize): real {
  let s0 = zero(), s1 = s0, s2 = s0, s3 = s0;
  for (let p: usize = 0; p < line; p += 64) {
    let q0 = zero(), q1 = q0, q2 = q0, q3 = q0;
    for (let u = room + p, v = weights + p; u < q; u += line, v += size) {
      q0 = timesPlus(v128.load(v), v128.load(u), q0);
      q1 = timesPlus(v128.load(v, 16), v128.load(u, 16), q1);
      q2 = timesPlus(v128.load(v, 32), v128.load(u, 32), q2);
      q3 = timesPlus(v128.load(v, 48), v128.load(u, 48), q3);
    }
    storeFour(q + p, q0, q1, q2, q3);
    s0 = plus(s0, q0); s1 = plus(s1, q1); s2 = plus(s2, q2); s3 = plus(s3, q3);
  }
  return sumOfLanes(plus(plus(s0, s1), plus(s2, s3)));
}

/** M[j] += factor (q_j + even). */
@inline
function addScaled(message: usize, q: usize, even: real, factor: real, line: usize): void {
  const e = splatOf(even), f = splatOf(factor);
  for (let p: usize = 0; p < line; p += 64) {
    const m = message + p, c = q + p;
    const m0 = timesPlus(f, plus(v128.load(c), e), v128.load(m)), m1 = timesPlus(f, plus(v128.load(c, 16), e), v128.load(m, 16));
    const m2 = timesPlus(f, plus(v128.load(c, 32), e), v128.load(m, 32)), m3 = timesPlus(f, plus(v128.load(c, 48), e), v128.load(m, 48));
    storeFour(m, m0, m1, m2, m3);
  }
}
