import assert from 'node:assert/strict';
import type { Figure } from '../../lib/plot/figure.js';
import { grid } from '../../lib/plot/grid.js';
import { axesOf } from '../../lib/plot/grid-cells.js';
import { heatmap } from '../../lib/plot/heatmap.js';
import { lineChart } from '../../lib/plot/line-chart.js';
import { scatterMatrix } from '../../lib/plot/scatter-matrix.js';

const chart = (title: string, yAxis = 'loss'): Figure =>
  lineChart({
    title,
    xAxis: 'epoch',
    yAxis,
    series: [
      { name: 'training', y: [2, 1] },
      { name: 'validation', y: [3, 2] },
    ],
  });
const map = (high: number, zAxis = 'slope'): Figure =>
  heatmap({
    title: `to ${high}`,
    xAxis: 'x',
    yAxis: 'y',
    zAxis,
    x: [0, 1],
    y: [0],
    z: [[0, high]],
    scale: 'diverging',
  });
const pairs = scatterMatrix({
  title: 'Pairs',
  columns: ['a', 'b'],
  groups: [
    {
      name: 'all',
      rows: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
});

describe('grid', () => {
  it('gives every figure axes of its own, with what they had', () => {
    const { data, layout } = grid([chart('one'), pairs, chart('two', 'accuracy')], { title: 'All', columns: 2 });
    assert.deepEqual(
      axesOf(layout)
        .map(([key]) => key)
        .filter((key) => key.startsWith('x')),
      ['xaxis', 'xaxis2', 'xaxis3', 'xaxis4', 'xaxis5', 'xaxis6'],
    );
    assert.equal(layout['yaxis6']?.title?.text, 'accuracy');
    assert.equal(layout['xaxis6']?.anchor, 'y6');
    assert.deepEqual(
      data.slice(-2).map(({ xaxis, yaxis }) => [xaxis, yaxis]),
      [
        ['x6', 'y6'],
        ['x6', 'y6'],
      ],
    );
  });

  it('places figures row by row from the top, without overlap', () => {
    const { layout } = grid([chart('one'), chart('two'), chart('three')], { title: 'All', columns: 2 });
    const [one, two, three] = ['', '2', '3'].map((n) => ({
      x: layout[`xaxis${n}`]!.domain!,
      y: layout[`yaxis${n}`]!.domain!,
    }));
    assert.ok(one!.x[1] < two!.x[0] && one!.y[0] === two!.y[0]);
    assert.ok(three!.y[1] < one!.y[0] && three!.x[0] === one!.x[0]);
    for (const [from, to] of [one!.x, one!.y, two!.x, three!.y]) assert.ok(0 <= from && from < to && to <= 1);
  });

  it('keeps the titles of its figures, and has one of its own', () => {
    const { layout } = grid([chart('one'), chart('two')], { title: 'Both' });
    assert.equal(layout.title.text, 'Both');
    assert.deepEqual(
      layout.annotations?.map(({ text }) => text),
      ['one', 'two'],
    );
  });

  it('names series that look alike once in the legend', () => {
    const { data } = grid([chart('one'), chart('two')], { title: 'Both' });
    assert.deepEqual(
      data.filter(({ showlegend }) => showlegend).map(({ name }) => name),
      ['training', 'validation'],
    );
    assert.equal(data[0]!.legendgroup, data[2]!.legendgroup);
  });

  it('shares one scale between heat maps, wide enough for all', () => {
    const { data, layout } = grid([map(1), map(3)], { title: 'Maps', sharedScale: true });
    assert.deepEqual([layout.coloraxis?.cmin, layout.coloraxis?.cmax], [-3, 3]);
    assert.equal(layout.coloraxis?.colorbar.title.text, 'slope');
    const maps = data.filter(({ type }) => type === 'heatmap');
    assert.equal(maps.length, 2);
    for (const trace of maps) {
      assert.ok(
        trace.type === 'heatmap' && trace.coloraxis === 'coloraxis' && !trace.colorbar && trace.zmin === undefined,
      );
    }
  });

  it('puts colour bars that are not shared beside their heat maps', () => {
    const { data, layout } = grid([map(1), map(3)], { title: 'Maps', columns: 2 });
    const maps = data.filter(({ type }) => type === 'heatmap');
    for (const [index, trace] of maps.entries()) {
      const [, right] = layout[`xaxis${index === 0 ? '' : '2'}`]!.domain!;
      assert.ok(trace.type === 'heatmap' && trace.colorbar!.x === right);
    }
  });

  it('keeps the lines of a map on its cells', () => {
    const { data } = grid([chart('one'), map(3)], { title: 'Map', columns: 2 });
    const onSecond = data.filter(({ yaxis }) => yaxis === 'y2').map(({ type }) => type);
    assert.deepEqual(onSecond, ['heatmap', 'scatter', 'scatter']);
  });

  it('can hold a grid', () => {
    const inner = grid([chart('one'), chart('two')], { title: 'Inner' });
    const { layout, data } = grid([inner, chart('three')], { title: 'Outer', columns: 1 });
    assert.deepEqual(
      data.map(({ xaxis }) => xaxis),
      ['x', 'x', 'x2', 'x2', 'x3', 'x3'],
    );
    assert.deepEqual(
      layout.annotations?.map(({ text }) => text),
      ['Inner', 'one', 'two', 'three'],
    );
  });

  it('says in words what each figure shows', () => {
    assert.match(
      grid([chart('one'), map(1)], { title: 'Both' }).alt,
      /^Grid “Both” of 2 figures\. 1: Line chart “one”\. .* 2: Heat map “to 1”\./,
    );
  });

  it('refuses what it cannot put together', () => {
    assert.throws(() => grid([], { title: 'None' }), new RangeError('grid needs at least one figure, got 0'));
    assert.throws(() => grid([chart('one')], { title: 'One', columns: 0 }), {
      name: 'RangeError',
      message: /columns.*got 0/,
    });
    assert.throws(() => grid([chart('one')], { title: 'One', sharedScale: true }), {
      name: 'RangeError',
      message: /heat map.*got 0/,
    });
    assert.throws(() => grid([map(1), map(2, 'K')], { title: 'Two', sharedScale: true }), {
      name: 'RangeError',
      message: /unit of slope.*got 'K'/,
    });
    const shared = grid([map(1)], { title: 'Shared', sharedScale: true });
    assert.throws(() => grid([shared], { title: 'Outer' }), {
      name: 'RangeError',
      message: /no scale already, got 'Shared'/,
    });
  });
});
