import assert from 'node:assert/strict';
import { rocChart } from '../../lib/plot/roc-chart.js';
import { rocCurve } from '../../lib/roc.js';

const curve = rocCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
const title = 'Who separates?';

describe('rocChart', () => {
  it('draws the background that is rejected over the signal that is kept', () => {
    const { data, layout } = rocChart({ title, series: [{ name: 'score', ...curve }] });
    assert.deepEqual(
      [data[0]!.x, data[0]!.y],
      [
        [0, 0.5, 0.5, 1, 1],
        [1, 1, 0.5, 0.5, 0],
      ],
    );
    assert.equal(layout['xaxis']?.title?.text, 'signal kept (true positive rate)');
    assert.equal(layout['yaxis']?.title?.text, 'background rejected (1 − false positive rate)');
  });

  it('writes area and error into the legend, where they are known', () => {
    const { truePositiveRate, falsePositiveRate, auc } = curve;
    const { data } = rocChart({
      title,
      series: [
        { name: 'all', ...curve },
        { name: 'no error', truePositiveRate, falsePositiveRate, auc },
        { name: 'rates', truePositiveRate, falsePositiveRate },
      ],
    });
    const names = data.map(({ name }) => name);
    assert.deepEqual(names, ['all: AUC 0.750 ± 0.354', 'no error: AUC 0.750', 'rates', 'no separation']);
  });

  it('draws curves in different dashes, not in different colours alone', () => {
    const { data } = rocChart({ title, series: ['a', 'b', 'c'].map((name) => ({ name, ...curve })) });
    assert.equal(new Set(data.slice(0, 3).map((trace) => trace.type === 'scatter' && trace.line?.dash)).size, 3);
  });

  it('leaves out points that one could not see, and keeps the ends', () => {
    const scores = Array.from({ length: 20_000 }, (_, i) => i);
    const fine = rocCurve(
      scores,
      scores.map((i) => (i % 3 === 0 ? 1 : 0)),
    );
    const { x, y } = rocChart({ title, series: [{ name: 'fine', ...fine }] }).data[0]!;
    assert.ok(x.length < 1002, `${x.length} points`);
    assert.deepEqual([x[0], y[0], x.at(-1), y.at(-1)], [0, 1, 1, 0]);
  });

  it('says in words how good each curve is', () => {
    assert.equal(
      rocChart({ title, series: [{ name: 'score', ...curve }] }).alt,
      'ROC chart “Who separates?”. Horizontal: signal kept (true positive rate), 0 to 1; vertical: background rejected (1 − false positive rate). ' +
        'score: AUC 0.750 ± 0.354; at 0.5 of the signal it rejects 1 of the background.',
    );
  });

  it('refuses what is no curve, by name and value', () => {
    const of = (truePositiveRate: number[], falsePositiveRate: number[]) => () =>
      rocChart({ title, series: [{ name: 'a', truePositiveRate, falsePositiveRate }] });
    assert.throws(() => rocChart({ title, series: [] }), new RangeError('rocChart needs at least one series, got 0'));
    assert.throws(of([0, 1], [0]), new RangeError('rocChart needs 2 values in falsePositiveRate of a, got 1'));
    assert.throws(of([0, 0.5, 0.4], [0, 0, 1]), {
      name: 'RangeError',
      message: /never fall, at truePositiveRate of a\[2\], got 0\.4/,
    });
    assert.throws(of([0, 1], [0, 1.5]), {
      name: 'RangeError',
      message: /from 0 to 1.*falsePositiveRate of a\[1\], got 1\.5/,
    });
    assert.throws(of([], []), new RangeError('rocChart needs at least one value in truePositiveRate of a, got 0'));
  });
});
