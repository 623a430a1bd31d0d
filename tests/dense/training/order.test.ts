import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createTrainingEngine, plainTrainingEngine } from '../../../lib/dense/training/engine.js';
import { shuffledOrder } from '../../../lib/dense/training/order.js';
import { numpyRandom } from '../../../lib/random.js';

describe('the order of rows', () => {
  it('is that of numpyRandom, on compiled and on plain kernels', () => {
    const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const counts = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(seeds, counts, fc.integer({ min: 0, max: 5 }), (seed, count, heldOut) => {
        const random = numpyRandom(seed);
        const wanted = random.permutation(count);
        for (let i = 0; i < 3; i++) random.shuffle(wanted.subarray(heldOut));
        for (const engine of [createTrainingEngine(), plainTrainingEngine()]) {
          const order = engine.memory.reserve(count);
          const shuffle = shuffledOrder(engine, order, { count, seed });
          shuffle(0);
          for (let i = 0; i < 3; i++) shuffle(Math.min(heldOut, count));
          assert.deepEqual(engine.memory.integers(order, count), wanted);
        }
      }),
      { numRuns: 40 },
    );
  });
});
