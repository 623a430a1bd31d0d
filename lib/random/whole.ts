import type { Stream } from './mersenne-twister.js';

/** Values that can be put into another order in place: an array or a typed array. */
export interface Shufflable<T> {
  readonly length: number;
  [index: number]: T;
}

/**
 * A whole number, uniform over 0 … count − 1: as many random bits as count − 1 has, drawn again while they exceed it.
 *
 * @param word - whole numbers of 32 random bits.
 * @param count - whole number, 1 … 2⁵³ − 1; the caller checks.
 */
export function wholeBelow(word: Stream, count: number): number {
  const max = count - 1;
  if (max === 0) return 0;
  const [high, low] = [Math.floor(max / 2 ** 32), max % 2 ** 32];
  const unused = Math.clz32(high > 0 ? high : low);
  const top = (): number => (word() << unused) >>> unused;
  let value: number;
  do value = high > 0 ? top() * 2 ** 32 + word() : top();
  while (value > max);
  return value;
}

/** Puts values into random order, in place: from the last to the second, each changes places with one before it or itself. */
export function shuffleBy<T>(word: Stream, values: Shufflable<T>): void {
  for (let i = values.length - 1; i > 0; i--) {
    // As wholeBelow(word, i + 1), written out: a training shuffles millions of rows.
    const unused = Math.clz32(i);
    let j: number;
    do j = (word() << unused) >>> unused;
    while (j > i);
    const value = values[i]!;
    values[i] = values[j]!;
    values[j] = value;
  }
}
