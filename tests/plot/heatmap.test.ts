import assert from 'node:assert/strict';
import { heatmap } from '../../lib/plot/heatmap.js';

const axes = { title: 'Slope', xAxis: 'x (m)', yAxis: 'y (m)', zAxis: 'slope (1)' };
const small = {
  ...axes,
  x: [0, 1, 2],
  y: [10, 20],
  z: [
    [-1, 0, 1],
    [2, 3, 4],
  ],
};

describe('heatmap', () => {
  it('takes its values as rows or row by row', () => {
    const flat = heatmap({ ...small, z: Float32Array.of(-1, 0, 1, 2, 3, 4), scale: 'sequential' });
    assert.deepEqual(flat.data, heatmap({ ...small, scale: 'sequential' }).data);
  });

  it('keeps the centres and shows whole cells', () => {
    const { data, layout } = heatmap({ ...small, scale: 'sequential' });
    assert.deepEqual([data[0]!.x, data[0]!.y], [small.x, small.y]);
    assert.deepEqual(layout['xaxis']?.range, [-0.5, 2.5]);
    assert.deepEqual(layout['yaxis']?.range, [5, 25]);
  });

  it('writes names where columns and rows have names, and says them in its alternative text', () => {
    const names = { x: ['pressure', 'heat', 'wind'], y: ['mean', 'spread'] };
    const { data, layout, alt } = heatmap({ ...small, ...names, scale: 'sequential' });
    assert.deepEqual(
      [data[0]!.x, data[0]!.y],
      [
        [0, 1, 2],
        [0, 1],
      ],
    );
    assert.deepEqual([layout['xaxis']?.tickvals, layout['xaxis']?.ticktext], [[0, 1, 2], names.x]);
    assert.deepEqual(layout['yaxis']?.ticktext, names.y);
    assert.match(
      alt,
      /Horizontal: x \(m\), pressure, heat, wind; .* lowest at x pressure, y mean, highest at x wind, y spread\./,
    );
  });

  it('writes every one of ten whole places or fewer, and leaves others to plotly', () => {
    const ticks = (x: readonly number[]) => {
      return heatmap({ ...axes, x, y: [0], z: [x], scale: 'sequential' }).layout['xaxis']?.tickvals;
    };
    const counted = (length: number) => Array.from({ length }, (_, i) => i + 1);
    assert.deepEqual(ticks(counted(10)), counted(10));
    for (const x of [counted(11), [0.5, 1.5], [0, 2]]) assert.equal(ticks(x), undefined);
  });

  it('makes a diverging scale the same on both sides of zero', () => {
    const [map] = heatmap({ ...small, scale: 'diverging' }).data;
    assert.ok(map?.type === 'heatmap');
    assert.deepEqual([map.zmin, map.zmax], [-4, 4]);
  });

  it('tells the sign without colours: solid lines of equal height above zero, dashed ones below', () => {
    const slope = {
      ...axes,
      x: [0, 1],
      y: [0, 1],
      z: [
        [-8, 8],
        [-8, 8],
      ],
    };
    const [, above, below] = heatmap({ ...slope, scale: 'diverging' }).data;
    assert.ok(above?.type === 'scatter' && below?.type === 'scatter');
    assert.deepEqual([above.line?.dash, below.line?.dash], ['solid', 'dot']);
    assert.deepEqual(
      above.x,
      [9, 9, null, 11, 11, null, 13, 13, null, 15, 15, null].map((x) => x && x / 16),
    );
    assert.deepEqual(
      below.x.slice(0, 6),
      [7, 7, null, 5, 5, null].map((x) => x && x / 16),
    );
    assert.equal(heatmap({ ...slope, scale: 'sequential' }).data.length, 1);
  });

  it('gives constant values a scale too', () => {
    const limits = (value: number, scale: 'diverging' | 'sequential') => {
      const [map] = heatmap({ ...axes, x: [0], y: [0], z: [[value]], scale }).data;
      return map?.type === 'heatmap' && [map.zmin, map.zmax];
    };
    assert.deepEqual(limits(3, 'sequential'), [2.5, 3.5]);
    assert.deepEqual(limits(0, 'diverging'), [-1, 1]);
  });

  it('names the colours with their unit', () => {
    const [map] = heatmap({ ...small, scale: 'diverging' }).data;
    assert.equal(map?.type === 'heatmap' && map.colorbar?.title.text, 'slope (1)');
  });

  it('says how many cells lie beyond given limits', () => {
    const figure = heatmap({ ...small, scale: 'sequential', limits: [0, 2] });
    assert.match(figure.layout.title.text, /Beyond the colours: 3 of 6 cells\./);
  });

  it('does not take rounding in single precision for beyond', () => {
    const labels = { title: 'correlation', xAxis: 'x', yAxis: 'y', zAxis: 'r' };
    const z = [[1 + 2 ** -22, -1 - 2 ** -23]];
    const figure = heatmap({ ...labels, x: [1, 2], y: [1], z, scale: 'diverging', limits: [-1, 1] });
    assert.doesNotMatch(figure.layout.title.text, /Beyond/);
  });

  it('says in words where the extremes are', () => {
    assert.match(
      heatmap({ ...small, scale: 'diverging' }).alt,
      /-1 to 4, mean 1\.5; lowest at x 0, y 10, highest at x 2, y 20\./,
    );
  });

  it('refuses what it cannot draw, by name and value', () => {
    const draw = (change: object) => () => heatmap({ ...small, scale: 'diverging', ...change });
    assert.throws(draw({ x: [0, 2, 2] }), new RangeError('heatmap needs x that increases, at x[2], got 2'));
    assert.throws(
      draw({ x: ['a', 2, 'c'] }),
      new TypeError('heatmap needs x of names only, or of numbers only, at x[1], got 2'),
    );
    assert.throws(draw({ y: ['a'] }), new RangeError('heatmap needs z of 1 rows, got 2'));
    assert.throws(draw({ y: [] }), new RangeError('heatmap needs at least one value in y, got 0'));
    assert.throws(draw({ z: [[1, 2, 3]] }), new RangeError('heatmap needs z of 2 rows, got 1'));
    assert.throws(
      draw({
        z: [
          [1, 2],
          [3, 4],
        ],
      }),
      new RangeError('heatmap needs 3 numbers in z[0], got 2'),
    );
    assert.throws(draw({ z: [1, 2, 3, 4] }), new RangeError('heatmap needs a multiple of 3 numbers in z, got 4'));
    assert.throws(draw({ limits: [-1, 2] }), { name: 'RangeError', message: /both sides of zero.*got \[-1, 2\]/ });
    assert.throws(draw({ limits: [2, 1] }), { name: 'RangeError', message: /increase, got \[2, 1\]/ });
  });
});
