// What the kernel of Jacobians by pattern finds in memory.

import type { Memory } from './memory.js';
import type { Network } from './network.js';

/** Jacobians that are kept at most, and the bytes that they may take. */
const SLOTS = 2048;
const CACHE = 2 ** 22;

interface PatternTable {
  /** Records of 16 bytes, {key, slot + 1}, empty ones 0; as many as the mask of their numbers says. */
  readonly table: number;
  readonly mask: number;
  /** The Jacobians. */
  readonly cache: number;
  readonly slots: number;
}

/** An empty table for Jacobians of so many bytes each. */
export function placeTable(memory: Memory, bytes: number, batch: number): PatternTable {
  const slots = Math.max(1, Math.min(SLOTS, batch, Math.floor(CACHE / bytes)));
  const records = 2 ** Math.ceil(Math.log2(2 * slots));
  const table = memory.reserveBytes(16 * records);
  memory.integers(table, 4 * records).fill(0);
  return { table, mask: records - 1, cache: memory.reserveBytes(slots * bytes), slots };
}

/** The first layer's weights, `line` bytes for each unit. */
export function placeFirstWeights({ engine, stack }: Network, line: number): number {
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
export function placeRecords({ engine, layers }: Network, outputs: readonly number[], line: number): number {
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
