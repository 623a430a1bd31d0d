import { pairPlace } from '../packing.js';
import { stripLanes } from './blocks.js';
import { type Network, placeNumbers } from './network.js';

/** The second derivatives of one row after the other. */
export interface RowCurvature {
  /** From f'_q and G_q f''_q of a row, unit by unit, at an address for each layer. */
  compute(slopes: readonly number[], curvatures: readonly number[]): void;
  /** Into packed pairs of a block with so many rows; `h` is where the first pair of this row goes. */
  unpack(h: number, rows: number): void;
}

/**
 * h = Σ_q F_q' (G_q f''_q F_q) over the layers up to `highest`, F_0 = W_0, F_{q+1} = W_{q+1} (f'_q F_q), for many inputs: they are
 * parted into strips, and a strip takes the place that rows have in a block, so that one row costs as little as one of many.
 */
export function rowCurvature(network: Network, highest: number): RowCurvature {
  const { memory } = network.engine;
  const { inputs } = network.stack;
  const strips = prepareStrips(network, highest);
  return {
    compute(slopes, curvatures) {
      for (const { h, end } of strips.list) memory.view(h, end * strips.lanes).fill(0);
      for (let q = 0; q <= highest; q++) {
        if (network.layers[q]!.curved) addShare(strips, q, curvatures[q]!);
        if (q < highest) stepUp(strips, q, slopes[q]!);
      }
    },
    unpack(to, rows) {
      const m = memory.all();
      for (const { first, end, h } of strips.list)
        for (let i = 0; i < end; i++) {
          const start = Math.max(i, first);
          let target = to / memory.size + pairPlace(i, start, inputs) * rows;
          let source = h / memory.size + i * strips.lanes + start - first;
          for (let j = start; j < end; j++, target += rows) m[target] = m[source++]!;
        }
    },
  };
}

interface Strip {
  /** Of its inputs, the first, and the one behind the last. */
  readonly first: number;
  readonly end: number;
  /** F[u][input] of the first layer, and room for that of every second layer above. */
  readonly weights: number;
  readonly derivatives: readonly [number, number];
  /** H[i][input] for all i < end. */
  readonly h: number;
}

interface Strips {
  readonly network: Network;
  readonly list: readonly Strip[];
  /** Inputs in a strip, the last one's filled up. */
  readonly lanes: number;
  /** Room for a factor of every unit, in every lane, for F times that, and for the same of all inputs, [input][u]. */
  readonly spread: number;
  readonly scaled: number;
  readonly turned: number;
}

function prepareStrips(network: Network, highest: number): Strips {
  const { memory } = network.engine;
  const { inputs } = network.stack;
  const lanes = stripLanes(memory, inputs);
  const units = Math.max(...network.layers.slice(0, highest + 1).map(({ outputs }) => outputs));
  const room = (): number => memory.reserve(units * lanes);
  const list = Array.from({ length: Math.ceil(inputs / lanes) }, (_, s): Strip => {
    const [first, end] = [s * lanes, Math.min((s + 1) * lanes, inputs)];
    const weights = firstWeights(network, first, lanes);
    return { first, end, weights, derivatives: [room(), room()], h: memory.reserve(end * lanes) };
  });
  return { network, list, lanes, spread: room(), scaled: room(), turned: memory.reserve(units * inputs) };
}

/** The first layer's weights of some inputs, W[u][input]; 0 past the last one. */
function firstWeights({ engine, stack }: Network, first: number, lanes: number): number {
  const { inputs } = stack;
  const { weights, biases } = stack.layers[0]!;
  const placed = new Float64Array(biases.length * lanes);
  for (let u = 0; u < biases.length; u++)
    placed.set(weights.subarray(u * inputs + first, u * inputs + Math.min(first + lanes, inputs)), u * lanes);
  return placeNumbers(engine, placed);
}

function derivativesOf({ weights, derivatives }: Strip, q: number): number {
  return q === 0 ? weights : derivatives[q % 2]!;
}

/** H += F_q' (c F_q). */
function addShare({ network, list, lanes, spread, scaled, turned }: Strips, q: number, c: number): void {
  const { fill, scaleRows, toRows, product } = network.engine.kernels;
  const { outputs: units } = network.layers[q]!;
  fill(spread, c, units, lanes);
  for (const strip of list) {
    const { first, end, h } = strip;
    const f = derivativesOf(strip, q);
    scaleRows(scaled, f, spread, units, 1, lanes);
    toRows(turned + first * units * network.engine.memory.size, scaled, end - first, units, lanes);
    product(h, turned, units, f, 0, end, units, lanes, 1);
  }
}

/** F_{q+1} = W_{q+1} (slopes F_q). */
function stepUp({ network, list, lanes, spread, scaled }: Strips, q: number, slopes: number): void {
  const { fill, scaleRows, product } = network.engine.kernels;
  const [{ outputs: units }, next] = [network.layers[q]!, network.layers[q + 1]!];
  fill(spread, slopes, units, lanes);
  for (const strip of list) {
    scaleRows(scaled, derivativesOf(strip, q), spread, units, 1, lanes);
    product(derivativesOf(strip, q + 1), next.weights, units + 1, scaled, 0, next.outputs, units, lanes, 0);
  }
}
