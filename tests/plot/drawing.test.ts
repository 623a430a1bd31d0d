import assert from 'node:assert/strict';
import { jupyterDisplay, jupyterMetadata } from '../../lib/plot/display.js';
import type { Figure } from '../../lib/plot/figure.js';
import { grid } from '../../lib/plot/grid.js';
import { heatmap } from '../../lib/plot/heatmap.js';
import { histogram } from '../../lib/plot/histogram.js';
import { lineChart } from '../../lib/plot/line-chart.js';
import { render } from '../../lib/plot/renderer.js';
import { scatterMatrix } from '../../lib/plot/scatter-matrix.js';
import { numpyRandom } from '../../lib/random.js';
import { pictureOf, pngBytes } from './picture.js';

const random = numpyRandom(1);
const normal = (count: number): number[] => Array.from({ length: count }, () => random.normal());
const line = lineChart({ title: 'Fall', xAxis: 'epoch', yAxis: 'loss', series: [{ name: 'loss', y: [3, 2, 1] }] });
const steps = histogram({
  title: 'Normal',
  xAxis: 'value',
  series: [
    { name: 'a', values: normal(500) },
    { name: 'b', values: normal(500) },
  ],
});
const cells = heatmap({
  title: 'Cells',
  xAxis: 'x',
  yAxis: 'y',
  zAxis: 'z',
  x: [0, 1],
  y: [0, 1],
  z: [
    [-1, 1],
    [0, 0],
  ],
  scale: 'diverging',
});
const rows = Array.from({ length: 300 }, () => normal(2));
const pairs = scatterMatrix({ title: 'Pairs', columns: ['a', 'b'], groups: [{ name: 'all', rows }] });
const figures: Readonly<Record<string, Figure>> = {
  lineChart: line,
  histogram: steps,
  heatmap: cells,
  scatterMatrix: pairs,
  grid: grid([line, cells], { title: 'Both' }),
};

describe('a figure shows itself', () => {
  for (const [name, figure] of Object.entries(figures)) {
    it(`as a picture of twice its size that is not blank: ${name}`, async () => {
      const { width, height, inked } = await pictureOf(figure);
      assert.deepEqual([width, height], [2 * figure.layout.width, 2 * figure.layout.height]);
      assert.ok(inked > 0.005 && inked < 0.6, `${inked} of the pixels are drawn on`);
    });
  }

  it('as a graph, a picture and words in one bundle', async () => {
    const bundle = await line[jupyterDisplay]();
    assert.deepEqual(Object.keys(bundle), ['application/vnd.plotly.v1+json', 'image/png', 'text/plain']);
    assert.deepEqual(bundle['application/vnd.plotly.v1+json'], { data: line.data, layout: line.layout });
    assert.equal(bundle['text/plain'], line.alt);
    JSON.stringify(bundle);
  });

  it('with its size and its alternative text beside the picture', () => {
    assert.deepEqual(line[jupyterMetadata](), { 'image/png': { width: 720, height: 420, alt: line.alt } });
  });

  it('with the same bytes for the same figure, whatever was drawn before', async () => {
    const before = await pngBytes(steps);
    await pngBytes(cells);
    assert.ok(before.equals(await pngBytes(steps)));
  });

  it('with numbers of at most seven digits in the graph, all of them in the value', async () => {
    const figure = lineChart({ title: 'Third', xAxis: 'x', yAxis: 'y', series: [{ name: 'third', y: [1 / 3] }] });
    const bundle = await figure[jupyterDisplay]();
    assert.deepEqual((bundle['application/vnd.plotly.v1+json'] as Figure).data[0]!.y, [0.3333333]);
    assert.deepEqual(figure.data[0]!.y, [1 / 3]);
  });
});

describe('a picture', () => {
  it('has every cell of a heat map around its centre, in its colour', async () => {
    const { colour } = await pictureOf(cells);
    const svg = new TextDecoder().decode(await render(cells, 'svg'));
    const area =
      /class="axesclip" id="[^"]*xy"><rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/.exec(svg);
    const [left, top, width, height] = area!.slice(1).map(Number) as [number, number, number, number];
    const at = (x: number, y: number) => colour(left + x * width, top + y * height);
    for (const place of [0.05, 0.45]) assert.equal(at(place, 0.95), '#104e8b', `left half, at ${place}`);
    for (const place of [0.55, 0.95]) assert.equal(at(place, 0.55), '#8c3b00', `right half, at ${place}`);
    assert.equal(at(0.05, 0.45), '#ffffff');
  });

  it('has all points of a cloud where plotly alone draws them', async () => {
    const few = scatterMatrix({
      title: 'Pairs',
      columns: ['a', 'b'],
      groups: [{ name: 'all', rows: rows.slice(0, 100) }],
    });
    const more = scatterMatrix({
      title: 'Pairs',
      columns: ['a', 'b'],
      groups: [{ name: 'all', rows: [...rows.slice(0, 100), rows[0]!] }],
    });
    const [drawnByPlotly, filledIn] = await Promise.all(
      [few, more].map(async (figure) => new TextDecoder().decode(await render(figure, 'svg'))),
    );
    const places = [...drawnByPlotly!.matchAll(/<path class="point" transform="translate\(([\d.-]+),([\d.-]+)\)"/g)];
    assert.equal(places.length, 200);
    const moves = [...filledIn!.matchAll(/M([\d.-]+) ([\d.-]+)A/g)].map(([, x, y]) => [Number(x) - 2, Number(y)]);
    assert.equal(moves.length, 202);
    for (const [, x, y] of places) {
      assert.ok(
        moves.some(([a, b]) => Math.hypot(a! - Number(x), b! - Number(y)) < 0.02),
        `a point at ${x}, ${y}`,
      );
    }
  });

  it('keeps titles, axis names and legend on the paper', async () => {
    const title = 'A title that is so long that it does not fit into one line of the figure and has to be broken';
    const names = ['a first series', 'a second series', 'a third one', 'a fourth one with a long name', 'a fifth'];
    const series = names.map((name, i) => ({ name, y: [i, i + 1000000] }));
    const svg = new TextDecoder().decode(
      await render(lineChart({ title, xAxis: 'x', yAxis: 'y (10⁶ m)', series }), 'svg'),
    );
    const lines = [...svg.matchAll(/<tspan class="line"[^>]*>([^<]*)</g)].map(([, text]) => text);
    assert.equal(lines.join(' '), title);
    for (const name of [...names, 'y (10⁶ m)']) assert.ok(svg.includes(`>${name}<`), name);
  });

  it('is drawn although a figure before it could not be', async () => {
    const impossible = { data: line.data, layout: { ...line.layout, width: -1 } };
    await assert.rejects(render(impossible, 'png'), Error);
    assert.ok((await render(line, 'png')).length > 1000);
  });
});
