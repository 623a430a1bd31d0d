import { engineFor } from '../dense/batch.js';
import { copyRows } from '../dense/engine/blocks.js';
import { handOver } from '../dense/engine/evaluate.js';
import type { Engine } from '../dense/engine/kernels.js';
import { type Network, placeNetwork } from '../dense/engine/network.js';
import { checkBounds } from './bounds.js';
import { prepareDownwards } from './downwards.js';
import { type PlacedLayer, placeLayer } from './placed-layer.js';
import type { Plan, Rows } from './propagate.js';

/** Rows in a block, a multiple of 64 bytes. */
const ROWS = 32;

/**
 * Relevance by any rules on the dense engine, a block of rows at a time: what
 * {@link propagate} gives, without its books.
 */
export function byRules({ stack, layers }: Plan, { x, values, precision }: Rows): void {
  const { inputs, outputs } = stack;
  const engine = engineFor('relevance', precision);
  const { memory, kernels } = engine;
  memory.borrow(() => {
    const forward = prepareForward(engine, { stack, layers });
    const downwards = prepareDownwards(engine, forward.layers, ROWS);
    const [given, found] = [memory.reserve(ROWS * inputs), memory.reserve(ROWS * outputs * inputs)];
    for (let start = 0; start < x.length; start += ROWS * inputs) {
      const count = Math.min(ROWS, x.length / inputs - start / inputs);
      copyRows(memory.view(given, count * inputs), x, start);
      const f = pass(forward, given, count);
      const relevance = downwards(f, count);
      kernels.unpadded(found, relevance, count * outputs, inputs, forward.layers[0]!.line);
      handOver(engine, found, values.subarray(start * outputs, (start + count * inputs) * outputs));
    }
  });
}

interface Forward {
  readonly network: Network;
  readonly layers: readonly PlacedLayer[];
  /** What comes into each layer, and the outputs, feature by feature, with zeros up to whole lines. */
  readonly blocks: readonly number[];
  /** Lines of the outputs. */
  readonly values: number;
}

function prepareForward(engine: Engine, { stack, layers }: Plan): Forward {
  const { memory } = engine;
  const placed = layers.map((layer, q) =>
    placeLayer(engine, layer, { rows: ROWS, isPositive: stack.layers[q - 1]?.activation === 'relu' }),
  );
  const lines = [...placed.map(({ line }) => line), placed.at(-1)!.above];
  const blocks = lines.map((line) => {
    const block = memory.reserveBytes(ROWS * line);
    memory.view(block, (ROWS * line) / memory.size).fill(0);
    return block;
  });
  return {
    network: placeNetwork(engine, stack),
    layers: placed,
    blocks,
    values: memory.reserveBytes(ROWS * lines.at(-1)!),
  };
}

// From the inputs to the outputs, of which it gives the address; what comes into each layer is kept in lines.
function pass({ network, layers, blocks, values }: Forward, given: number, count: number): number {
  const { memory, kernels } = network.engine;
  kernels.toBlock(blocks[0]!, given, count, network.stack.inputs, ROWS);
  layers.forEach(({ layer, line, above, signed, activations, z }, q) => {
    const { weights, kind, alpha } = network.layers[q]!;
    const [below, block, width] = [blocks[q]!, blocks[q + 1]!, line / memory.size];
    kernels.toRows(activations, below, count, width, ROWS);
    checkBounds(layer, q, { activations: memory.view(activations, count * width), width });
    kernels.affine(block, weights, below, layer.units, layer.inputs, ROWS);
    if (signed) kernels.toRows(z, block, count, above / memory.size, ROWS);
    if (kind > 0) kernels.activate(kind, alpha, block, 0, 0, 0, layer.units * ROWS);
  });
  kernels.toRows(values, blocks.at(-1)!, count, layers.at(-1)!.above / memory.size, ROWS);
  return values;
}
