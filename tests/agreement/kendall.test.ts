import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bySorting, kendall, pairByPair } from '../../lib/agreement/kendall.js';

/** Two maps of one length, with many equal numbers, or hardly any. */
const maps = fc
  .tuple(fc.integer({ min: 1, max: 80 }), fc.constantFrom(0, 2, 1e6))
  .chain(([length, most]) => {
    const map = fc.array(fc.integer({ min: -most, max: most }), { minLength: length, maxLength: length });
    return fc.tuple(map, map);
  })
  .map(([a, b]) => [Float64Array.from(a), Float64Array.from(b, (value) => value / 3)] as const);

describe("Kendall's correlation", () => {
  it('counts by sorting what it counts pair by pair', () => {
    fc.assert(
      fc.property(maps, ([a, b]) => {
        const copies = [a.slice(), b.slice()];
        assert.deepEqual(bySorting(a, b), pairByPair(a, b));
        assert.deepEqual([a, b], copies);
      }),
      { numRuns: 300 },
    );
  });

  it('is 1 for the same order, −1 for the opposite one, and not defined for a constant map, however long', () => {
    for (const length of [3, 64, 65, 1000]) {
      const rising = Float64Array.from({ length }, (_, place) => place ** 2);
      assert.equal(kendall(rising, rising.map(Math.sqrt)), 1);
      assert.equal(
        kendall(
          rising,
          rising.map((value) => -value),
        ),
        -1,
      );
      assert.ok(Number.isNaN(kendall(rising, new Float64Array(length))));
    }
  });
});
