import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { logarithm } from '../../lib/random/logarithm.js';
import { numpyRandom } from '../../lib/random.js';
import reference from '../vectors/numpy-random.json' with { type: 'json' };

describe('logarithm', () => {
  it('has the bits of the GNU C library', () => {
    for (const [x, value] of reference.logarithms) assert.equal(logarithm(x!), value, `ln ${x}`);
    const random = numpyRandom(2);
    const values = [...random.uniform(0, 1, 100_000), ...random.uniform(0, 1, 50_000).map((u) => 1 - u / 15)];
    assert.equal(
      createHash('sha256').update(Float64Array.from(values, logarithm)).digest('hex'),
      reference['logarithms of 100000 uniform numbers u and of 50000 1 - u / 15, seed 2'],
    );
  });

  it('has not those of Math.log', () => {
    assert.ok(reference.logarithms.some(([x, value]) => Math.log(x!) !== value));
  });

  it('is the logarithm, for numbers above 1 too', () => {
    for (const x of [1, 1.06, 1.07, 2, Math.E, 10, 1e300, 1e-300])
      assert.ok(Math.abs(logarithm(x) - Math.log(x)) <= 2.3e-16 * Math.abs(Math.log(x)), `ln ${x}`);
  });
});
