import type { Engine } from '../dense/engine/kernels.js';
import type { PlacedLayer } from './placed-layer.js';

/** Numbers in the messages that are written at once. */
const MESSAGES = 2 ** 16;

/** Hands relevance down from lines of outputs, its own for each target; returns the address of lines [row][target] of inputs. */
export type Downwards = (values: number, count: number) => number;

interface Step {
  readonly placed: PlacedLayer;
  /** Rows whose messages are written at once. */
  readonly atOnce: number;
  readonly messages: number;
  readonly lists: number;
  readonly room: number;
  readonly targets: number;
  /** Where the relevance of the inputs goes, lines [row][target]. */
  readonly out: number;
}

/** The way down through all layers, for blocks of at most so many rows. */
export function prepareDownwards(engine: Engine, layers: readonly PlacedLayer[], rows: number): Downwards {
  const targets = layers.at(-1)!.layer.units;
  const steps = layers.map((placed) => prepareStep(engine, placed, { rows, targets })).toReversed();
  return (values, count) => {
    let relevance = values;
    steps.forEach((step, n) => {
      for (let first = 0; first < count; first += step.atOnce)
        handDown(engine, step, { relevance, isTop: n === 0, first, count: Math.min(step.atOnce, count - first) });
      relevance = step.out;
    });
    return relevance;
  };
}

interface Size {
  readonly rows: number;
  readonly targets: number;
}

function prepareStep({ memory }: Engine, placed: PlacedLayer, { rows, targets }: Size): Step {
  const { layer, line, shares } = placed;
  const atOnce = Math.max(1, Math.min(rows, Math.floor((MESSAGES * memory.size) / (layer.units * line))));
  const terms = Math.max(...shares.map((share) => share.terms));
  return {
    placed,
    atOnce,
    messages: memory.reserveBytes(atOnce * layer.units * line),
    lists: memory.reserveBytes(4 * atOnce * (layer.units + 1)),
    room: memory.reserveBytes((terms + 1) * line),
    targets,
    out: memory.reserveBytes(rows * targets * line),
  };
}

interface Rows {
  /** Lines of the units' relevance: one for each target, or, at the top, a single one in which each unit has its own. */
  readonly relevance: number;
  readonly isTop: boolean;
  readonly first: number;
  readonly count: number;
}

function handDown({ kernels }: Engine, step: Step, { relevance, isTop, first, count }: Rows): void {
  const { placed, messages, lists, targets } = step;
  const { line, above } = placed;
  const { units } = placed.layer;
  const given = isTop ? 1 : targets;
  const from = relevance + first * given * above;
  const out = step.out + first * targets * line;
  kernels.listUnits(lists, messages, from, count, given, units, above, line);
  addMessages(kernels, step, first, count);
  if (isTop) kernels.handDownOwn(out, from, messages, count, units, above, line);
  else kernels.handDown(out, from, messages, lists, count, targets, units, above, line);
}

function addMessages({ addMessages: add }: Engine['kernels'], step: Step, first: number, count: number): void {
  const { placed, messages, lists, room } = step;
  const { layer, line, above, shares } = placed;
  const [activations, z] = [placed.activations + first * line, placed.z + first * above];
  const { stabiliser } = layer.rule;
  const spread = layer.mode === 'distribute' ? layer.inputs : 0;
  for (const { side, weights, bounds, biases, factor, terms } of shares) {
    const places = [messages, lists, activations, z, side, weights, bounds, biases] as const;
    add(...places, factor, stabiliser, spread, room, terms, count, layer.units, above, line);
  }
}
