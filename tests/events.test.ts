import assert from 'node:assert/strict';
import { type EventTable, generateEvents } from '../lib/events.js';

/** Mean and standard deviation of a column, over the rows with a label. */
function moments({ x, labels }: EventTable, label: number, column: number): readonly [mean: number, deviation: number] {
  const values = Array.from(labels).flatMap((l, i) => (l === label ? [x[3 * i + column]!] : []));
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)];
}

describe('generateEvents', () => {
  it('draws signal and background from their Gaussians, within 4 standard errors', () => {
    const signal = [1.5, 0.5, 1.5, 0.5, 1, 0.5];
    const background = [1, 0.5, 1.5, 1, 1, 0.5];
    const events = generateEvents(7);
    for (const label of [0, 1, 2, 3]) {
      const truth = label % 2 ? signal : background;
      for (const column of [0, 1, 2]) {
        const [mean, deviation] = moments(events, label, column);
        const [trueMean, trueDeviation] = [truth[2 * column]!, truth[2 * column + 1]!];
        assert.ok(
          Math.abs(mean - trueMean) < (4 * trueDeviation) / 100,
          `mean ${mean} of x${column + 1}, label ${label}`,
        );
        assert.ok(
          Math.abs(deviation - trueDeviation) < (4 * trueDeviation) / Math.sqrt(20_000),
          `deviation ${deviation} of x${column + 1}, label ${label}`,
        );
      }
    }
  });

  it('orders the blocks and counts as asked', () => {
    assert.deepEqual([...generateEvents(1, { train: 2, test: 1 }).labels], [1, 1, 0, 0, 3, 2]);
    assert.equal(generateEvents(1).x.length, 120_000);
    assert.equal(generateEvents(1, { train: 0, test: 0 }).x.length, 0);
  });

  it('repeats with the seed and differs without', () => {
    const counts = { train: 5, test: 5 };
    assert.deepEqual(generateEvents(3, counts), generateEvents(3, counts));
    assert.notDeepEqual(generateEvents(3, counts).x, generateEvents(4, counts).x);
  });

  it('refuses counts and seeds without meaning', () => {
    assert.throws(() => generateEvents(1, { train: -1, test: 1 }), {
      name: 'RangeError',
      message: 'generateEvents needs a whole count train of at least 0, got -1',
    });
    assert.throws(() => generateEvents(1, { train: 1, test: 0.5 }), /count test of at least 0, got 0.5$/);
    assert.throws(() => generateEvents(-1), /^RangeError: generateEvents needs a whole seed, 0 to 4294967295, got -1$/);
  });
});
