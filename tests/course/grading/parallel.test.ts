import assert from 'node:assert/strict';
import { inParallel } from '../../../course/grading/parallel.js';

describe('inParallel', () => {
  it('gives the results in order, however many jobs are allowed', async () => {
    const double = (n: number): Promise<number> =>
      new Promise((resolve) => setTimeout(() => resolve(2 * n), 10 * (3 - n)));
    for (const jobs of [1, 2, 2 ** 32]) assert.deepEqual(await inParallel([1, 2, 3], jobs, double), [2, 4, 6]);
  });
});
