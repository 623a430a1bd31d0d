import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  alphaBetaRule,
  epsilonRule,
  flatRule,
  gammaRule,
  type Rule,
  wSquareRule,
  zBoxRule,
  zeroRule,
  zPlusRule,
} from 'netlens';
import { assertClose } from '../close.js';
import { type Case, handDown } from './single-layer.js';

interface Vector {
  readonly id: string;
  readonly rule: string;
  readonly params?: Readonly<Record<'eps' | 'gamma' | 'a' | 'be' | 'low' | 'high', number>>;
  readonly stabilizer?: number;
  readonly bias_in_denominator?: boolean;
  readonly W_out_in: number[][];
  readonly b: number[];
  readonly x: number[];
  readonly R_out: number[];
  readonly R_in: number[];
  readonly tol: number;
}

const RULES: Readonly<Record<string, (vector: Vector) => Rule>> = {
  zero: () => zeroRule(),
  epsilon: ({ params }) => epsilonRule(params!.eps),
  gamma: ({ params, ...rest }) => gammaRule(params!.gamma, options(rest)),
  generalized_gamma: ({ params, ...rest }) => gammaRule(params!.gamma, options(rest)),
  alphabeta: ({ params, ...rest }) => alphaBetaRule(params!.a, params!.be, options(rest)),
  zplus: (vector) => zPlusRule(options(vector)),
  wsquare: (vector) => wSquareRule(options(vector)),
  flat: (vector) => flatRule(options(vector)),
  zbox: ({ params, ...rest }) => zBoxRule(params!.low, params!.high, options(rest)),
};

function options({ stabilizer = 0 }: Pick<Vector, 'stabilizer'>): { readonly stabiliser: number } {
  return { stabiliser: stabilizer };
}

// Of Julia's RelevancePropagation.jl and of zennit, where their equations are ours; see "source" in the file.
const path = new URL('../vectors/relevance.json', import.meta.url);
const { layers } = JSON.parse(readFileSync(path, 'utf8')) as { readonly layers: readonly Vector[] };

describe('relevance of a layer', () => {
  assert.equal(layers.length, 40);

  for (const vector of layers)
    it(`agrees with ${vector.id}`, () => {
      const found = vector.rule === 'zero+skip' ? withSkip(vector) : handDown(caseOf(vector), vector.R_out).result;
      assertClose(found, vector.R_in, vector.tol);
    });
});

function caseOf(vector: Vector): Case {
  const { W_out_in: weights, b: biases, x } = vector;
  const bias = vector.bias_in_denominator === false ? 'ignore' : 'absorb';
  return { weights, biases, x, rule: RULES[vector.rule]!(vector), bias };
}

// y = x + relu(W x + b) for x > 0: units that carry x past the layer, and a layer of sums above.
function withSkip({ W_out_in, b, x, R_out }: Vector): readonly number[] {
  const rule = zeroRule();
  const identity = x.map((_, k) => x.map((_, j) => (k === j ? 1 : 0)));
  const lower = { weights: [...W_out_in, ...identity], biases: [...b, ...x.map(() => 0)], x, rule };
  const units = lower.weights.map((row, k) => row.reduce((sum, weight, j) => sum + weight * x[j]!, lower.biases[k]!));
  const sums = { weights: identity.map((row) => [...row, ...row]), biases: x.map(() => 0), x: units, rule };
  return handDown(lower, handDown(sums, R_out).result).result;
}
