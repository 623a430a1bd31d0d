import assert from 'node:assert/strict';
import { assistance } from '../../lib/training/assistance.js';
import type { Helper } from '../../lib/training/helper.js';

/** How often a helper was started and dismissed, when batches take these times alone and with help. */
function decisions(batches: number, alone: number, helped: number, isThere = true): number[] {
  let [started, dismissed] = [0, 0];
  const helper: Helper = {
    isThere: () => isThere,
    dismiss: () => void dismissed++,
    setOrder: () => {},
    begin: () => false,
    end: () => undefined,
  };
  const { afterBatch } = assistance(
    () => {
      started += 1;
      return helper;
    },
    batches,
    50,
  );
  for (let batch = 0; batch < batches; batch++) afterBatch(started > 0 && isThere ? helped : alone);
  return [started, dismissed];
}

describe('assistance', () => {
  it('is asked for once, where much is left to do', () => {
    assert.deepEqual(decisions(10_000, 1, 0.6), [1, 0]);
    assert.deepEqual(decisions(10_000, 1, 0.6, false), [1, 0]);
  });

  it('is not asked for where little is left, or batches are small', () => {
    assert.deepEqual(decisions(50, 1, 0.6), [0, 0]);
    assert.deepEqual(decisions(1_000_000, 0.01, 0.006), [0, 0]);
  });

  it('is dismissed where it makes batches slower', () => {
    assert.deepEqual(decisions(10_000, 1, 1.2), [1, 1]);
  });
});
