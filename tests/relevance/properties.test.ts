import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  alphaBetaRule,
  type BiasMode,
  distributeBiasRule,
  epsilonRule,
  flatRule,
  gammaRule,
  numpyRandom,
  passRule,
  type Rule,
  wSquareRule,
  zBoxRule,
  zeroRule,
  zPlusRule,
} from 'netlens';
import { type DenseStack, denseStack, jacobian, predict } from 'netlens/dense';
import { layerAccount } from '../../lib/relevance/account.js';
import { byGradients, isGradientTimesInput } from '../../lib/relevance/by-gradients.js';
import { byRules } from '../../lib/relevance/by-rules.js';
import { conservationOf } from '../../lib/relevance/conservation.js';
import { ruledLayer } from '../../lib/relevance/layer.js';
import type { LayerConservation } from '../../lib/relevance/layer-conservation.js';
import { type Plan, propagate } from '../../lib/relevance/propagate.js';
import { assertClose } from '../close.js';
import { distance, randomStack } from '../dense/networks.js';
import { handDown } from './single-layer.js';
import { PAPER, type PaperRule, relevanceSlowly } from './slowly.js';

interface Ruled {
  readonly rule: Rule;
  readonly parts: readonly PaperRule[];
}

const RULES: readonly Ruled[] = [
  { rule: zeroRule(), parts: PAPER.plain },
  { rule: epsilonRule(0.3), parts: PAPER.plain },
  { rule: distributeBiasRule(0.2), parts: PAPER.plain },
  { rule: gammaRule(0.5, { stabiliser: 0.1 }), parts: PAPER.gamma(0.5) },
  { rule: alphaBetaRule(2, 1, { stabiliser: 0.01 }), parts: PAPER.alphaBeta(2, 1) },
  { rule: zPlusRule(), parts: PAPER.alphaBeta(1, 0) },
  { rule: wSquareRule(), parts: PAPER.wSquare },
  { rule: flatRule(), parts: PAPER.flat },
  { rule: zBoxRule(-50, 60), parts: PAPER.zBox(-50, 60) },
];
const MODES: readonly BiasMode[] = ['absorb', 'ignore', 'distribute'];

const networks = fc.record({
  seed: fc.nat(9999),
  sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 }),
  rows: fc.integer({ min: 1, max: 3 }),
});

interface Made {
  readonly stack: DenseStack;
  readonly x: Float64Array;
}

function made({ seed, sizes, rows }: { seed: number; sizes: readonly number[]; rows: number }): Made {
  const random = numpyRandom(seed);
  const kinds = sizes.slice(1).map((_, q) => (q === sizes.length - 2 ? 'linear' : 'relu'));
  const stack = randomStack(random, sizes, kinds);
  return { stack, x: random.normal(0, 2, rows * sizes[0]!) };
}

function planOf(stack: DenseStack, rules: readonly Rule[], bias?: BiasMode): Plan {
  return { stack, layers: stack.layers.map((layer, l) => ruledLayer(layer, rules[l % rules.length]!, bias)) };
}

function run(plan: Plan, x: Float64Array): { values: Float64Array; report: readonly LayerConservation[] } {
  const rows = x.length / plan.stack.inputs;
  const values = new Float64Array(rows * plan.stack.inputs * plan.stack.outputs);
  const accounts = propagate(plan, x, values);
  return { values, report: conservationOf(plan.layers, accounts, rows * plan.stack.outputs) };
}

function onEngine(plan: Plan, x: Float32Array): Float64Array {
  const values = new Float64Array(x.length * plan.stack.outputs);
  byRules(plan, { x, values });
  return values;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
}

function withoutBiases(stack: DenseStack): DenseStack {
  return denseStack(
    stack.inputs,
    stack.layers.map((layer) => ({ ...layer, biases: layer.biases.map(() => 0) })),
  );
}

// A network, a rule for each of its layers, and a bias mode.
const choices = fc.record({
  network: networks,
  chosen: fc.array(fc.constantFrom(...RULES), { minLength: 4, maxLength: 4 }),
  mode: fc.constantFrom(undefined, ...MODES),
});

function sums(values: Float64Array, width: number): readonly number[] {
  return Array.from({ length: values.length / width }, (_, i) =>
    values.slice(i * width, (i + 1) * width).reduce((sum, value) => sum + value, 0),
  );
}

