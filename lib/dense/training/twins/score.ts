import type { Memory } from '../../engine/memory.js';

/** Adds four lanes' sums of a loss, and how many outputs are right, to the score. */
export function addScore(memory: Memory, score: number, sums: Float64Array, right = 0): void {
  const total = new Float64Array(memory.all().buffer, score, 2);
  total[0]! += sums[0]! + sums[1]! + (sums[2]! + sums[3]!);
  total[1]! += right;
}
