import type { DenseStack } from '../stack.js';
import type { Pass } from './forward.js';
import { placeFirstWeights, placeRecords, placeTable } from './pattern-tables.js';
import type { RowResults, WriteBlock } from './results.js';

/**
 * Whether the network is linear wherever the same units are on, and a pattern of units is a whole number of 63 bits: ReLU
 * layers under a linear one. With a weight that is not finite, 0 times it would have to be NaN.
 */
export function hasPatterns({ layers }: DenseStack): boolean {
  const hidden = layers.slice(0, -1);
  const units = hidden.reduce((sum, { biases }) => sum + biases.length, 0);
  return (
    units > 0 &&
    units <= 63 &&
    hidden.every(({ activation }) => activation === 'relu') &&
    layers.at(-1)!.activation === 'linear' &&
    layers.every(({ weights }) => weights.every(Number.isFinite))
  );
}

/**
 * Jacobians of ReLU networks, computed once for each pattern of live units. What was kept for an earlier call is forgotten:
 * the weights may be other ones. Higher derivatives are 0, in rows with a NaN they are NaN.
 */
export function preparePatterns(pass: Pass, outputs: readonly number[], batch: number): WriteBlock {
  const keys = pass.network.engine.memory.reserveBytes(8 * pass.rows);
  const writeJacobians = preparedJacobians(pass, { outputs, batch, keys });
  return (count, results) => {
    writeKeys(pass, keys);
    if (results.jacobians) writeJacobians(count, results.jacobians);
    if (results.hessians || results.thirds) writeZeros(pass, count, { ...results, keys });
  };
}

type WriteJacobians = (count: number, out: number) => void;

interface PatternOptions {
  readonly outputs: readonly number[];
  readonly batch: number;
  /** Where the patterns of a block's rows stand. */
  readonly keys: number;
}

function preparedJacobians({ network }: Pass, { outputs, batch, keys }: PatternOptions): WriteJacobians {
  const { memory, kernels } = network.engine;
  const { inputs } = network.stack;
  const line = Math.ceil((inputs * memory.size) / 64) * 64;
  const { table, mask, cache, slots } = placeTable(memory, line * outputs.length, batch);
  const first = placeFirstWeights(network, line);
  const above = placeRecords(network, outputs, line);
  const depth = network.layers.length;
  const chosen = outputs.length;
  let taken = 0;
  return (count, out) => {
    const { patternJacobians } = kernels;
    const places = [out, keys, count, table, mask, cache, slots, taken, first, line, above] as const;
    taken = patternJacobians(...places, depth, chosen, inputs);
  };
}

/** One bit for each hidden unit, set where it is on. */
function writeKeys({ network, rows, layers }: Pass, keys: number): void {
  let bit = 0;
  for (let q = 0; q < layers.length - 1; q++) {
    const units = network.layers[q]!.outputs;
    network.engine.kernels.addToKeys(keys, layers[q]!.values, units, bit, rows);
    bit += units;
  }
}

function writeZeros({ network }: Pass, count: number, results: RowResults & { readonly keys: number }): void {
  const { memory } = network.engine;
  const { inputs } = network.stack;
  const words = memory.integers(results.keys, 2 * count);
  for (const [address, width] of [
    [results.hessians, inputs ** 2],
    [results.thirds, inputs ** 3],
  ] as const) {
    if (!address) continue;
    const zeros = memory.view(address, count * width).fill(0);
    for (let s = 0; s < count; s++)
      if (words[2 * s] === -1 && words[2 * s + 1] === -1) zeros.fill(Number.NaN, s * width, (s + 1) * width);
  }
}
