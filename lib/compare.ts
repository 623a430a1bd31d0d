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
  const difference = differenceOf(got, wanted, tolerance);
  if (!difference) return { holds: true };
  const { place, reason } = difference;
  return { holds: false, reason: place === '' ? reason : `at ${place}: ${reason}` };
}

/** The lengths of nested lists, as in a tensor's shape; of lists that are not even, the lengths along the first entries. */
export function shapeOf(value: Plain): number[] {
  if (!isList(value)) return [];
  return value.length === 0 ? [0] : [value.length, ...shapeOf(value[0]!)];
}

/** The first difference found, and where. */
interface Difference {
  readonly place: string;
  readonly reason: string;
}

function differenceOf(got: Plain, wanted: Plain, tolerance: Tolerance): Difference | undefined {
  if (isList(got) || isList(wanted)) return differenceOfLists(got, wanted, tolerance);
  if (typeof got !== typeof wanted) return here(`a ${typeof got} instead of a ${typeof wanted}`);
  if (typeof got === 'number' && typeof wanted === 'number') return differenceOfNumbers(got, wanted, tolerance);
  return got === wanted ? undefined : here('not the same');
}

function differenceOfLists(got: Plain, wanted: Plain, tolerance: Tolerance): Difference | undefined {
  if (!isList(got) || !isList(wanted) || got.length !== wanted.length) {
    return here(`shape [${shapeOf(got).join(', ')}] instead of [${shapeOf(wanted).join(', ')}]`);
  }
  for (const [index, value] of got.entries()) {
    const inside = differenceOf(value, wanted[index]!, tolerance);
    if (inside) return { place: `[${index}]${inside.place}`, reason: inside.reason };
  }
  return undefined;
}

function differenceOfNumbers(got: number, wanted: number, tolerance: Tolerance): Difference | undefined {
  const off = Math.abs(got - wanted);
  const isNear = off <= tolerance.absolute + tolerance.relative * Math.abs(wanted);
  if (Object.is(got, wanted) || (isNear && Number.isFinite(wanted))) return undefined;
  return here(Number.isFinite(got) ? `off by ${Number(off.toPrecision(2))}` : `${got} is not a finite number`);
}

function here(reason: string): Difference {
  return { place: '', reason };
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
