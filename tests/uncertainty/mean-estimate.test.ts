import assert from 'node:assert/strict';
import { meanEstimate, numpyRandom, seriesMeanEstimate } from 'netlens';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { assertClose } from '../close.js';

/** x_t = φ x_(t−1) + noise, stationary, of mean 0. */
function autoregressive(seed: number, length: number, phi: number): Float64Array {
  const noise = numpyRandom(seed).normal(0, 1, length);
  noise[0] = noise[0]! / Math.sqrt(1 - phi ** 2);
  for (let t = 1; t < length; t++) noise[t]! += phi * noise[t - 1]!;
  return noise;
}

/** The share of many series whose mean lies within its error of the truth, 0. */
function coverage(
  estimate: (seed: number) => { readonly value: number; readonly error: number },
  series: number,
): number {
  let inside = 0;
  for (let seed = 0; seed < series; seed++) {
    const { value, error } = estimate(seed);
    if (Math.abs(value) < error) inside++;
  }
  return inside / series;
}

describe('meanEstimate', () => {
  it('is s / √n, as simple-statistics finds it; NaN for a single value', () => {
    const values = [1, 5, 2.5, -3];
    assertClose(meanEstimate(values).error, sampleStandardDeviation(values) / 2, 1e-12);
    assert.equal(meanEstimate(values).value, mean(values));
    assert.ok(Number.isNaN(meanEstimate([3]).error));
    assert.deepEqual(meanEstimate([0.1, 0.1, 0.1]), { value: 0.1, error: 0 });
  });

  it('covers the truth in 68 % of independent samples', () => {
    const share = coverage((seed) => meanEstimate(numpyRandom(seed).normal(0, 1, 100)), 2000);
    assert.ok(Math.abs(share - 0.68) < 0.03, String(share));
  });

  it('refuses nothing and what is not finite', () => {
    assert.throws(() => meanEstimate([]), /meanEstimate needs at least one value in values/);
    assert.throws(() => meanEstimate([1, Number.NaN]), /finite number at values\[1\], got NaN/);
  });
});

describe('seriesMeanEstimate', () => {
  it('covers the truth in 68 % of autoregressive series, where independent errors cover far less', () => {
    const share = coverage((seed) => seriesMeanEstimate(autoregressive(seed, 4000, 0.9)), 1000);
    assert.ok(Math.abs(share - 0.68) < 0.03, String(share));
    assert.ok(coverage((seed) => meanEstimate(autoregressive(seed, 4000, 0.9)), 200) < 0.35);
  });

  it('finds the autocorrelation time (1 + φ) / (1 − φ) and n over it', () => {
    for (const phi of [-0.4, 0, 0.5, 0.9]) {
      const { autocorrelationTime, effectiveSampleSize } = seriesMeanEstimate(autoregressive(1, 100_000, phi));
      assert.ok(Math.abs((autocorrelationTime * (1 - phi)) / (1 + phi) - 1) < 0.1);
      assertClose(effectiveSampleSize * autocorrelationTime, 100_000, 1e-6);
    }
  });

  it('is surer of the mean than independent values where neighbours alternate', () => {
    const series = autoregressive(1, 100_000, -0.4);
    const ratio = seriesMeanEstimate(series).error / meanEstimate(series).error;
    assert.ok(Math.abs(ratio / Math.sqrt(0.6 / 1.4) - 1) < 0.12, String(ratio));
  });

  it('is the spread of resampled blocks', () => {
    const series = autoregressive(3, 60, 0.5);
    const random = numpyRandom(1);
    const means = Array.from({ length: 20_000 }, () => {
      let sum = 0;
      for (let k = 0; k < 12; k++) for (let i = 0, at = random.integers(0, 56); i < 5; i++) sum += series[at + i]!;
      return sum / 60;
    });
    const centre = mean([...series]);
    const square = means.reduce((sum, value) => sum + (value - centre) ** 2, 0) / means.length / (1 - 5 / 60);
    const { error } = seriesMeanEstimate(series, { block: 5 });
    assert.ok(Math.abs(error ** 2 / square - 1) < 0.04);
  });

  it('has no error for a constant series, and refuses a short one or a bad block', () => {
    const constant = new Float64Array(50).fill(0.1);
    const { value, error, autocorrelationTime } = seriesMeanEstimate(constant);
    assert.deepEqual([value, error, autocorrelationTime], [0.1, 0, 1]);
    assert.throws(() => seriesMeanEstimate([1, 2]), /at least 20 values, got 2/);
    assert.throws(() => seriesMeanEstimate(constant, { block: 26 }), /whole block from 1 to 25, got 26/);
    assert.throws(() => seriesMeanEstimate(constant, { block: 0 }), /whole block/);
  });
});
