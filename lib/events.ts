import { need, needOptions } from './need.js';
import { checkSeed, numpyRandom, type Random } from './random.js';

/** Events as plain numbers: observables and what each event is. */
export interface EventTable {
  /** Observables x1, x2, x3, row by row, shape [events, 3]. */
  readonly x: Float64Array;
  /** 1 signal and 0 background for training, 3 signal and 2 background for the test, shape [events]. */
  readonly labels: Uint8Array;
}

/** How many events to draw of each class. */
export interface EventCounts {
  /** Signal events, and as many background events, for training. */
  readonly train: number;
  /** Signal events, and as many background events, for the test. */
  readonly test: number;
}

type Gaussian = readonly [mean: number, deviation: number];
type Distribution = readonly [x1: Gaussian, x2: Gaussian, x3: Gaussian];

// x1 separates signal from background by its mean, x2 by its width only, x3 not at all.
const signal: Distribution = [
  [1.5, 0.5],
  [1.5, 0.5],
  [1.0, 0.5],
];
const background: Distribution = [
  [1.0, 0.5],
  [1.5, 1.0],
  [1.0, 0.5],
];

/**
 * Draws particle-collision events of a toy experiment: three independent Gaussian observables per event.
 *
 * Signal: x1 ~ N(1.5, 0.5), x2 ~ N(1.5, 0.5), x3 ~ N(1, 0.5); background: x1 ~ N(1, 0.5), x2 ~ N(1.5, 1), x3 ~ N(1, 0.5),
 * each with mean and standard deviation. The blocks follow one another: signal and background for training, signal and
 * background for the test (labels 1, 0, 3, 2).
 *
 * @param seed - whole number, 0 … 2³² − 1.
 * @param counts - events of each class; 10,000 each by default, 40,000 events together.
 * @returns the events, x of shape [2 (train + test), 3].
 * @throws RangeError if the seed is not such a number, or a count is not a whole number of at least 0; TypeError if counts are no object.
 * @example
 * generateEvents(1, { train: 2, test: 1 }).labels // => [1, 1, 0, 0, 3, 2]
 */
export function generateEvents(seed: number, counts: EventCounts = { train: 10_000, test: 10_000 }): EventTable {
  checkSeed('generateEvents', seed);
  needOptions('generateEvents', counts, 'counts');
  const { train, test } = counts;
  need(Number.isInteger(train) && train >= 0, 'generateEvents needs a whole count train of at least 0', train);
  need(Number.isInteger(test) && test >= 0, 'generateEvents needs a whole count test of at least 0', test);
  const random = numpyRandom(seed);
  const labels = Uint8Array.from([1, 0, 3, 2].flatMap((label) => Array(label < 2 ? train : test).fill(label)));
  const x = Float64Array.from(Array.from(labels).flatMap((label) => event(random, label % 2 ? signal : background)));
  return { x, labels };
}

function event(random: Random, distribution: Distribution): number[] {
  return distribution.map(([mean, deviation]) => random.normal(mean, deviation));
}
