/** Spans of time whose means tell how uncertain the mean over all of them is. */
const SPANS = 20;

/** Logarithms of lengths, shape [samples, count], of which each is the growth over the same time. */
export interface Growth {
  readonly logarithms: Float64Array;
  readonly count: number;
  /** Rows that were measured. */
  readonly samples: number;
  /** Time that one row spans. */
  readonly interval: number;
}

/** Growth per unit of time of each direction, shape [count]; NaN if nothing was measured. */
export function meanRates(growth: Growth): Float64Array {
  return rates(growth, 0, growth.samples);
}

/** Standard errors of these rates, from the spread of the rates in spans of time; NaN if there are fewer samples than spans. */
export function rateErrors(growth: Growth): Float64Array {
  const length = Math.floor(growth.samples / SPANS);
  const spans = Array.from({ length: SPANS }, (_, span) => rates(growth, span * length, (span + 1) * length));
  return Float64Array.from({ length: growth.count }, (_, i) => {
    const mean = spans.reduce((sum, span) => sum + span[i]!, 0) / SPANS;
    const squares = spans.reduce((sum, span) => sum + (span[i]! - mean) ** 2, 0);
    return Math.sqrt(squares / (SPANS - 1) / SPANS);
  });
}

function rates({ logarithms, count, interval }: Growth, from: number, to: number): Float64Array {
  const sums = new Float64Array(count);
  for (let i = from * count; i < to * count; i++) sums[i % count] = sums[i % count]! + logarithms[i]!;
  return sums.map((sum) => sum / ((to - from) * interval));
}
