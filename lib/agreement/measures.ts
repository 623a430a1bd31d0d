/** How alike two maps are; NaN where that is not defined. */
export type Measure = (a: Float64Array, b: Float64Array) => number;

/** Σ a b / √(Σ a² Σ b²); NaN if one is all zeros. */
export const cosine: Measure = (a, b) => {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return ab / Math.sqrt(aa) / Math.sqrt(bb);
};

/** The correlation coefficient; NaN if one is constant. */
export const pearson: Measure = (a, b) =>
  isConstant(a) || isConstant(b) ? Number.NaN : cosine(centred(a), centred(b));

/** The correlation of ranks, equal numbers sharing the mean of theirs; NaN if one is constant. */
export const spearman: Measure = (a, b) => pearson(ranks(a), ranks(b));

/** The share of the k numbers largest in size that two maps have in common; of equals the first count as larger. */
export function topOverlap(k: number): Measure {
  return (a, b) => {
    const inB = new Set(top(b, k));
    return top(a, k).filter((place) => inB.has(place)).length / k;
  };
}

function top(values: Float64Array, k: number): readonly number[] {
  return [...values.keys()].sort((i, j) => Math.abs(values[j]!) - Math.abs(values[i]!)).slice(0, k);
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

function centred(values: Float64Array): Float64Array {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  return values.map((value) => value - mean);
}

function ranks(values: Float64Array): Float64Array {
  const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
  const found = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]!] === values[order[first]!]) end++;
    for (let place = first; place < end; place++) found[order[place]!] = (first + end - 1) / 2;
    first = end;
  }
  return found;
}
