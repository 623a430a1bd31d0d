import assert from 'node:assert/strict';
import { histogram } from '../../lib/plot/histogram.js';

const axes = { title: 'Outputs', xAxis: 'output' };

describe('histogram', () => {
  it('draws counts as steps, from the axis up and down to it again', () => {
    const { data } = histogram({ ...axes, bins: 2, range: [0, 2], series: [{ name: 'a', values: [0, 0.5, 1.5] }] });
    assert.deepEqual(
      [data[0]!.x, data[0]!.y],
      [
        [0, 0, 1, 2, 2],
        [0, 2, 1, 1, 0],
      ],
    );
    assert.ok(data[0]!.type === 'scatter' && data[0]!.line?.shape === 'hv');
  });

  it('uses the same bins for all series, from the smallest to the largest of all values', () => {
    const series = [
      { name: 'a', values: [0, 1] },
      { name: 'b', values: [-1, 3] },
    ];
    const { data } = histogram({ ...axes, bins: 4, series });
    assert.deepEqual(data[0]!.x, [-1, -1, 0, 1, 2, 3, 3]);
    assert.deepEqual(data[1]!.x, data[0]!.x);
  });

  it('makes room around a single value', () => {
    const { data } = histogram({ ...axes, bins: 2, series: [{ name: 'a', values: [7, 7] }] });
    assert.deepEqual(
      [data[0]!.x, data[0]!.y],
      [
        [6.5, 6.5, 7, 7.5, 7.5],
        [0, 0, 2, 2, 0],
      ],
    );
  });

  it('has as density an area that is the share inside the range', () => {
    const series = [{ name: 'a', values: [0.1, 0.2, 0.7, 5] }];
    const { data, layout } = histogram({ ...axes, bins: 4, range: [0, 1], density: true, series });
    const area = (data[0]!.y as number[]).slice(1, 5).reduce((sum, height) => sum + height * 0.25, 0);
    assert.equal(area, 3 / 4);
    assert.equal(layout['yaxis']?.title?.text, 'density (share of values per unit)');
  });

  it('says how many values lie outside the range, in the caption and in words', () => {
    const figure = histogram({ ...axes, range: [0, 1], series: [{ name: 'a', values: [-1, 0.5, 2] }] });
    assert.match(figure.layout.title.text, /Outside the range: 2 of 3 \(a\)\./);
    assert.match(figure.alt, /a: 3 values, mean 0\.5, .*, 2 outside the range\./);
  });

  it('names what is counted on the vertical axis, unless it is told otherwise', () => {
    const options = { ...axes, bins: 4, range: [0, 1] as const, series: [{ name: 'a', values: [0.5] }] };
    assert.equal(histogram(options).layout['yaxis']?.title?.text, 'count per bin of 0.25');
    assert.equal(histogram({ ...options, yAxis: 'events' }).layout['yaxis']?.title?.text, 'events');
  });

  it('tells series apart without colour', () => {
    const { data } = histogram({ ...axes, series: ['a', 'b', 'c'].map((name) => ({ name, values: [1, 2] })) });
    const patterns = data.map((trace) => trace.type === 'scatter' && trace.fillpattern?.shape);
    assert.equal(new Set(patterns).size, 3);
  });

  it('refuses what it cannot count, by name and value', () => {
    const series = [{ name: 'a', values: [1, 2] }];
    assert.throws(
      () => histogram({ ...axes, series: [] }),
      new RangeError('histogram needs at least one series, got 0'),
    );
    assert.throws(
      () => histogram({ ...axes, series: [{ name: 'a', values: [Number.POSITIVE_INFINITY] }] }),
      new RangeError('histogram needs a finite number at a[0], got Infinity'),
    );
    for (const bins of [0, 1.5, -1, Number.NaN, 20_000]) {
      assert.throws(() => histogram({ ...axes, series, bins }), {
        name: 'RangeError',
        message: new RegExp(`got ${bins}$`),
      });
    }
    assert.throws(() => histogram({ ...axes, series, range: [1, 1] }), {
      name: 'RangeError',
      message: /increases, got \[1, 1\]/,
    });
  });
});
