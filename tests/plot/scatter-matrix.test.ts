import assert from 'node:assert/strict';
import { scatterMatrix } from '../../lib/plot/scatter-matrix.js';

const rows = Array.from({ length: 10 }, (_, i) => [i, i * i, -i]);
const options = { title: 'Pairs', columns: ['a (m)', 'b (s)', 'c'], groups: [{ name: 'all', rows }] };

describe('scatterMatrix', () => {
  it('draws every pair of columns, and histograms on the diagonal', () => {
    const { data } = scatterMatrix({ ...options, bins: 3 });
    const panel = (number: number) => data.find(({ xaxis }) => xaxis === `x${number}`)!;
    assert.equal(data.length, 1 + 9);
    assert.deepEqual(
      panel(2).x,
      rows.map((row) => row[1]),
    );
    assert.deepEqual(
      panel(2).y,
      rows.map((row) => row[0]),
    );
    assert.deepEqual(
      panel(4).x,
      rows.map((row) => row[0]),
    );
    assert.deepEqual(panel(5).y, [0, 6, 2, 2, 2, 0]);
  });

  it('takes rows as lists or all numbers row by row', () => {
    const flat = scatterMatrix({ ...options, groups: [{ name: 'all', rows: Float64Array.from(rows.flat()) }] });
    assert.deepEqual(flat.data, scatterMatrix(options).data);
  });

  it('draws at most so many points of a group, evenly spaced, and says so; histograms hold all', () => {
    const figure = scatterMatrix({ ...options, maxPoints: 5, bins: 1 });
    const points = figure.data.find(({ xaxis }) => xaxis === 'x2')!;
    assert.deepEqual(points.y, [0, 2, 4, 6, 8]);
    assert.match(figure.layout.title.text, /Points: 5 of 10 \(all\), evenly spaced; histograms: all\./);
    assert.deepEqual(figure.data.find(({ xaxis }) => xaxis === 'x5')!.y, [0, 10, 10, 0]);
  });

  it('names columns along the bottom and the sides, counts where they are', () => {
    const { layout } = scatterMatrix(options);
    const title = (axis: 'xaxis' | 'yaxis', number: string) => layout[`${axis}${number}`]?.title?.text;
    assert.deepEqual(
      ['7', '8', '9'].map((number) => title('xaxis', number)),
      options.columns,
    );
    assert.deepEqual(
      ['', '3', '4', '7'].map((number) => title('yaxis', number)),
      ['count per bin', 'a (m)', 'b (s)', 'c'],
    );
    assert.equal(layout['yaxis3']?.side, 'right');
  });

  it('has one entry in the legend for each group, with line, filling and mark', () => {
    const { data } = scatterMatrix({ ...options, groups: [...options.groups, { name: 'more', rows }] });
    const shown = data.filter(({ showlegend }) => showlegend !== false);
    assert.deepEqual(
      shown.map(({ name }) => name),
      ['all', 'more'],
    );
    assert.equal(new Set(shown.map((trace) => trace.type === 'scatter' && trace.marker?.symbol)).size, 2);
  });

  it('counts rows outside a given range', () => {
    assert.match(scatterMatrix({ ...options, range: [-5, 50] }).layout.title.text, /Outside the range: 4 rows\./);
  });

  it('says in words what one sees', () => {
    const figure = scatterMatrix({ ...options, columns: ['a', 'b', 'c'] });
    assert.match(
      figure.alt,
      /^Scatter matrix “Pairs” of a \(0 to 9\), b \(0 to 81\) and c \(-9 to 0\): histograms on the diagonal/,
    );
    assert.match(
      figure.alt,
      /all: 10 rows; mean ± standard deviation of a 4\.5 ± 2\.87, of b 28\.5 ± 26\.9, of c -4\.5 ± 2\.87; correlation of a with c -1, of a with b 0\.963, of b with c -0\.963\.$/,
    );
  });

  it('tells the closest of many correlations, and none of a constant column', () => {
    const groups = (row: (x: number) => readonly number[]) => [
      { name: 'all', rows: Array.from({ length: 9 }, (_, x) => row(x)) },
    ];
    const columns = ['a', 'b', 'c', 'd', 'e'];
    const { alt } = scatterMatrix({ title: 'Many', columns, groups: groups((x) => [x, x, x ** 2, x ** 3, 1]) });
    assert.match(alt, /; correlation of a with b 1, of c with d 0\.986, (of . with . \S+, ){3}of . with . 0\.908\.$/);
    assert.doesNotMatch(alt, /with e/);
    const more = scatterMatrix({ title: 'Many', columns, groups: groups((x) => [x, x, x ** 2, x ** 3, x % 3]) });
    assert.match(more.alt, /; closest correlations (of . with . \S+, ){5}of . with . \S+\.$/);
    const { alt: flat } = scatterMatrix({ title: 'Flat', columns: ['a', 'b'], groups: groups((x) => [x, 1]) });
    assert.match(flat, /of b 1 ± 0\.$/);
  });

  it('refuses what it cannot draw, by name and value', () => {
    const draw = (change: object) => () => scatterMatrix({ ...options, ...change });
    assert.throws(draw({ columns: ['a'] }), new RangeError('scatterMatrix needs at least two columns, got 1'));
    assert.throws(draw({ groups: [] }), new RangeError('scatterMatrix needs at least one group, got 0'));
    assert.throws(
      draw({ groups: [{ name: 'g', rows: [[1, 2]] }] }),
      new RangeError('scatterMatrix needs 3 numbers in g[0], got 2'),
    );
    assert.throws(draw({ maxPoints: 0 }), { name: 'RangeError', message: /maxPoints.*got 0/ });
    assert.throws(draw({ bins: 2.5 }), { name: 'RangeError', message: /bins.*got 2\.5/ });
  });
});
