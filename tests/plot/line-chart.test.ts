import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { lineChart } from '../../lib/plot/line-chart.js';

const axes = { title: 'Does it learn?', xAxis: 'epoch', yAxis: 'loss (nats)' };

describe('lineChart', () => {
  it('takes arrays, typed arrays and tensors', () => {
    const y = tf.tensor1d([3, 4]);
    const { data } = lineChart({
      ...axes,
      series: [
        { name: 'array', y: [1, 2] },
        { name: 'typed', y: Float32Array.of(2, 3) },
        { name: 'tensor', y },
      ],
    });
    y.dispose();
    assert.deepEqual(
      data.map((trace) => trace.y),
      [
        [1, 2],
        [2, 3],
        [3, 4],
      ],
    );
  });

  it('counts from 1 where no x is given', () => {
    const { data } = lineChart({ ...axes, series: [{ name: 'loss', y: [5, 4, 3] }] });
    assert.deepEqual(data[0]!.x, [1, 2, 3]);
  });

  it('writes titles as plotly wants them, with the units given', () => {
    const { layout } = lineChart({ ...axes, series: [{ name: 'loss', y: [5] }] });
    assert.equal(layout.title.text, 'Does it learn?');
    assert.equal(layout['xaxis']?.title?.text, 'epoch');
    assert.equal(layout['yaxis']?.title?.text, 'loss (nats)');
  });

  it('has a legend where there are several lines', () => {
    const series = [
      { name: 'a', y: [1] },
      { name: 'b', y: [2] },
    ];
    assert.equal(lineChart({ ...axes, series }).layout.showlegend, true);
    assert.equal(lineChart({ ...axes, series: series.slice(1) }).layout.showlegend, false);
  });

  it('says in words what one sees, unless it is told otherwise', () => {
    const series = [{ name: 'loss', x: [0, 10], y: [0.75, 0.25] }];
    assert.equal(
      lineChart({ ...axes, series }).alt,
      'Line chart “Does it learn?”. Horizontal: epoch, 0 to 10; vertical: loss (nats). loss: 2 points, from 0.75 to 0.25, lowest 0.25, highest 0.75.',
    );
    assert.equal(lineChart({ ...axes, series, alt: 'It falls.' }).alt, 'It falls.');
  });

  it('takes the logarithm of a range on a logarithmic axis', () => {
    const { layout } = lineChart({ ...axes, yScale: 'log', yRange: [0.01, 10], series: [{ name: 'loss', y: [1] }] });
    assert.deepEqual([layout['yaxis']?.type, layout['yaxis']?.range], ['log', [-2, 1]]);
  });

  it('writes only powers of ten where there are many of them', () => {
    const tick = (y: readonly number[], yScale: 'linear' | 'log') =>
      lineChart({ ...axes, yScale, series: [{ name: 'loss', y }] }).layout['yaxis']?.dtick;
    assert.deepEqual(
      [tick([1, 1e-3], 'log'), tick([1, 0.01], 'log'), tick([1, 1e-3], 'linear')],
      [1, undefined, undefined],
    );
  });

  it('refuses what it cannot draw, by name and value', () => {
    const of = (series: Parameters<typeof lineChart>[0]['series']) => () => lineChart({ ...axes, series });
    assert.throws(of([]), new RangeError('lineChart needs at least one series, got 0'));
    assert.throws(of([{ name: 'loss', y: [] }]), new RangeError('lineChart needs at least one value in loss, got 0'));
    const bad = [1, Number.NaN];
    assert.throws(
      of([{ name: 'loss', y: bad }]),
      new RangeError('lineChart needs a finite number at loss[1], got NaN'),
    );
    const short = { name: 'loss', x: [1], y: [1, 2] };
    assert.throws(of([short]), new RangeError('lineChart needs 2 x for as many y in loss, got 1'));
    assert.throws(of([{ name: 'loss', y: 'high' as unknown as number[] }]), { name: 'TypeError', message: /as loss/ });
    assert.throws(
      () => lineChart({ ...axes, yScale: 'log', series: [{ name: 'loss', y: [1, 0] }] }),
      /positive values.*got 0/,
    );
  });
});
