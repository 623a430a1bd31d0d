import type { BiasMode } from 'netlens';
import type { DenseStack } from 'netlens/dense';
import { slowly as forwardSlowly } from '../dense/networks.js';

/** A rule as its paper writes it: what goes from unit k to input j for relevance 1. */
export interface PaperRule {
  /** Contributions of all inputs to one unit. */
  readonly contributions: (a: readonly number[], w: readonly number[], z: number) => readonly number[];
  readonly bias: (b: number, z: number) => number;
  readonly factor?: number;
}

const up = (value: number): number => Math.max(0, value);
const down = (value: number): number => Math.min(0, value);

/** The rules once more; those with two kinds of contributions as two. */
export const PAPER = {
  plain: [{ contributions: (a, w) => a.map((value, j) => value * w[j]!), bias: (b) => b }],
  gamma: (gamma: number) => [
    {
      contributions: (a, w, z) =>
        a.map((value, j) => {
          const favoured = z >= 0 ? value * w[j]! > 0 : value * w[j]! < 0;
          return value * w[j]! * (favoured ? 1 + gamma : 1);
        }),
      bias: (b, z) => (b > 0 === z >= 0 ? b * (1 + gamma) : b),
    },
  ],
  alphaBeta: (alpha: number, beta: number) => [
    { factor: alpha, contributions: (a, w) => a.map((value, j) => up(value * w[j]!)), bias: up },
    { factor: -beta, contributions: (a, w) => a.map((value, j) => down(value * w[j]!)), bias: down },
  ],
  wSquare: [{ contributions: (_, w) => w.map((weight) => weight * weight), bias: (b) => b * b }],
  flat: [{ contributions: (_, w) => w.map(() => 1), bias: () => 0 }],
  zBox: (low: number, high: number) => [
    {
      contributions: (a, w) => a.map((value, j) => w[j]! * (value - (w[j]! > 0 ? low : high))),
      bias: () => 0,
    },
  ],
} as const satisfies Record<string, readonly PaperRule[] | ((...numbers: never[]) => readonly PaperRule[])>;

/** A rule for the slow way. */
export interface SlowRule {
  readonly parts: readonly PaperRule[];
  readonly stabiliser: number;
  readonly bias: BiasMode;
}

/** Relevance of the inputs of a ReLU network for one output in one row, layer by layer and unit by unit. */
export function relevanceSlowly(
  stack: DenseStack,
  row: readonly number[],
  { output, rules }: { readonly output: number; readonly rules: readonly SlowRule[] },
): readonly number[] {
  const { z, outputs } = forwardSlowly(stack, row);
  const activations = [row, ...z.map((sums) => sums.map(up))];
  let relevance = outputs.map((value, o) => (o === output ? value : 0));
  for (let l = stack.layers.length - 1; l >= 0; l--) {
    const { weights, biases } = stack.layers[l]!;
    const a = activations[l]!;
    const below = a.map(() => 0);
    relevance.forEach((above, k) => {
      const w = Array.from(weights.slice(k * a.length, (k + 1) * a.length));
      const shares = sharesSlowly(rules[l]!, { a, w, b: biases[k]!, z: z[l]![k]! });
      shares.forEach((share, j) => {
        below[j]! += share * above;
      });
    });
    relevance = below;
  }
  return relevance;
}

interface Unit {
  readonly a: readonly number[];
  readonly w: readonly number[];
  readonly b: number;
  readonly z: number;
}

function sharesSlowly({ parts, stabiliser, bias }: SlowRule, { a, w, b, z }: Unit): readonly number[] {
  const total = a.map(() => 0);
  for (const { contributions, bias: ofBias, factor = 1 } of parts) {
    const q = contributions(a, w, z);
    const own = bias === 'ignore' ? 0 : ofBias(b, z);
    const d = q.reduce((sum, value) => sum + value, own);
    const epsilon = d < 0 ? -stabiliser : stabiliser;
    if (d + epsilon === 0) continue;
    const rest = bias === 'distribute' ? (own + epsilon) / a.length : 0;
    q.forEach((value, j) => {
      total[j]! += (factor * (value + rest)) / (d + epsilon);
    });
  }
  return total;
}
