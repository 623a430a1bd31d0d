import assert from 'node:assert/strict';
import fc from 'fast-check';
import { binCounts, binEdges, countInBins } from '../lib/bins.js';

describe('bins', () => {
  it('hold their lower edge, and the last one its upper edge too', () => {
    const { counts, below, above } = countInBins([-1, 0, 0.5, 1, 1.5, 2, 2.5], [0, 1, 2]);
    assert.deepEqual({ counts, below, above }, { counts: [2, 3], below: 1, above: 1 });
  });

  it('begin and end exactly at the range', () => {
    const edges = binEdges(-0.1, 0.7, 7);
    assert.deepEqual([edges.length, edges[0], edges.at(-1)], [8, -0.1, 0.7]);
  });

  it('count every number once, on the right side of every edge', () => {
    const number = fc.double({ min: -2, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { maxLength: 50 }), fc.integer({ min: 1, max: 60 }), (numbers, bins) => {
        const edges = binEdges(-0.7, 1.1, bins);
        const { counts, below, above } = countInBins(numbers, edges);
        const inBin = (bin: number): number =>
          numbers.filter((x) => x >= edges[bin]! && (x < edges[bin + 1]! || (bin === bins - 1 && x === edges[bins])))
            .length;
        assert.deepEqual(
          counts,
          Array.from({ length: bins }, (_, bin) => inBin(bin)),
        );
        assert.equal(below + above + counts.reduce((sum, count) => sum + count, 0), numbers.length);
      }),
    );
  });

  it('keep an edge that rounding would put into the bin before', () => {
    const edges = binEdges(0, 0.3, 3);
    assert.deepEqual(countInBins(edges, edges).counts, [1, 1, 2]);
  });
});

describe('binCounts', () => {
  it('counts in 40 bins from the smallest to the largest value, unless it is told otherwise', () => {
    const { edges, counts, below, above } = binCounts(Float32Array.of(0, 1, 2, 4));
    assert.deepEqual([edges.length, edges[0], edges.at(-1)], [41, 0, 4]);
    assert.deepEqual([counts[0], counts[10], counts[20], counts[39], below, above], [1, 1, 1, 1, 0, 0]);
    assert.deepEqual(binCounts([0, 1, 2, 4], { range: [1, 3], bins: 1 }), {
      edges: [1, 3],
      counts: [2],
      below: 1,
      above: 1,
    });
  });

  it('refuses what it cannot count, by name and value', () => {
    assert.throws(() => binCounts([]), new RangeError('binCounts needs at least one value in values, got 0'));
    assert.throws(
      () => binCounts([1], { bins: 0 }),
      new RangeError('binCounts needs whole bins from 1 to 10,000, got 0'),
    );
    assert.throws(
      () => binCounts([1], { range: [2, 1] }),
      /^RangeError: binCounts needs a range that increases, got \[2, 1\]$/,
    );
    assert.throws(() => binCounts('1' as unknown as number[]), { name: 'TypeError', message: /as values/ });
  });
});
