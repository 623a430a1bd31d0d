import type { DenseStack } from '../stack.js';
import type { Pass } from './forward.js';
import type { Network } from './network.js';
import type { RowResults, WriteBlock } from './outward.js';

/** Jacobians that are kept at most, and the bytes that they may take. */
const SLOTS = 2048;
const CACHE = 2 ** 22;

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
  const size = line * outputs.length;
  const slots = Math.max(1, Math.min(SLOTS, batch, Math.floor(CACHE / size)));
  const records = 2 ** Math.ceil(Math.log2(2 * slots));
  const table = memory.reserveBytes(16 * records);
  memory.integers(table, 4 * records).fill(0);
  const cache = memory.reserveBytes(slots * size);
  const first = paddedWeights(network, line);
  const above = layerRecords(network, outputs, line);
  const depth = network.layers.length;
  const [mask, chosen] = [records - 1, outputs.length];
  let taken = 0;
  return (count, out) => {
    const { patternJacobians } = kernels;
    taken = patternJacobians(
      out,
      keys,
      count,
      table,
      mask,
      cache,
      slots,
      taken,
      first,
      line,
      above,
      depth,
      chosen,
      inputs,
    );
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

/** The first layer's weights, `line` bytes for each unit. */
function paddedWeights({ engine, stack }: Network, line: number): number {
  const { weights, biases } = stack.layers[0]!;
  const { memory } = engine;
  const length = line / memory.size;
  const address = memory.reserve(length * biases.length);
  const padded = memory.view(address, length * biases.length).fill(0);
  for (let u = 0; u < biases.length; u++)
    padded.set(weights.subarray(u * stack.inputs, (u + 1) * stack.inputs), u * length);
  return address;
}

/** What the kernel needs to know of the layers above the first: {weights, numbers in a row, inputs, outputs, room}. */
function layerRecords({ engine, layers }: Network, outputs: readonly number[], line: number): number {
  const { memory } = engine;
  const upper = layers.slice(1);
  const rooms = upper.map((layer) => memory.reserveBytes(line * layer.outputs));
  const address = memory.reserveBytes(20 * upper.length);
  const records = memory.integers(address, 5 * upper.length);
  upper.forEach((layer, q) => {
    const stride = layer.inputs + 1;
    const last = q === upper.length - 1;
    const skipped = last ? outputs[0]! * stride * memory.size : 0;
    const rows = last ? outputs.length : layer.outputs;
    records.set([layer.weights + skipped, stride, layer.inputs, rows, rooms[q]!], 5 * q);
  });
  return address;
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
