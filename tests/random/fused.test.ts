import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fused } from '../../lib/random/fused.js';

/** A double as a whole number times a power of two. */
function parts(value: number): { whole: bigint; power: number } {
  if (value === 0) return { whole: 0n, power: 0 };
  const power = Math.floor(Math.log2(Math.abs(value))) - 60;
  return { whole: BigInt(value / 2 ** power), power };
}

/** The double nearest to a whole number times a power of two, ties to even. */
function nearest(whole: bigint, power: number): number {
  const digits = (whole < 0n ? -whole : whole).toString(2).length;
  const dropped = Math.max(0, digits - 53);
  const unit = 1n << BigInt(dropped);
  const size = whole < 0n ? -whole : whole;
  const [quotient, rest] = [size / unit, 2n * (size % unit)];
  const up = rest > unit || (rest === unit && quotient % 2n === 1n);
  return Math.sign(Number(whole)) * Number(quotient + (up ? 1n : 0n)) * 2 ** (power + dropped);
}

function exactly(a: number, b: number, c: number): number {
  const [p, q, r] = [parts(a), parts(b), parts(c)];
  const lowest = Math.min(p.power + q.power, r.power);
  const product = (p.whole * q.whole) << BigInt(p.power + q.power - lowest);
  return nearest(product + (r.whole << BigInt(r.power - lowest)), lowest);
}

const mantissa = fc.integer({ min: -(2 ** 52), max: 2 ** 52 }).map((low) => 1 + low / 2 ** 53);

describe('fused', () => {
  it('multiplies and adds with one rounding, as whole numbers of any length do', () => {
    fc.assert(
      fc.property(mantissa, mantissa, mantissa, fc.integer({ min: -120, max: 120 }), (a, b, c, power) => {
        for (const sign of [1, -1])
          assert.equal(fused(a, b, sign * c * 2 ** power), exactly(a, b, sign * c * 2 ** power));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds on which side of a tie a sum is', () => {
    const ulp = 2 ** -52;
    // 1 + ulp / 2 is a tie; a product of ± 2^-110 decides it.
    assert.equal(fused(2 ** -55, 2 ** -55, 1), 1);
    assert.equal(fused(1 + ulp, 1 - ulp, ulp / 2), 1 + 0 * ulp);
    assert.equal(fused(1 + ulp, 1 + ulp, ulp / 2), 1 + 3 * ulp);
    assert.equal(fused(1 + ulp, 1 + ulp, -ulp / 2), 1 + 2 * ulp);
    assert.equal(fused(0.1, 10, -1), exactly(0.1, 10, -1));
    assert.notEqual(fused(0.1, 10, -1), 0.1 * 10 - 1);
  });
});
