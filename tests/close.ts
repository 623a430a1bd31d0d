import assert from 'node:assert/strict';

/** A number, or lists of lists of numbers. */
export type Nested = number | readonly Nested[];

/** Asserts the same shape and |actual − wanted| ≤ tolerance for every number. */
export function assertClose(actual: Nested, wanted: Nested, tolerance: number): void {
  if (typeof actual === 'number' && typeof wanted === 'number')
    assert.ok(Math.abs(actual - wanted) <= tolerance, `${actual}, not ${wanted}`);
  else if (typeof actual === 'object' && typeof wanted === 'object') {
    assert.equal(actual.length, wanted.length);
    actual.forEach((part, i) => {
      assertClose(part, wanted[i]!, tolerance);
    });
  } else assert.fail(`${JSON.stringify(actual)} and ${JSON.stringify(wanted)} differ in shape`);
}
