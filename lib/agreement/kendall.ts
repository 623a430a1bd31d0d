/** Maps up to this length are compared pair by pair, which needs no room. */
const SHORT = 64;

/** Of all pairs of places: those in the same order less those in opposite orders, and how many are not equal in each map. */
interface Pairs {
  readonly order: number;
  readonly unequalA: number;
  readonly unequalB: number;
}

/** Kendall's τ_b: pairs in the same order less pairs in opposite orders, ties allowed for; NaN if one is constant. */
export function kendall(a: Float64Array, b: Float64Array): number {
  const { order, unequalA, unequalB } = a.length > SHORT ? bySorting(a, b) : pairByPair(a, b);
  return order / Math.sqrt(unequalA * unequalB);
}

export function pairByPair(a: Float64Array, b: Float64Array): Pairs {
  let [order, unequalA, unequalB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) {
      const [signA, signB] = [Math.sign(a[i]! - a[j]!), Math.sign(b[i]! - b[j]!)];
      order += signA * signB;
      unequalA += Math.abs(signA);
      unequalB += Math.abs(signB);
    }
  return { order, unequalA, unequalB };
}

/**
 * The same in n log n steps: of places in the order of a, and of b where a is equal, those pairs are in opposite orders that sorting by
 * b exchanges.
 *
 * @see Knight (1966), J. Am. Stat. Assoc. 61, 436
 */
export function bySorting(a: Float64Array, b: Float64Array): Pairs {
  const places = Uint32Array.from(a.keys()).sort((i, j) => a[i]! - a[j]! || b[i]! - b[j]!);
  const [sortedA, sortedB] = [a, b].map((values) => Float64Array.from(places, (place) => values[place]!)) as [
    Float64Array,
    Float64Array,
  ];
  const every = (a.length * (a.length - 1)) / 2;
  const equalA = equalPairs(a.length, (i) => sortedA[i] === sortedA[i - 1]);
  const equalBoth = equalPairs(a.length, (i) => sortedA[i] === sortedA[i - 1] && sortedB[i] === sortedB[i - 1]);
  const opposite = exchanges(sortedB);
  const equalB = equalPairs(a.length, (i) => sortedB[i] === sortedB[i - 1]);
  return {
    order: every - equalA - equalB + equalBoth - 2 * opposite,
    unequalA: every - equalA,
    unequalB: every - equalB,
  };
}

/** Pairs within runs of places each of which is equal to the one before. */
function equalPairs(count: number, isEqual: (place: number) => boolean): number {
  let [pairs, run] = [0, 0];
  for (let place = 1; place < count; place++) {
    run = isEqual(place) ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

/** Sorts numbers by merging, and counts the pairs that change their order. */
function exchanges(values: Float64Array): number {
  const room = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start + width < values.length; start += 2 * width) {
      const [middle, end] = [start + width, Math.min(start + 2 * width, values.length)];
      let [left, right] = [start, middle];
      for (let place = start; place < end; place++) {
        const takesLeft = right === end || (left < middle && values[left]! <= values[right]!);
        if (!takesLeft) count += middle - left;
        room[place] = values[takesLeft ? left++ : right++]!;
      }
      values.set(room.subarray(start, end), start);
    }
  }
  return count;
}
