import assert from 'node:assert/strict';
import { grid, heatmap, histogram, lineChart, rocChart, rocCurve, scatterMatrix } from 'netlens';

interface Given {
  readonly title: string;
  readonly width?: number;
  readonly height?: number;
}
const axes = { xAxis: 'x', yAxis: 'y' };
const line = lineChart({ ...axes, title: 'Line', series: [{ name: 'a', y: [1, 2] }] });
const makers = {
  lineChart: (given: Given) => lineChart({ ...axes, ...given, series: [{ name: 'a', y: [1, 2] }] }),
  histogram: (given: Given) => histogram({ ...axes, ...given, series: [{ name: 'a', values: [1, 2] }] }),
  heatmap: (given: Given) =>
    heatmap({ ...axes, ...given, zAxis: 'z', x: [0, 1], y: [0], z: [[1, 2]], scale: 'sequential' }),
  rocChart: (given: Given) => rocChart({ ...given, series: [{ name: 'a', ...rocCurve([1, 2], [0, 1]) }] }),
  scatterMatrix: ({ height: _, ...given }: Given) =>
    scatterMatrix({ ...given, columns: ['a', 'b'], groups: [{ name: 'all', rows: [[1, 2]] }] }),
  grid: (given: Given) => grid([line], given),
};

describe('a figure', () => {
  for (const [name, make] of Object.entries(makers)) {
    it(`by ${name} has a title and a size that can be drawn`, () => {
      assert.equal(make({ title: 'Small', width: 200, height: 200 }).layout.width, 200);
      assert.throws(() => make({ title: ' ' }), { name: 'RangeError', message: `${name} needs a title, got ' '` });
      for (const width of [0, -720, 199, 10_001, Number.NaN])
        assert.throws(() => make({ title: 'Size', width }), {
          name: 'RangeError',
          message: new RegExp(`^${name} needs a width and a height of 200 to 10000 pixels, got \\[${width}, `),
        });
    });
  }
});
