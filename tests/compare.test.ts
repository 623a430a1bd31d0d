import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compare, type Plain, shapeOf } from '../lib/compare.js';

const exact = { absolute: 0, relative: 0 };
const holds = (got: Plain, wanted: Plain, tolerance = exact): boolean => compare(got, wanted, tolerance).holds;
const reason = (got: Plain, wanted: Plain, tolerance = exact): string => {
  const verdict = compare(got, wanted, tolerance);
  return verdict.holds ? 'holds' : verdict.reason;
};

describe('compare', () => {
  it('allows |got − wanted| up to absolute + relative · |wanted|, that included', () => {
    assert.ok(holds(11.5, 10, { absolute: 0.5, relative: 0.1 }));
    assert.ok(!holds(11.6, 10, { absolute: 0.5, relative: 0.1 }));
    assert.ok(!holds(0.1, 0, { absolute: 0, relative: 10 }));
  });

  it('finds everything equal to itself', () => {
    const plain = fc.letrec<{ value: Plain }>((tie) => ({
      value: fc.oneof(fc.double(), fc.boolean(), fc.string(), fc.array(tie('value'), { maxLength: 3 })),
    })).value;
    fc.assert(fc.property(plain, (value) => holds(value, value)));
  });

  it('takes NaN and infinities for no number, unless just that is wanted', () => {
    const wide = { absolute: Number.MAX_VALUE, relative: 1 };
    assert.match(reason(Number.NaN, 1, wide), /NaN is not a finite number/);
    assert.match(reason(Number.POSITIVE_INFINITY, 1, wide), /Infinity is not a finite number/);
    assert.ok(!holds(5, Number.POSITIVE_INFINITY, wide));
    assert.ok(!holds(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, wide));
    assert.ok(!holds(5, Number.NaN, wide));
    assert.ok(holds(Number.NaN, Number.NaN));
  });

  it('takes the two zeros for one number', () => {
    assert.ok(holds(0, -0));
  });

  it('wants the same shape, however deep, and says where it differs', () => {
    assert.equal(reason([1, 2], [1, 2, 3]), 'shape [2] instead of [3]');
    assert.equal(reason([[1], [2]], [1, 2]), 'at [0]: shape [1] instead of []');
    assert.equal(
      reason(
        [[1, 2], [3]],
        [
          [1, 2],
          [3, 4],
        ],
      ),
      'at [1]: shape [1] instead of [2]',
    );
    assert.equal(reason(1, [1]), 'shape [] instead of [1]');
    assert.equal(reason([], []), 'holds');
  });

  it('says where and by how much a number is off', () => {
    assert.equal(
      reason(
        [
          [1, 2],
          [3, 4.25],
        ],
        [
          [1, 2],
          [3, 4],
        ],
      ),
      'at [1][1]: off by 0.25',
    );
    assert.equal(reason(1, 1.5), 'off by 0.5');
  });

  it('wants the same kind, and equal texts and booleans', () => {
    assert.equal(reason('1', 1), 'a string instead of a number');
    assert.equal(reason(true, 1), 'a boolean instead of a number');
    assert.equal(reason('a', 'b'), 'not the same');
    assert.equal(reason(['a', true], ['a', true]), 'holds');
  });

  it('allows more with a wider tolerance, never less', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const positive = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(number, number, positive, positive, (got, wanted, absolute, more) => {
        const narrow = holds(got, wanted, { absolute, relative: 0 });
        return !narrow || holds(got, wanted, { absolute: absolute + more, relative: 0 });
      }),
    );
  });
});

describe('shapeOf', () => {
  it('gives the lengths of nested lists', () => {
    assert.deepEqual(
      [
        shapeOf(1),
        shapeOf([]),
        shapeOf([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      ],
      [[], [0], [2, 3]],
    );
  });
});
