import { pairs } from '../packing.js';
import type { Order } from './forward.js';
import type { Memory, RealArray } from './memory.js';
import type { Network } from './network.js';

/** Rows in a block: few enough that what is between two layers stays in a processor's own memory. */
const ROWS = 256;
/** Bytes that may lie between two layers before blocks are made as short as kernels allow. */
const BETWEEN_LAYERS = 2 ** 19;
/** Numbers in the results of a portion. */
const PORTION = 2 ** 16;

/** How many rows a block has: a multiple of 64 bytes, no more than the batch needs. */
export function blockRows({ engine, layers, stack }: Network, batch: number, order: Order): number {
  const { size } = engine.memory;
  const shortest = 64 / size;
  const usual = ROWS / size;
  const perUnit = order > 2 ? pairs(stack.inputs) : order > 1 ? stack.inputs : 1;
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  if (layers.length > 2 && widest * perUnit * usual * size > BETWEEN_LAYERS) return shortest;
  if (stack.inputs ** Math.max(order, 1) > PORTION / usual) return shortest;
  return Math.min(usual, Math.ceil(batch / shortest) * shortest);
}

/** How many inputs stand in the place of a block's rows, where all are to be shared out evenly. */
export function stripLanes({ size }: Memory, inputs: number): number {
  const shortest = 64 / size;
  const strips = Math.ceil((inputs * size) / ROWS);
  return Math.ceil(inputs / strips / shortest) * shortest;
}

/** How many rows of the batch are copied in and out at once: whole blocks, about what a processor's own memory holds. */
export function portionRows(block: number, width: number, batch: number): number {
  return Math.min(batch, block * Math.max(1, Math.min(16, Math.floor(PORTION / (width * block)))));
}

/** Fills a piece of memory from a place in the inputs on. */
export function copyRows(target: RealArray, x: ArrayLike<number>, start: number): void {
  if (x instanceof Float64Array || x instanceof Float32Array) target.set(x.subarray(start, start + target.length));
  else for (let i = 0; i < target.length; i++) target[i] = x[start + i]!;
}
