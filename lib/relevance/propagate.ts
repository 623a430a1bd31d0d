import type { DenseStack } from '../dense/stack.js';
import { type LayerAccount, layerAccount } from './account.js';
import { checkBounds } from './bounds.js';
import { type Forward, forwardOf } from './forward.js';
import { type HandDown, handingDown } from './hand-down.js';
import type { RuledLayer } from './layer.js';

const ROWS_AT_ONCE = 256;

/** A network whose outputs are where relevance starts, and its layers with their rules. */
export interface Plan {
  readonly stack: DenseStack;
  readonly layers: readonly RuledLayer[];
}

/**
 * Relevance of every input for every output, row by row, by any rules; a block of rows at a time.
 *
 * @param values - where the relevance goes, shape [rows, out, in].
 * @returns the books of each layer.
 */
export function propagate(
  { stack, layers }: Plan,
  x: ArrayLike<number>,
  values: Float32Array | Float64Array,
): readonly LayerAccount[] {
  const { inputs, outputs } = stack;
  const steps = layers.map((layer, index) => ({
    layer,
    index,
    handDown: handingDown(layer, outputs),
    account: layerAccount({ ...layer, targets: outputs }),
  }));
  const forward = forwardOf(stack);
  const block = ROWS_AT_ONCE * inputs;
  for (let start = 0; start < x.length; start += block) {
    const some = Float64Array.from({ length: Math.min(block, x.length - start) }, (_, i) => x[start + i]!);
    backward({ steps, outputs }, forward(some), values.subarray(start * outputs));
  }
  return steps.map(({ account }) => account);
}

interface Step {
  readonly layer: RuledLayer;
  readonly index: number;
  readonly handDown: HandDown;
  readonly account: LayerAccount;
}

interface Backward {
  readonly steps: readonly Step[];
  readonly outputs: number;
}

function backward(
  { steps, outputs }: Backward,
  passed: ReturnType<Forward>,
  values: Float32Array | Float64Array,
): void {
  for (const { layer, index } of steps) checkBounds(layer, index, passed.layers[index]!.activations);
  const start = new Float64Array(outputs * outputs);
  const rows = passed.outputs.length / outputs;
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < outputs; o++) start[o * (outputs + 1)] = passed.outputs[row * outputs + o]!;
    let relevance: Float64Array = start;
    for (const { layer, index, handDown, account } of steps.toReversed()) {
      const { activations, z } = passed.layers[index]!;
      const state = { activations: rowOf(activations, row, layer.inputs), z: rowOf(z, row, layer.units) };
      relevance = handDown(state, relevance, account);
    }
    values.set(relevance, row * relevance.length);
  }
}

function rowOf(values: Float64Array, row: number, width: number): Float64Array {
  return values.subarray(row * width, (row + 1) * width);
}
