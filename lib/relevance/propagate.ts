import type { Precision } from '../dense/engine/memory.js';
import type { DenseStack } from '../dense/stack.js';
import { type LayerAccount, layerAccount } from './account.js';
import { checkBounds } from './bounds.js';
import { type Forward, forwardOf } from './forward.js';
import { type HandDown, handingDown } from './hand-down.js';
import type { RuledLayer } from './layer.js';
import type { LayerState } from './messages.js';

const ROWS_AT_ONCE = 256;

/** A network whose outputs are where relevance starts, and its layers with their rules. */
export interface Plan {
  readonly stack: DenseStack;
  readonly layers: readonly RuledLayer[];
}

/** Rows of inputs, and where their relevance goes. */
export interface Rows {
  /** Shape [rows, in]. */
  readonly x: Float32Array;
  /** Shape [rows, out, in]. */
  readonly values: Float32Array | Float64Array;
  /** Of the arithmetic; double by default. */
  readonly precision?: Precision | undefined;
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
    state: { activations: new Float64Array(layer.inputs), z: new Float64Array(layer.units) },
    handDown: handingDown(layer, outputs),
    account: layerAccount({ ...layer, targets: outputs }),
  }));
  const downwards = { steps: steps.toReversed(), outputs };
  const forward = forwardOf(stack);
  const block = ROWS_AT_ONCE * inputs;
  for (let start = 0; start < x.length; start += block) {
    const some = new Float64Array(Math.min(block, x.length - start));
    for (let i = 0; i < some.length; i++) some[i] = x[start + i]!;
    backward(downwards, forward(some), values.subarray(start * outputs));
  }
  return steps.map(({ account }) => account);
}

interface Step {
  readonly layer: RuledLayer;
  readonly index: number;
  /** Room for one row. */
  readonly state: LayerState;
  readonly handDown: HandDown;
  readonly account: LayerAccount;
}

interface Downwards {
  /** From the last layer to the first. */
  readonly steps: readonly Step[];
  readonly outputs: number;
}

type Values = Float32Array | Float64Array;

function backward({ steps, outputs }: Downwards, passed: ReturnType<Forward>, values: Values): void {
  for (const { layer, index } of steps)
    checkBounds(layer, index, { activations: passed.layers[index]!.activations, width: layer.inputs });
  const start = new Float64Array(outputs * outputs);
  const rows = passed.outputs.length / outputs;
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < outputs; o++) start[o * (outputs + 1)] = passed.outputs[row * outputs + o]!;
    let relevance: Float64Array = start;
    for (const { index, state, handDown, account } of steps) {
      copyRow(state.activations, passed.layers[index]!.activations, row);
      copyRow(state.z, passed.layers[index]!.z, row);
      relevance = handDown(state, relevance, account);
    }
    const to = row * relevance.length;
    for (let i = 0; i < relevance.length; i++) values[to + i] = relevance[i]!;
  }
}

function copyRow(to: Float64Array, from: Float64Array, row: number): void {
  for (let i = 0; i < to.length; i++) to[i] = from[row * to.length + i]!;
}
