import { need } from './need.js';

/** A letter with numbers from 1 on: x1, x2, …. */
export function numbered(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => letter + (i + 1));
}

/**
 * The names that are given, or else the usual ones.
 *
 * @param owner - the function that asks, for messages.
 * @param what - what they are, for messages.
 * @throws TypeError if what is given is no list of names; RangeError if they are not as many as usual.
 */
export function namesOf(
  owner: string,
  usual: readonly string[],
  given: readonly string[] = usual,
  what = 'names',
): readonly string[] {
  need(Array.isArray(given), `${owner} needs a list of ${what}`, given, TypeError);
  const bad = given.findIndex((name) => typeof name !== 'string');
  need(bad < 0, `${owner} needs ${what} that are text`, given[bad], TypeError);
  need(given.length === usual.length, `${owner} needs ${usual.length} ${what}`, given.length);
  return given;
}
