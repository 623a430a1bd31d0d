import type { DenseStack } from '../stack.js';
import { blockRows, copyRows, portionRows } from './blocks.js';
import { forward, forwardRatios, type Order, preparePass } from './forward.js';
import type { Engine } from './kernels.js';
import type { RealArray } from './memory.js';
import { type Network, placeNetwork } from './network.js';
import { prepareDerivatives } from './outward.js';
import { hasPatterns, preparePatterns } from './patterns.js';
import type { RowResults, WriteBlock } from './results.js';
import type { Task } from './task.js';

const KEYS = ['values', 'jacobians', 'hessians', 'thirds'] as const;

/**
 * Fills the results, a portion of rows at a time: room does not grow with the batch, and a row's bits do not depend on others.
 *
 * @returns false if it was to look and one is not finite.
 */
export function evaluate(engine: Engine, stack: DenseStack, task: Task): boolean {
  return engine.memory.borrow(() => {
    const program = prepare(placeNetwork(engine, stack), task);
    const widths = resultWidths(stack, task.outputs.length);
    const wanted = KEYS.filter((key) => task.results[key]);
    const width = wanted.reduce((sum, key) => sum + widths[key], stack.inputs);
    const rows = portionRows(program.rows, width, task.rows);
    const { memory } = engine;
    const inputs = memory.reserve(rows * stack.inputs);
    const places = { values: 0, jacobians: 0, hessians: 0, thirds: 0 };
    let areFinite = true;
    for (const key of wanted) places[key] = memory.reserve(rows * widths[key]);
    for (let start = 0; start < task.rows; start += rows) {
      const count = Math.min(rows, task.rows - start);
      copyRows(memory.view(inputs, count * stack.inputs), task.x, start * stack.inputs);
      runBlocks(engine, program, { inputs, count, places, widths });
      for (const key of wanted) {
        handOver(engine, places[key], task.results[key]!.subarray(start * widths[key], (start + count) * widths[key]));
        areFinite &&= !task.isChecked || engine.kernels.areFinite(places[key], count * widths[key]) === 1;
      }
    }
    return areFinite;
  });
}

/** Copies results out; into single precision they are brought before, which is faster. */
export function handOver({ memory, kernels }: Engine, address: number, results: RealArray): void {
  const isSingle = results instanceof Float32Array;
  if (isSingle) kernels.toSingle(address, results.length);
  results.set(isSingle ? memory.singles(address, results.length) : memory.view(address, results.length));
}

interface Program {
  readonly rows: number;
  readonly x: number;
  readonly width: number;
  /** `x` is where the inputs of the rows stand, row by row. */
  readonly run: (count: number, places: RowResults, x: number) => void;
}

function prepare(network: Network, { rows, outputs, results, timesInputs = false, stabilisers }: Task): Program {
  const order: Order = results.thirds ? 3 : results.hessians ? 2 : results.jacobians ? 1 : 0;
  const patterns = order > 0 && !stabilisers && hasPatterns(network.stack);
  const pass = preparePass(network, blockRows(network, rows, order), patterns ? 0 : order);
  let write: WriteBlock = () => undefined;
  if (patterns) write = preparePatterns(pass, outputs, rows);
  else if (order > 0) write = prepareDerivatives(pass, outputs);
  const { kernels } = network.engine;
  const { inputs } = network.stack;
  const depth = network.layers.length - (patterns && !results.values && !timesInputs ? 1 : 0);
  const run: Program['run'] = (count, places, x) => {
    if (stabilisers) forwardRatios(pass, stabilisers);
    else forward(pass, depth);
    if (places.values) kernels.toRows(places.values, pass.head.values, count, network.head.outputs, pass.rows);
    write(count, places);
    if (!timesInputs) return;
    kernels.timesInputs(places.jacobians, x, count, outputs.length, inputs);
    kernels.clearWhereZero(places.jacobians, pass.head.values, count, outputs.length, inputs, pass.rows);
  };
  return { rows: pass.rows, x: pass.x, width: inputs, run };
}

interface Portion {
  readonly inputs: number;
  readonly count: number;
  readonly places: RowResults;
  readonly widths: RowResults;
}

function runBlocks({ kernels, memory }: Engine, program: Program, { inputs, count, places, widths }: Portion): void {
  const { rows, x, width, run } = program;
  for (let start = 0; start < count; start += rows) {
    const some = Math.min(rows, count - start);
    const shift = start * memory.size;
    const from = inputs + width * shift;
    const to = {
      values: moved(places.values, widths.values * shift),
      jacobians: moved(places.jacobians, widths.jacobians * shift),
      hessians: moved(places.hessians, widths.hessians * shift),
      thirds: moved(places.thirds, widths.thirds * shift),
    };
    kernels.toBlock(x, from, some, width, rows);
    run(some, to, from);
  }
}

/** An address and so many bytes; no address stays none. */
function moved(address: number, bytes: number): number {
  return address > 0 ? address + bytes : 0;
}

function resultWidths({ inputs, outputs }: DenseStack, chosen: number): RowResults {
  return { values: outputs, jacobians: chosen * inputs, hessians: inputs ** 2, thirds: inputs ** 3 };
}
