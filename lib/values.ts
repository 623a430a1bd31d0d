import { need } from './need.js';

/** Numbers in any container: an array, a typed array, or a tensor (anything with `dataSync()`). */
export type Values = ArrayLike<number> | NumbersHolder;

/** A tensor, or anything else that gives its numbers. */
interface NumbersHolder {
  /** All numbers, row by row. */
  dataSync(): ArrayLike<number>;
}

/**
 * The numbers of a container, as a plain array.
 *
 * @param owner - the function that asks, for messages.
 * @param name - what the numbers are, for messages.
 * @throws TypeError for something else than a container of numbers; RangeError if it is empty or holds NaN or an infinity; Error for a
 * disposed tensor.
 */
export function finiteNumbers(owner: string, name: string, values: Values): number[] {
  need(!isGone(values), `${owner} needs a tensor ${name} that still exists`, { words: 'a disposed one' }, Error);
  const numbers = plain(values);
  need(numbers !== undefined, `${owner} needs an array, a typed array or a tensor as ${name}`, values, TypeError);
  need(numbers.length > 0, `${owner} needs at least one value in ${name}`, 0);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  need(bad < 0, `${owner} needs a finite number at ${name}[${bad}]`, numbers[bad]);
  return numbers;
}

/** Smallest and largest of some numbers (without spreading them into arguments, which fails for many). */
export function extent(numbers: readonly number[]): [smallest: number, largest: number] {
  let [smallest, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (number < smallest) smallest = number;
    if (number > largest) largest = number;
  }
  return [smallest, largest];
}

/** Throws a RangeError unless a range is two finite numbers, the second above the first. */
export function checkRange(requirement: string, range: readonly number[]): void {
  const isRange = isList(range) && range.length === 2 && Array.from(range).every(Number.isFinite);
  need(isRange && range[0]! < range[1]!, requirement, range);
}

/**
 * The range that is asked for, or else that of all numbers, with room around it if they are all the same.
 *
 * @throws RangeError if the range that is asked for does not increase.
 */
export function rangeOf(
  owner: string,
  numbers: readonly (readonly number[])[],
  range?: readonly [number, number],
): [number, number] {
  if (range !== undefined) {
    checkRange(`${owner} needs a range that increases`, range);
    return [...range];
  }
  const [low, high] = extent(numbers.flatMap(extent));
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}

/** The arithmetic mean; of equal numbers just that number, not rounded. */
export function mean(numbers: ArrayLike<number>): number {
  const first = numbers[0]!;
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]! - first;
  return first + sum / numbers.length;
}

/** The standard deviation, over n; of equal numbers 0. */
export function standardDeviation(numbers: ArrayLike<number>): number {
  const centre = mean(numbers);
  return Math.sqrt(mean(Float64Array.from(numbers, (number) => (number - centre) ** 2)));
}

function isGone(values: unknown): boolean {
  return typeof values === 'object' && values !== null && 'isDisposed' in values && values.isDisposed === true;
}

function plain(values: unknown): number[] | undefined {
  if (typeof values !== 'object' || values === null) return undefined;
  const content =
    'dataSync' in values && typeof values.dataSync === 'function' ? (values.dataSync() as unknown) : values;
  return isList(content) ? Array.from(content as ArrayLike<number>) : undefined;
}

/** Whether something is an array or a typed array. */
export function isList(values: unknown): values is ArrayLike<unknown> {
  return Array.isArray(values) || (ArrayBuffer.isView(values) && 'length' in values);
}
