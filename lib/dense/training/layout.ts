import type { Memory } from '../engine/memory.js';
import { SLOPES } from './kernels.js';
import {
  parameterCount,
  parametersOf,
  recordWidth,
  TAKES_LOGITS,
  type TrainingLayer,
  type TrainingNetwork,
} from './network.js';

/** A layer and the addresses of what belongs to it. */
export interface PlacedLayer extends TrainingLayer {
  /** W[output][input], behind the inputs the bias. */
  readonly weights: number;
  /** The gradient with respect to these, four partial sums for each. */
  readonly gradient: number;
  /** A block of the layer's values, or of its pre-activations if the loss takes these. */
  readonly values: number;
  /** How f' follows from the block at `slopes`. */
  readonly slope: number;
  readonly slopes: number;
}

/** Where everything stands that a thread needs. */
export interface Layout {
  readonly layers: readonly PlacedLayer[];
  /** Rows of a block, at most. */
  readonly rows: number;
  /** Numbers in a record. */
  readonly width: number;
  readonly records: number;
  /** Numbers of records (u32). */
  readonly order: number;
  /** A block of records: targets, then inputs. */
  readonly block: number;
  /** Two blocks for the loss's derivatives by pre-activations: one layer's, and the next one's. */
  readonly derivatives: readonly [number, number];
  /** Two f64: the sum of the loss, and how many are right. */
  readonly score: number;
  readonly weights: number;
  readonly gradient: number;
  /** How many numbers the network learns. */
  readonly parameters: number;
}

const ROWS = 128;
/** Numbers of a block that stay in the nearer caches. */
const NEAR = 32768;

/** Reserves room for a network and `count` rows of data. */
export function layoutOf(memory: Memory, network: TrainingNetwork, count: number): Layout {
  const widest = Math.max(...network.layers.map(({ outputs }) => outputs));
  const rows = Math.max(16, Math.min(ROWS, Math.floor(NEAR / widest / 16) * 16));
  const [width, parameters] = [recordWidth(network), parameterCount(network)];
  const [weights, gradient] = [zeros(memory, parameters), zeros(memory, 4 * parameters)];
  return {
    layers: placedLayers(memory, network, { weights, gradient, rows }),
    rows,
    width,
    records: memory.reserve(count * width),
    order: memory.reserve(count),
    block: memory.reserve(width * rows),
    derivatives: [memory.reserve(widest * rows), memory.reserve(widest * rows)],
    score: zeros(memory, 4),
    weights,
    gradient,
    parameters,
  };
}

/** Reserves room for numbers that are zero. */
export function zeros(memory: Memory, count: number): number {
  const address = memory.reserve(count);
  memory.view(address, count).fill(0);
  return address;
}

function placedLayers(
  memory: Memory,
  { layers, loss }: TrainingNetwork,
  start: { readonly weights: number; readonly gradient: number; readonly rows: number },
): PlacedLayer[] {
  let before = 0;
  return layers.map((layer, i) => {
    const [weights, gradient] = [start.weights + 4 * before, start.gradient + 16 * before];
    before += parametersOf(layer);
    const takesLogits = i === layers.length - 1 && TAKES_LOGITS[loss] === layer.activation;
    const activation = takesLogits ? 'linear' : layer.activation;
    const slope = slopeOf(activation);
    const values = memory.reserve(layer.outputs * start.rows);
    const slopes = slope === SLOPES.stored ? memory.reserve(layer.outputs * start.rows) : values;
    return { ...layer, activation, weights, gradient, values, slope, slopes };
  });
}

function slopeOf(activation: string): number {
  return activation in SLOPES ? SLOPES[activation as keyof typeof SLOPES] : SLOPES.stored;
}
