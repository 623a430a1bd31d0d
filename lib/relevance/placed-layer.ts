import type { Engine } from '../dense/engine/kernels.js';
import type { RuledLayer, WeighedShare } from './layer.js';

/** A share of a rule in the memory of an engine. */
interface PlacedShare {
  /** Units with z of 0 and more (1), below (-1), or all (0). */
  readonly side: number;
  readonly factor: number;
  readonly terms: number;
  /** V[term][unit][input], in lines. */
  readonly weights: number;
  /** Bounds of the inputs, the lower and the upper of each term in turn, in lines. */
  readonly bounds: number;
  readonly biases: number;
}

/** A layer with its rule in the memory of an engine. */
export interface PlacedLayer {
  readonly layer: RuledLayer;
  /** Bytes of a line of inputs, and of one of units. */
  readonly line: number;
  readonly above: number;
  readonly shares: readonly PlacedShare[];
  /** Whether a share is for units of one sign. */
  readonly signed: boolean;
  /** Lines of what comes in, and of W a + b, for a block of rows. */
  readonly activations: number;
  readonly z: number;
}

const SIDES: Readonly<Record<WeighedShare['units'], number>> = { all: 0, positive: 1, negative: -1 };

/** Bytes that so many numbers take with the zeros that fill their line. */
function lineOf({ memory }: Engine, numbers: number): number {
  return Math.ceil((numbers * memory.size) / 64) * 64;
}

interface Placing {
  readonly rows: number;
  /** Whether inputs are never below 0, as those from a ReLU layer are: terms that take what is below are left out. */
  readonly isPositive: boolean;
}

/** Puts a layer into the memory of an engine, with room for a block of rows. */
export function placeLayer(engine: Engine, layer: RuledLayer, { rows, isPositive }: Placing): PlacedLayer {
  const { memory } = engine;
  const [line, above] = [lineOf(engine, layer.inputs), lineOf(engine, layer.units)];
  const shares = layer.shares.map((share) => {
    const terms = share.terms.filter(({ high }) => !isPositive || high.some((bound) => bound !== 0));
    return placeShare(engine, layer, { ...share, terms });
  });
  const [activations, z] = [memory.reserveBytes(rows * line), memory.reserveBytes(rows * above)];
  return { layer, line, above, shares, signed: shares.some(({ side }) => side !== 0), activations, z };
}

function placeShare(
  engine: Engine,
  { inputs }: RuledLayer,
  { factor, units, terms, biases }: WeighedShare,
): PlacedShare {
  return {
    side: SIDES[units],
    factor,
    terms: terms.length,
    weights: placeLines(
      engine,
      inputs,
      terms.map(({ weights }) => weights),
    ),
    bounds: placeLines(
      engine,
      inputs,
      terms.flatMap(({ low, high }) => [low, high]),
    ),
    biases: placeLines(engine, biases.length, [biases]),
  };
}

// Numbers in lines of so many, and zeros behind each.
function placeLines(engine: Engine, width: number, parts: readonly Float64Array[]): number {
  const { memory } = engine;
  const lines = parts.flatMap((part) =>
    Array.from({ length: part.length / width }, (_, n) => part.subarray(n * width, (n + 1) * width)),
  );
  const line = lineOf(engine, width) / memory.size;
  const address = memory.reserve(lines.length * line);
  const numbers = memory.view(address, lines.length * line).fill(0);
  lines.forEach((values, n) => numbers.set(values, n * line));
  return address;
}
