// Relevance of a layer's units, R'[row][target][k], handed down to its inputs, R[row][target][j], by messages (messages.ts).

import { at, splat, splatOf, storeFour, timesPlus, zero } from './vectors';

/** R[k] = f_k M[k]: where each unit is the only one with relevance for its target, f_k of it; nothing where there is none. */
export function handDownOwn(
  out: usize, values: usize, messages: usize, count: i32, units: i32, above: usize, line: usize,
): void {
  for (let s = 0; s < count; s++) {
    for (let k = 0; k < units; k++) {
      const f = load<real>(at(values, k));
      for (let p: usize = 0; p < line; p += 16)
        v128.store(out + p, f == 0 ? zero() : timesPlus(splatOf(f), v128.load(messages + p), zero()));
      out += line;
      messages += line;
    }
    values += above;
  }
}

/** R[target] = Σ_k R'[target][k] M[k] over the listed units, two targets at a time. */
export function handDown(
  out: usize, relevance: usize, messages: usize, lists: usize, count: i32, targets: i32, units: i32, above: usize, line: usize,
): void {
  for (let s = 0; s < count; s++) {
    for (let target = 0; target < targets; target += 2) {
      const twin: usize = target + 1 < targets ? 1 : 0, r = relevance + <usize>target * above, y = out + <usize>target * line;
      for (let p: usize = 0; p < line; p += 64)
        twoLines(y + p, y + twin * line + p, r, r + twin * above, messages + p, lists, line);
    }
    out += <usize>targets * line;
    relevance += <usize>targets * above;
    messages += <usize>units * line;
    lists += <usize>(units + 1) << 2;
  }
}

@inline
function twoLines(y: usize, z: usize, r: usize, t: usize, messages: usize, lists: usize, line: usize): void {
  let a0 = zero(), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  for (let place = lists + 4, end = place + (<usize>load<i32>(lists) << 2); place < end; place += 4) {
    const k = load<i32>(place), m = messages + <usize>k * line, u = splat(at(r, k)), v = splat(at(t, k));
    const m0 = v128.load(m), m1 = v128.load(m, 16), m2 = v128.load(m, 32), m3 = v128.load(m, 48);
    a0 = timesPlus(u, m0, a0); a1 = timesPlus(u, m1, a1); a2 = timesPlus(u, m2, a2); a3 = timesPlus(u, m3, a3);
    b0 = timesPlus(v, m0, b0); b1 = timesPlus(v, m1, b1); b2 = timesPlus(v, m2, b2); b3 = timesPlus(v, m3, b3);
  }
  storeFour(y, a0, a1, a2, a3);
  storeFour(z, b0, b1, b2, b3);
}

/** Lines without what pads them. */
export function unpadded(to: usize, from: usize, lines: i32, width: i32, line: usize): void {
  for (let n = 0; n < lines; n++) {
    for (let j = 0; j < width; j++) store<real>(at(to, j), load<real>(at(from, j)));
    to = at(to, width);
    from += line;
  }
}