describe('relevance by random networks', () => {
  it('is what the papers say, unit by unit, by every rule in every bias mode, mixed from layer to layer', () => {
    fc.assert(
      fc.property(choices, ({ network, chosen, mode }) => {
        const { stack, x } = made(network);
        const rules = chosen.map(({ rule, parts }) => {
          const bias = rule.keepsBiasMode ? rule.biasMode : (mode ?? rule.biasMode);
          return { parts, stabiliser: rule.stabiliser, bias };
        });
        const plan = planOf(
          stack,
          chosen.map(({ rule }) => rule),
          mode,
        );
        const { values } = run(plan, x);
        const slow = Array.from({ length: network.rows }, (_, row) =>
          Array.from({ length: stack.outputs }, (_, output) => {
            const inputs = Array.from(x.slice(row * stack.inputs, (row + 1) * stack.inputs));
            return relevanceSlowly(stack, inputs, { output, rules });
          }),
        ).flat(2);
        assert.ok(distance(values, slow) <= 1e-7 * largest(values));
      }),
      { numRuns: 400, seed: 6 },
    );
  });

  it('is the same on the engine', () => {
    fc.assert(
      fc.property(choices, ({ network, chosen, mode }) => {
        const { stack, x } = made(network);
        const plan = planOf(
          stack,
          chosen.map(({ rule }) => rule),
          mode,
        );
        const single = new Float32Array(x);
        const { values } = run(plan, new Float64Array(single));
        assert.ok(distance(onEngine(plan, single), values) <= 1e-7 * largest(values));
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it('accounts for everything: in = out + bias + stabiliser + dropped, and one layer gives what the next gets', () => {
    fc.assert(
      fc.property(choices, ({ network, chosen, mode }) => {
        const { stack, x } = made(network);
        const { values, report } = run(
          planOf(
            stack,
            chosen.map(({ rule }) => rule),
            mode,
          ),
          x,
        );
        const size = 1e-8 * largest(values);
        const samples = network.rows * stack.outputs;
        const f = predict(stack, x).reduce((sum, value) => sum + value, 0);
        assertClose(report.at(-1)!.in, f / samples, 1e-9);
        assertClose(report[0]!.out, values.reduce((sum, value) => sum + value, 0) / samples, size);
        report.forEach((layer, l) => {
          const { out, bias, stabiliser, dropped } = layer;
          assertClose(layer.in, out + bias + stabiliser + dropped, size + 1e-8 * Math.abs(bias));
          if (l > 0) assertClose(report[l - 1]!.in, out, size);
          assert.ok(layer.lost >= Math.abs(layer.in - out) - size);
        });
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  it('is gradient × input by LRP-0 with biases absorbed, and the quick way gives the same', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const { stack, x } = made(network);
        const plan = planOf(stack, [zeroRule()]);
        const { values } = run(plan, x);
        const products = jacobian(stack, x).map((slope, place) => {
          const row = Math.floor(place / (stack.inputs * stack.outputs));
          return slope * x[row * stack.inputs + (place % stack.inputs)]!;
        });
        assert.ok(distance(values, products) <= 1e-9 * largest(values));
        assert.ok(isGradientTimesInput(plan));
        const single = new Float32Array(x);
        const quick = new Float64Array(values.length);
        byGradients(plan, { x: single, values: quick });
        const slow = run(plan, new Float64Array(single)).values;
        assert.ok(distance(quick, slow) <= 1e-9 * largest(slow));
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it('is the inputs times a gradient with other slopes by LRP-ε with biases absorbed, for any activation', () => {
    const kinds = fc.array(fc.constantFrom('relu', 'tanh', 'leakyRelu', 'softsign', 'linear'), {
      minLength: 4,
      maxLength: 4,
    });
    const stabilisers = fc.array(fc.constantFrom(0.1, 0.5, 3), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(networks, kinds, stabilisers, ({ seed, sizes, rows }, activations, epsilons) => {
        const random = numpyRandom(seed);
        const stack = randomStack(random, sizes, activations.slice(0, sizes.length - 1));
        const x = new Float32Array(random.normal(0, 2, rows * sizes[0]!));
        const plan = planOf(stack, epsilons.map(epsilonRule));
        const quick = new Float64Array(x.length * stack.outputs);
        byGradients(plan, { x, values: quick });
        const slow = run(plan, new Float64Array(x)).values;
        assert.ok(distance(quick, slow) <= 1e-9 * largest(slow));
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it('adds up to the output by LRP-0 without biases, and by distributed biases always', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const { stack, x } = made(network);
        const bare = withoutBiases(stack);
        const found = run(planOf(bare, [zeroRule()]), x).values;
        assertClose(sums(found, stack.inputs), Array.from(predict(bare, x)), 1e-7);
        const spread = run(planOf(stack, [distributeBiasRule(0.3)]), x).values;
        assertClose(sums(spread, stack.inputs), Array.from(predict(stack, x)), 1e-7);
        const distributed = run(planOf(stack, [gammaRule(0.3)], 'distribute'), x).values;
        assertClose(sums(distributed, stack.inputs), Array.from(predict(stack, x)), 1e-7 * largest(distributed));
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it('is conserved in each layer by w-squared, flat and z-box', () => {
    fc.assert(
      fc.property(networks, fc.constantFrom(wSquareRule(), flatRule(), zBoxRule(-50, 60)), (network, rule) => {
        const { stack, x } = made(network);
        for (const layer of run(planOf(stack, [rule]), x).report) assertClose(layer.lost, 0, 1e-7);
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  it('by gamma 0 is LRP-0, by alpha-beta 1, 0 is z-plus', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const { stack, x } = made(network);
        const values = (rule: Rule): Float64Array => run(planOf(stack, [rule]), x).values;
        const zero = values(zeroRule());
        assert.ok(distance(values(gammaRule(0)), zero) <= 1e-9 * largest(zero));
        assert.ok(distance(values(gammaRule(1e-9)), zero) <= 1e-4 * largest(zero));
        assert.deepEqual(values(alphaBetaRule(1, 0)), values(zPlusRule()));
        assert.deepEqual(values(epsilonRule(0)), zero);
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  it('of a layer is linear in the relevance of its units', () => {
    const random = numpyRandom(4);
    const numbers = (count: number): number[] => Array.from(random.normal(0, 1, count));
    const layer = { weights: [numbers(4), numbers(4), numbers(4)], biases: numbers(3), x: numbers(4) };
    const [one, other] = [numbers(3), numbers(3)];
    const mixed = one.map((value, k) => 2 * value - 3 * other[k]!);
    for (const { rule } of RULES) {
      const down = (relevance: readonly number[]): readonly number[] => handDown({ ...layer, rule }, relevance).result;
      const [first, second] = [down(one), down(other)];
      const wanted = first.map((value, j) => 2 * value - 3 * second[j]!);
      assertClose(down(mixed), wanted, 1e-9);
    }
  });

  it('is passed on as it is by pass', () => {
    const square = {
      weights: [
        [1, 2],
        [3, 4],
      ],
      biases: [5, 6],
      x: [-1, 0],
      rule: passRule(),
    };
    const { result, report } = handDown(square, [0.5, -7]);
    assert.deepEqual(result, [0.5, -7]);
    assert.equal(report.lost, 0);
  });

  it('does not depend on the order of hidden units', () => {
    const { stack, x } = made({ seed: 3, sizes: [4, 5, 3], rows: 7 });
    const order = [3, 0, 4, 1, 2];
    const [lower, upper] = [stack.layers[0]!, stack.layers[1]!];
    const moved = denseStack(4, [
      {
        ...lower,
        weights: order.flatMap((k) => Array.from(lower.weights.slice(4 * k, 4 * k + 4))),
        biases: order.map((k) => lower.biases[k]!),
      },
      { ...upper, weights: [0, 1, 2].flatMap((o) => order.map((k) => upper.weights[5 * o + k]!)) },
    ]);
    for (const { rule } of RULES)
      assert.ok(distance(run(planOf(stack, [rule]), x).values, run(planOf(moved, [rule]), x).values) < 1e-9);
  });
});

describe('relevance of large batches', () => {
  it('has the same bits as that of each row by itself', () => {
    const { stack, x } = made({ seed: 1, sizes: [2, 4, 2], rows: 700 });
    for (const { rule } of RULES) {
      const plan = planOf(stack, [rule]);
      const { values } = run(plan, x);
      for (const row of [0, 255, 256, 699])
        assert.deepEqual(run(plan, x.slice(2 * row, 2 * row + 2)).values, values.slice(4 * row, 4 * row + 4));
    }
  });

  it('has so on the engine, and leaves no row out', () => {
    for (const sizes of [
      [2, 4, 2],
      [60, 50, 40, 3],
    ]) {
      const { stack, x } = made({ seed: 1, sizes, rows: 71 });
      const [single, width] = [new Float32Array(x), sizes[0]!];
      const map = width * sizes.at(-1)!;
      for (const { rule } of RULES) {
        const plan = planOf(stack, [rule]);
        const values = onEngine(plan, single);
        assert.ok(distance(values, run(plan, new Float64Array(single)).values) <= 1e-7 * largest(values));
        for (const row of [0, 31, 32, 70]) {
          const alone = onEngine(plan, single.slice(width * row, width * (row + 1)));
          assert.deepEqual(alone, values.slice(map * row, map * (row + 1)));
        }
      }
    }
  });

  it('is gradient × input across portions too', () => {
    const { stack } = made({ seed: 1, sizes: [8, 5, 8], rows: 1 });
    const x = new Float32Array(numpyRandom(2).normal(0, 1, 8 * 5000));
    const plan = planOf(stack, [zeroRule()]);
    const quick = new Float64Array(64 * 5000);
    byGradients(plan, { x, values: quick });
    assert.ok(distance(quick, run(plan, new Float64Array(x)).values) < 1e-9);
  });
});

describe('the books of a layer', () => {
  it('count relevance that is divided by nothing as dropped', () => {
    const layer = ruledLayer(denseStack(2, [{ weights: [1, -1], biases: [0] }]).layers[0]!, zeroRule());
    const account = layerAccount({ ...layer, targets: 1 });
    account.open(Float64Array.of(3));
    account.enter(0, { factor: 1, denominator: 0, bias: 0, stabiliser: 0 });
    account.close(Float64Array.of(0, 0));
    assert.equal(account.totals.dropped, 3);
    assert.deepEqual(account.denominators.smallest(), [{ row: 0, unit: 0, denominator: 0, share: 1 }]);
  });
});
