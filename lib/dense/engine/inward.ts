import { pairs } from '../packing.js';
import { pairColumns, turnedWeights } from './folded.js';
import type { Pass } from './forward.js';
import { placeNumbers } from './network.js';

/** The derivatives of every hidden layer's z with respect to the inputs: F[i][u], and packed S[u][ij] for third orders. */
export interface InputDerivatives {
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** Once for a block, after the pass forward. */
  compute(): void;
}

/**
 * F_0 = W_0, F_{q+1} = W_{q+1} (f'_q F_q); S_0 = 0, S_{q+1} = W_{q+1} (f'_q S_q + f''_q F_q F_q).
 *
 * They end with the highest layer that is curved. Those of the first layer are the same in every row; they stand in a block
 * only where `small` is false.
 */
export function inputDerivatives(pass: Pass, small: boolean): InputDerivatives {
  const { network, rows, order } = pass;
  const { engine, stack } = network;
  const { inputs } = stack;
  const highest = network.layers.slice(0, -1).findLastIndex(({ curved }) => curved);
  const hidden = network.layers.slice(0, highest + 1);
  const room = (units: number, width: number): number => engine.memory.reserve(units * width * rows);
  const own = (q: number, wanted: boolean): boolean => wanted && (q > 0 || !small);
  const first = hidden.map(({ outputs }, q) => (own(q, order > 1) ? room(outputs, inputs) : 0));
  const second = hidden.map(({ outputs }, q) => (own(q, order > 2) ? room(outputs, pairs(inputs)) : 0));
  if (order > 2 && !small && hidden.length > 0) startAtWeights(pass, first[0]!, second[0]!);
  const steps = order > 1 ? hidden.length - 1 : 0;
  const widest = Math.max(...hidden.map(({ outputs }) => outputs));
  const bent = steps > 0 ? room(widest, order > 2 ? pairs(inputs) : 1) : 0;
  const columns = steps > 0 && order > 2 ? pairColumns(network) : 0;
  const inward = { pass, first, second, bent, columns };
  return {
    first,
    second,
    compute() {
      for (let q = 0; q < steps; q++) {
        firstStep(inward, q);
        if (order > 2) secondStep(inward, q);
      }
    },
  };
}

interface Inward {
  readonly pass: Pass;
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** Room for the derivatives of one layer's f(z). */
  readonly bent: number;
  /** Products of the first layer's weights. */
  readonly columns: number;
}

/** Input by input: what one of them needs stays in a processor's own memory. */
function firstStep({ pass, first, bent }: Inward, q: number): void {
  const { network, rows, layers } = pass;
  const { engine, stack } = network;
  const { scaleRows, scaleMatrix, product } = engine.kernels;
  const { d1 } = layers[q]!;
  const [{ outputs: units, weights }, next] = [network.layers[q]!, network.layers[q + 1]!];
  const shift = rows * engine.memory.size;
  for (let i = 0; i < stack.inputs; i++) {
    if (q === 0) scaleMatrix(bent, weights + i * engine.memory.size, stack.inputs + 1, d1, units, 1, rows);
    else scaleRows(bent, first[q]! + i * units * shift, d1, units, 1, rows);
    const target = first[q + 1]! + i * next.outputs * shift;
    product(target, next.weights, units + 1, bent, 0, next.outputs, units, rows, 0);
  }
}

function secondStep({ pass, first, second, bent, columns }: Inward, q: number): void {
  const { network, rows, layers } = pass;
  const { bend, scaleMatrix, product } = network.engine.kernels;
  const { inputs } = network.stack;
  const { d1, d2 } = layers[q]!;
  const [{ outputs }, next] = [network.layers[q]!, network.layers[q + 1]!];
  const width = pairs(inputs);
  if (q === 0) scaleMatrix(bent, columns, width, d2, outputs, width, rows);
  else bend(bent, second[q]!, first[q]!, d1, d2, outputs, inputs, rows);
  product(second[q + 1]!, next.weights, next.inputs + 1, bent, 0, next.outputs, next.inputs, rows * width, 0);
}

/** The first layer's derivatives in every row: its weights, and zeros. */
function startAtWeights({ network, rows }: Pass, first: number, second: number): void {
  const { engine, stack } = network;
  const { weights, biases } = stack.layers[0]!;
  engine.kernels.fill(first, turnedWeights(network, 0), weights.length, rows);
  const packed = biases.length * pairs(stack.inputs);
  const zeros = placeNumbers(engine, new Float64Array(packed));
  engine.kernels.fill(second, zeros, packed, rows);
}
