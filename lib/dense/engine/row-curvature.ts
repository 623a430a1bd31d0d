import { stripLanes } from './blocks.js';
import { type Network, placeNumbers } from './network.js';

/** The second derivatives of one row after the other. */
export interface RowCurvature {
  /** H = Σ_q F_q' (G_q f''_q F_q), from f'_q and G_q f''_q of the row, unit by unit, at an address for each layer. */
  compute(slopes: readonly number[], curvatures: readonly number[]): void;
  /** H −= Σ_k p_k c_k c_k', from c at an address, [output][input], and p at another one. */
  subtract(c: number, p: number): void;
  /** f' H + f'' g g', both halves of it, to an address. */
  write(to: number, last: LastActivation): void;
}

/** The last activation's derivatives at a row, and where the gradient of its z stands. */
interface LastActivation {
  readonly d1: number;
  readonly d2: number;
  readonly g: number;
}

interface CurvatureOptions {
  /** The highest layer that is curved. */
  readonly highest: number;
  /** Whether there will be something to subtract: of all outputs. */
  readonly subtracts: boolean;
}

/**
 * For many inputs: F_0 = W_0, F_{q+1} = W_{q+1} (f'_q F_q). The inputs are parted into strips, and a strip takes the place that rows
 * have in a block, so that one row costs as little as one of many.
 */
export function rowCurvature(network: Network, { highest, subtracts }: CurvatureOptions): RowCurvature {
  const { engine, layers, stack } = network;
  const { memory } = engine;
  const { inputs, outputs } = stack;
  const used = layers.slice(0, highest + 1).map((layer) => layer.outputs);
  const strips = prepareStrips(network, Math.max(...used, subtracts ? outputs : 0));
  const { list, lanes } = strips;
  const weights = list.map((strip) => firstWeights(network, strip, lanes));
  const minus = subtracts ? memory.reserve(outputs) : 0;
  const derivatives = (q: number): readonly number[] => (q === 0 ? weights : list.map(({ rooms }) => rooms[q % 2]!));
  return {
    compute(slopes, curvatures) {
      for (const { h, end } of list) memory.view(h, end * lanes).fill(0);
      for (let q = 0; q <= highest; q++) {
        if (layers[q]!.curved) addShare(strips, { f: derivatives(q), c: curvatures[q]!, units: used[q]! });
        if (q < highest) stepUp(strips, q, { f: derivatives(q), slopes: slopes[q]!, target: derivatives(q + 1) });
      }
    },
    subtract(c, p) {
      memory.view(minus, outputs).set(memory.view(p, outputs).map((share) => -share));
      const f = derivatives(1);
      list.forEach(({ first, end }, s) => {
        for (let k = 0; k < outputs; k++) {
          const strip = memory.view(f[s]! + k * lanes * memory.size, lanes).fill(0);
          strip.set(memory.view(c + (k * inputs + first) * memory.size, end - first));
        }
      });
      addShare(strips, { f, c: minus, units: outputs });
    },
    write(to, { d1, d2, g }) {
      const m = memory.all();
      const [target, slopes] = [to / memory.size, g / memory.size];
      for (const { first, end, h } of list)
        for (let i = 0; i < end; i++)
          for (let j = Math.max(i, first); j < end; j++) {
            const value = d1 * m[h / memory.size + i * lanes + j - first]! + d2 * (m[slopes + i]! * m[slopes + j]!);
            m[target + i * inputs + j] = value;
            m[target + j * inputs + i] = value;
          }
    },
  };
}

interface Strip {
  /** Of its inputs, the first, and the one behind the last. */
  readonly first: number;
  readonly end: number;
  /** Room for F[u][input], of every second layer. */
  readonly rooms: readonly [number, number];
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

function prepareStrips(network: Network, units: number): Strips {
  const { memory } = network.engine;
  const { inputs } = network.stack;
  const lanes = stripLanes(memory, inputs);
  const room = (): number => memory.reserve(units * lanes);
  const list = Array.from({ length: Math.ceil(inputs / lanes) }, (_, s): Strip => {
    const [first, end] = [s * lanes, Math.min((s + 1) * lanes, inputs)];
    return { first, end, rooms: [room(), room()], h: memory.reserve(end * lanes) };
  });
  return { network, list, lanes, spread: room(), scaled: room(), turned: memory.reserve(units * inputs) };
}

/** The first layer's weights of a strip, W[u][input]; 0 past the last input. */
function firstWeights({ engine, stack }: Network, { first, end }: Strip, lanes: number): number {
  const { inputs } = stack;
  const { weights, biases } = stack.layers[0]!;
  const placed = new Float64Array(biases.length * lanes);
  for (let u = 0; u < biases.length; u++) placed.set(weights.subarray(u * inputs + first, u * inputs + end), u * lanes);
  return placeNumbers(engine, placed);
}

interface Share {
  /** F of each strip. */
  readonly f: readonly number[];
  /** A factor for each unit. */
  readonly c: number;
  readonly units: number;
}

/** H += F' (c F). */
function addShare({ network, list, lanes, spread, scaled, turned }: Strips, { f, c, units }: Share): void {
  const { fill, scaleRows, toRows, product } = network.engine.kernels;
  fill(spread, c, units, lanes);
  list.forEach(({ first, end, h }, s) => {
    scaleRows(scaled, f[s]!, spread, units, 1, lanes);
    toRows(turned + first * units * network.engine.memory.size, scaled, end - first, units, lanes);
    product(h, turned, units, f[s]!, 0, end, units, lanes, 1);
  });
}

interface Step {
  /** F of each strip, below and above. */
  readonly f: readonly number[];
  readonly target: readonly number[];
  /** f' of each unit below. */
  readonly slopes: number;
}

/** F_{q+1} = W_{q+1} (f'_q F_q). */
function stepUp({ network, list, lanes, spread, scaled }: Strips, q: number, { f, target, slopes }: Step): void {
  const { fill, scaleRows, product } = network.engine.kernels;
  const [{ outputs: units }, next] = [network.layers[q]!, network.layers[q + 1]!];
  fill(spread, slopes, units, lanes);
  list.forEach((_, s) => {
    scaleRows(scaled, f[s]!, spread, units, 1, lanes);
    product(target[s]!, next.weights, units + 1, scaled, 0, next.outputs, units, lanes, 0);
  });
}
