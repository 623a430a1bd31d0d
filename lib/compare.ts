/** How far a number may lie from the wanted one: |got − wanted| ≤ absolute + relative · |wanted|. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** Plain data: numbers, booleans, text, and lists of them. */
export type Plain = number | boolean | string | readonly Plain[];

/** Whether a value is what was wanted; if not, why not. */
export type Verdict = { readonly holds: true } | { readonly holds: false; readonly reason: string };

/**
 * Compares plain data with what was wanted: same shape, same kinds, finite numbers within the tolerance, all else equal.
 *
 * A number wanted as NaN or an infinity must be exactly that.
 */
export function compare(got: Plain, wanted: Plain, tolerance: Tolerance): Verdict {
  return compareAt('', got, wanted, tolerance);
}

/** The lengths of nested lists, as in a tensor's shape; of lists that are not even, the lengths along the first entries. */
export function shapeOf(value: Plain): number[] {
  if (!isList(value)) return [];
  return value.length === 0 ? [0] : [value.length, ...shapeOf(value[0]!)];
}

function compareAt(place: string, got: Plain, wanted: Plain, tolerance: Tolerance): Verdict {
  if (isList(got) || isList(wanted)) return compareLists(place, got, wanted, tolerance);
  if (typeof got !== typeof wanted) return not(`${at(place)}a ${typeof got} instead of a ${typeof wanted}`);
  if (typeof got !== 'number' || typeof wanted !== 'number') {
    return got === wanted ? { holds: true } : not(`${at(place)}not the same`);
  }
  return compareNumbers(place, got, wanted, tolerance);
}

function compareLists(place: string, got: Plain, wanted: Plain, tolerance: Tolerance): Verdict {
  if (!isList(got) || !isList(wanted) || got.length !== wanted.length) {
    return not(`${at(place)}shape [${shapeOf(got).join(', ')}] instead of [${shapeOf(wanted).join(', ')}]`);
  }
  for (const [index, value] of got.entries()) {
    const verdict = compareAt(`${place}[${index}]`, value, wanted[index]!, tolerance);
    if (!verdict.holds) return verdict;
  }
  return { holds: true };
}

function compareNumbers(place: string, got: number, wanted: number, { absolute, relative }: Tolerance): Verdict {
  const isNear = Math.abs(got - wanted) <= absolute + relative * Math.abs(wanted);
  if (Object.is(got, wanted) || (isNear && Number.isFinite(wanted))) return { holds: true };
  if (!Number.isFinite(got)) return not(`${at(place)}${got} is not a finite number`);
  const off = Number(Math.abs(got - wanted).toPrecision(2));
  return not(`${at(place)}off by ${off}`);
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

function at(place: string): string {
  return place === '' ? '' : `at ${place}: `;
}

function not(reason: string): Verdict {
  return { holds: false, reason };
}
