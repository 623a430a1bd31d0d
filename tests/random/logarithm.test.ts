import assert from 'node:assert/strict';
import { logarithm } from '../../lib/random/logarithm.js';
import reference from '../vectors/numpy-random.json' with { type: 'json' };

describe('logarithm', () => {
  it('is the double nearest to the 60-digit value', () => {
    for (const [x, nearest] of reference.logarithms) assert.equal(logarithm(x!), nearest, `ln ${x}`);
  });

  it('is better than Math.log', () => {
    assert.ok(reference.logarithms.some(([x, nearest]) => Math.log(x!) !== nearest));
  });
});
