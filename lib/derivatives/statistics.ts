import type { Estimate } from '../uncertainty/estimate.js';

/** How a quantity is distributed over rows. */
export interface Statistics {
  /** The mean: what is left when signs cancel. */
  readonly mean: Estimate;
  /** The mean of the absolute value. */
  readonly meanAbsolute: Estimate;
  /** The square root of the mean square; outliers count more. */
  readonly rootMeanSquare: Estimate;
}

/** Takes in values one by one. */
export interface Collector {
  add(value: number): void;
  /** What the values were like, each taken times the factor. */
  statistics(factor: number): Statistics;
  /** The standard deviation of the values (over n). */
  deviation(): number;
}

/** Collects values one by one, without keeping them. */
export function collector(): Collector {
  const [plain, absolute, square] = [moments(), moments(), moments()];
  return {
    add: (value) => {
      plain.add(value);
      absolute.add(Math.abs(value));
      square.add(value * value);
    },
    deviation: () => plain.deviation(),
    statistics: (factor) => {
      const root = Math.sqrt(square.mean().value);
      // The error of a square root: that of the square, over twice the root.
      const error = root === 0 ? 0 * square.mean().error : square.mean().error / (2 * root);
      return {
        mean: scaled(plain.mean(), factor),
        meanAbsolute: scaled(absolute.mean(), factor),
        rootMeanSquare: scaled({ value: root, error }, factor),
      };
    },
  };
}

interface Moments {
  add(value: number): void;
  mean(): Estimate;
  deviation(): number;
}

// Welford's method, which does not lose digits where the spread is small against the mean.
function moments(): Moments {
  let [count, mean, squares] = [0, 0, 0];
  return {
    add: (value) => {
      count++;
      const distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    },
    mean: () => ({ value: mean, error: Math.sqrt(squares / (count - 1) / count) }),
    deviation: () => Math.sqrt(squares / count),
  };
}

function scaled({ value, error }: Estimate, factor: number): Estimate {
  return { value: value * factor, error: error * factor };
}
