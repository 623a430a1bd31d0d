import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import {
  alphaBetaRule,
  composite,
  createMlp,
  distributeBiasRule,
  epsilonRule,
  flatRule,
  gammaRule,
  jacobian,
  numpyRandom,
  passRule,
  type RelevanceOptions,
  relevance,
  useBackend,
  wSquareRule,
  zBoxRule,
  zeroRule,
  zPlusRule,
} from 'netlens';
import { assertClose } from '../close.js';

const text = (value: unknown): string =>
  (value as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]!()['text/plain']!;

interface Layer {
  readonly kernel: number[][];
  readonly bias?: number[];
  readonly activation?: string;
}

/** A model of layers with kernels [inputs, units]. */
function modelOf(...layers: readonly Layer[]): tf.Sequential {
  const model = tf.sequential();
  for (const { kernel, bias = kernel[0]!.map(() => 0), activation = 'linear' } of layers) {
    const weights = [tf.tensor2d(kernel), tf.tensor1d(bias)];
    const shape = { units: bias.length, inputShape: [kernel.length], weights };
    model.add(tf.layers.dense({ ...shape, activation: activation as 'relu' }));
  }
  return model;
}

const relu = (seed = 1): tf.Sequential =>
  createMlp({ inputs: 3, hidden: [5, 4], outputs: 2, activation: 'relu', outputActivation: 'linear', seed });
const points = (rows = 6, width = 3): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from(numpyRandom(3).normal(0, 1, rows * width)), [rows, width]);
const values = (model: tf.LayersModel, x: tf.Tensor2D, options?: RelevanceOptions): number[] =>
  Array.from(relevance(model, x, options).values.dataSync());

describe('relevance', () => {
  before(() => useBackend('cpu'));

  it('has maps of all outputs, [batch, out, in], and leaves no tensor but them', () => {
    const [model, x] = [relu(), points()];
    for (const rule of [zeroRule(), gammaRule(0.25)]) {
      const count = tf.memory().numTensors;
      const found = relevance(model, x, { rule });
      assert.deepEqual(found.values.shape, [6, 2, 3]);
      assert.equal(found.conservation.length, 3);
      assert.equal(tf.memory().numTensors, count + 1);
    }
  });

  it('is gradient × input by default in a ReLU network', () => {
    const [model, x] = [relu(), points()];
    const products = tf.mul(jacobian(model, x), tf.expandDims(x, 1));
    assertClose(values(model, x), Array.from(products.dataSync()), 1e-6);
  });

  it('reports on LRP-0 what the general way reports', () => {
    const [model, x] = [relu(), points()];
    const [quick, general] = [zeroRule(), epsilonRule(1e-300)].map((rule) => relevance(model, x, { rule }));
    quick!.conservation.forEach((layer, l) => {
      const { rule: _, ...report } = general!.conservation[l]!;
      assert.deepEqual({ ...layer, rule: '' }, { ...report, stabiliser: layer.stabiliser, rule: '' });
    });
    assert.equal(quick!.conservation, quick!.conservation);
  });

  it('is computed in single precision where asked to, and reported in double precision all the same', () => {
    const [model, x] = [relu(), points()];
    for (const rule of [zeroRule(), epsilonRule(0.1), gammaRule(0.25)]) {
      const [double, single] = (['float64', 'float32'] as const).map((precision) =>
        relevance(model, x, { rule, precision }),
      );
      assertClose(Array.from(single!.values.dataSync()), Array.from(double!.values.dataSync()), 1e-5);
      assert.notDeepEqual(single!.values.dataSync(), double!.values.dataSync());
      assert.deepEqual([...single!.conservation], [...double!.conservation]);
    }
    const precision = 'float16' as 'float32';
    assert.throws(
      () => relevance(model, x, { precision }),
      new RangeError("relevance needs the precision 'float64' or 'float32', got 'float16'"),
    );
  });

  it('works with one feature, one sample, one unit', () => {
    const model = modelOf({ kernel: [[2]], bias: [1] });
    assert.deepEqual(values(model, tf.tensor2d([[3]])), [6]);
    assert.deepEqual(values(model, tf.tensor2d([[3]]), { bias: 'ignore' }), [7]);
    assert.deepEqual(values(model, tf.tensor2d([[3]]), { bias: 'distribute' }), [7]);
  });

  it('is the same on WebAssembly, and leaves no tensor behind when it is refused', async () => {
    const rules = [zeroRule(), gammaRule(0.25), flatRule()];
    const all = (): number[] => rules.flatMap((rule) => values(relu(), points(), { rule }));
    const onCpu = all();
    await useBackend('wasm');
    try {
      assert.deepEqual(all(), onCpu);
      const [model, x] = [modelOf({ kernel: [[1e20]] }), tf.tensor2d([[1e20]])];
      const count = tf.memory().numTensors;
      assert.throws(() => relevance(model, x), /needs a stabiliser/);
      assert.equal(tf.memory().numTensors, count);
    } finally {
      await useBackend('cpu');
    }
  });

  it('starts a sigmoid output from its logit, a softmax from its logits, and tanh from the output', () => {
    const layer = {
      kernel: [
        [1, 2],
        [3, -1],
      ],
      bias: [0.5, 0],
    };
    const x = tf.tensor2d([[1, 2]]);
    const linear = values(modelOf(layer), x);
    for (const activation of ['sigmoid', 'softmax', 'softplus', 'hardSigmoid'])
      assert.deepEqual(values(modelOf({ ...layer, activation }), x), linear);
    const curved = values(modelOf({ ...layer, activation: 'tanh' }), x, { bias: 'ignore' });
    assertClose([curved[0]! + curved[1]!, curved[2]! + curved[3]!], [Math.tanh(7.5), 0], 1e-6);
  });

  it('passes through hidden units that give 0 for 0', () => {
    for (const activation of ['tanh', 'elu', 'selu', 'softsign', 'swish', 'relu6', 'gelu', 'mish', 'linear']) {
      const model = modelOf({ kernel: [[1, -1]], activation }, { kernel: [[2], [1]] });
      const sum = values(model, tf.tensor2d([[0.7]]), { bias: 'ignore' })[0]!;
      const output = (model.predict(tf.tensor2d([[0.7]])) as tf.Tensor).dataSync()[0]!;
      assertClose(sum, output, 1e-6);
    }
  });

  it('takes batch normalisation into the layers about it', () => {
    const model = tf.sequential();
    model.add(tf.layers.batchNormalization({ inputShape: [2] }));
    model.add(tf.layers.dense({ units: 1, weights: [tf.tensor2d([[1], [2]]), tf.zeros([1])] }));
    assertClose(values(model, tf.tensor2d([[1, 1]])), [0.9995, 1.999], 1e-4);
  });

  it('gives nothing where a layer is dead, by rules that look at activations', () => {
    const model = modelOf({ kernel: [[1], [1]], bias: [-100], activation: 'relu' }, { kernel: [[3]], bias: [2] });
    for (const rule of [zeroRule(), epsilonRule(0.1), gammaRule(1), zPlusRule(), alphaBetaRule(2, 1)]) {
      const found = relevance(model, points(4, 2), { rule });
      assert.ok(found.values.dataSync().every((value) => value === 0));
      assert.equal(found.conservation[0]!.suggestedEpsilon, 0);
    }
    const { values: shared } = relevance(model, points(1, 2), { rule: flatRule() });
    assert.deepEqual(Array.from(shared.dataSync()), [1, 1]);
  });

  it('hands nothing down where a denominator is zero, and says what was dropped', () => {
    const model = modelOf({ kernel: [[1], [-1]] });
    const x = tf.tensor2d([[1, 1]]);
    assert.deepEqual(values(model, x), [0, 0]);
    assert.deepEqual(values(model, x, { rule: epsilonRule(0) }), [0, 0]);
    const opposed = modelOf({ kernel: [[-1], [-2]] });
    const { values: none, conservation } = relevance(opposed, x, { rule: zPlusRule() });
    assert.deepEqual(Array.from(none.dataSync()), [0, 0]);
    assert.deepEqual([conservation[0]!.in, conservation[0]!.dropped, conservation[0]!.lost], [-3, -3, 3]);
    assert.deepEqual(conservation[0]!.smallest, [{ row: 0, unit: 0, denominator: 0, share: 1 }]);
  });

  it('gives the textbook numbers of bias and stabiliser', () => {
    const model = modelOf({ kernel: [[1], [2]], bias: [3] });
    const { values: found, conservation } = relevance(model, tf.tensor2d([[1, 1]]), { rule: epsilonRule(2) });
    assertClose(Array.from(found.dataSync()), [6 / 8, 12 / 8], 1e-6);
    const { in: given, out, bias, stabiliser, dropped, lost } = conservation[0]!;
    assertClose([given, out, bias, stabiliser, dropped, lost], [6, 18 / 8, 18 / 8, 12 / 8, 0, 6 - 18 / 8], 1e-12);
  });

  it('suggests a stabiliser below which a hundredth of the relevance was divided', () => {
    const model = modelOf({ kernel: [[1]] });
    const x = tf.tensor2d(Array.from({ length: 1000 }, (_, i) => [(i + 1) / 10]));
    const [layer] = relevance(model, x).conservation;
    // The relevance is x itself: that below x is x² / 100².
    assert.ok(layer!.suggestedEpsilon > 8.8 && layer!.suggestedEpsilon < 10.1, String(layer!.suggestedEpsilon));
    assert.deepEqual(
      layer!.smallest.map(({ row }) => row),
      [0, 1, 2, 3, 4],
    );
    assert.equal(relevance(model, x, { rule: flatRule() }).conservation[0]!.suggestedEpsilon, 0);
  });

  it('shows its report as a table, from the outputs down', () => {
    const shown = text(relevance(relu(), points(), { rule: epsilonRule(0.1) }).conservation).split('\n');
    assert.match(shown[1]!, /layer +rule +in +out +bias +stabiliser +dropped +lost +smallest denominator/);
    assert.deepEqual(
      shown.slice(2).map((line) => line.split(/ {2,}/).slice(0, 2)),
      [
        ['2', 'epsilon 0.1'],
        ['1', 'epsilon 0.1'],
        ['0', 'epsilon 0.1'],
      ],
    );
  });
});

describe('a composite', () => {
  before(() => useBackend('cpu'));

  it('chooses by position, number and activation, the first choice first', () => {
    const model = createMlp({ ...deep, seed: 1 });
    const choices = composite(model, [
      { at: 'first', rule: wSquareRule() },
      { at: -1, rule: zeroRule() },
      { at: 2, activation: 'relu', rule: flatRule() },
      { at: 'lower', rule: gammaRule(0.25) },
      { activation: 'relu', rule: epsilonRule(0.1) },
    ]);
    const names = ['w-squared', 'gamma 0.25', 'flat', 'epsilon 0.1', 'epsilon 0.1', 'zero'];
    assert.deepEqual(
      choices.map(({ rule }) => rule.name),
      names,
    );
    assert.ok(Object.isFrozen(choices));
    const lines = text(choices).split('\n');
    assert.match(lines[1]!, /layer +inputs +units +activation +rule/);
    assert.match(lines[7]!, /5 +2 +2 +linear +zero/);
    const found = relevance(model, points(), { composite: choices });
    assert.deepEqual(
      found.conservation.map(({ rule }) => rule),
      names,
    );
  });

  it('calls thirds of the depth lower, middle and upper', () => {
    const thirds = (depth: number): string =>
      composite(createMlp({ ...deep, hidden: Array.from({ length: depth - 1 }, () => 2), seed: 1 }), [
        { at: 'lower', rule: flatRule() },
        { at: 'middle', rule: zeroRule() },
        { at: 'upper', rule: zPlusRule() },
      ])
        .map(({ rule }) => rule.name[0])
        .join('');
    assert.deepEqual([2, 3, 4, 5, 6].map(thirds), ['fz', 'fzz', 'fzzz', 'ffzzz', 'ffzzzz']);
  });

  it('of one rule is that rule, also for another model of the same layers', () => {
    const [model, other, x] = [relu(1), relu(2), points()];
    const uniform = composite(model, [{ rule: gammaRule(0.5) }]);
    assert.deepEqual(values(other, x, { composite: uniform }), values(other, x, { rule: gammaRule(0.5) }));
  });

  const deep = {
    inputs: 3,
    hidden: [2, 2, 2, 2, 2],
    outputs: 2,
    activation: 'relu',
    outputActivation: 'linear',
  } as const;
});

describe('what relevance refuses', () => {
  before(() => useBackend('cpu'));

  const refused = (run: () => unknown, name: string, message: RegExp): void => {
    assert.throws(run, { name, message });
  };

  it('inputs that are not numbers, none, or of another width', () => {
    const model = relu();
    refused(() => relevance(model, tf.tensor2d([[1, Number.NaN, 1]])), 'RangeError', /^relevance needs finite numbers/);
    refused(() => relevance(model, tf.zeros([0, 3])), 'RangeError', /^relevance needs at least one row/);
    refused(() => relevance(model, tf.ones([2, 4])), 'RangeError', /^relevance needs x of shape \[batch, 3\]/);
  });

  it('models of other than dense layers, and weights that are not finite', () => {
    const x = points();
    const words = /^relevance needs a model of dense layers, got a function$/;
    refused(() => relevance((rows) => tf.square(rows), x), 'RangeError', words);
    const broken = modelOf({ kernel: [[Number.NaN], [1], [1]] });
    refused(() => relevance(broken, x), 'RangeError', /^relevance needs finite weights in layer 0, got NaN$/);
    refused(() => relevance(3 as never, x), 'TypeError', /^relevance needs a tf\.LayersModel/);
    refused(() => composite(3 as never, []), 'TypeError', /^composite needs a tf\.LayersModel/);
    const image = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3, 1] })] });
    refused(() => composite(image, []), 'RangeError', /^composite needs a model with one input \[batch, in\], got/);
  });

  it('hidden activations that are not 0 at 0, with the reason', () => {
    for (const [activation, value] of [
      ['sigmoid', 0.5],
      ['hardSigmoid', 0.5],
      ['softplus', 0.69],
    ] as const) {
      const model = modelOf({ kernel: [[1]], activation }, { kernel: [[1]] });
      const message = `relevance needs hidden activations that are 0 at 0, got '${activation}' in layer 0, which gives ${value} for 0: relevance that comes from no input`;
      assert.throws(() => relevance(model, tf.tensor2d([[1]])), { name: 'RangeError', message });
    }
  });

  it('rules and composites that are none, or not for the model', () => {
    const [model, x] = [relu(), points()];
    const rules = composite(model, [{ rule: zeroRule() }]);
    const none = /^relevance needs a rule, made by a function such as epsilonRule, got 'epsilon'$/;
    refused(() => relevance(model, x, { rule: 'epsilon' as never }), 'TypeError', none);
    refused(() => relevance(model, x, { rule: zeroRule(), composite: rules }), 'RangeError', /got both$/);
    refused(() => relevance(model, x, { composite: 'all' as never }), 'TypeError', /needs a composite, made by/);
    refused(
      () => relevance(model, x, { bias: 'drop' as never }),
      'RangeError',
      /absorb, ignore, distribute, got 'drop'/,
    );
    refused(() => relevance(model, x, { rule: passRule() }), 'RangeError', /as many inputs as units for the rule pass/);
    const other = modelOf({ kernel: [[1], [1], [1]] });
    refused(() => relevance(other, x, { composite: rules }), 'RangeError', /needs a composite for this model/);
    refused(() => composite(model, [{ at: 3, rule: zeroRule() }]), 'RangeError', /a layer from -3 to 2, got 3$/);
    refused(() => composite(model, [{ at: 'top' as never, rule: zeroRule() }]), 'RangeError', /got 'top'$/);
    refused(() => composite(model, [{ activation: 'ReLU' as never, rule: zeroRule() }]), 'RangeError', /got 'ReLU'$/);
    refused(() => composite(model, [{ at: 'first', rule: zeroRule() }]), 'RangeError', /needs a rule for layer 1/);
    refused(() => composite(model, [{ rule: {} as never }]), 'TypeError', /^composite needs a rule/);
  });

  it('bad parameters of rules', () => {
    refused(() => epsilonRule(-1), 'RangeError', /^epsilonRule needs a stabiliser of at least 0, got -1$/);
    refused(() => epsilonRule(Number.NaN), 'RangeError', /got NaN$/);
    refused(() => distributeBiasRule(-1), 'RangeError', /^distributeBiasRule needs a stabiliser/);
    refused(() => gammaRule(-0.1), 'RangeError', /^gammaRule needs a gamma of at least 0, got -0.1$/);
    refused(() => gammaRule(1, { stabiliser: -1 }), 'RangeError', /^gammaRule needs a stabiliser/);
    refused(() => alphaBetaRule(2, 2), 'RangeError', /^alphaBetaRule needs alpha - beta = 1 .*got \[2, 2\]$/);
    refused(() => alphaBetaRule(0.5, -0.5), 'RangeError', /got \[0.5, -0.5\]$/);
    refused(() => zPlusRule({ stabiliser: Infinity }), 'RangeError', /^zPlusRule needs a stabiliser/);
    refused(() => wSquareRule({ stabiliser: -1 }), 'RangeError', /^wSquareRule needs a stabiliser/);
    refused(() => flatRule({ stabiliser: -1 }), 'RangeError', /^flatRule needs a stabiliser/);
    refused(() => zBoxRule(1, 1), 'RangeError', /^zBoxRule needs low below high, got \[1, 1\]$/);
    refused(() => zBoxRule([], 1), 'RangeError', /^zBoxRule needs low below high/);
    refused(() => zBoxRule(0, [1, Number.NaN]), 'RangeError', /^zBoxRule needs finite bounds/);
    refused(() => zBoxRule([0, 0], [1, 1, 1]), 'RangeError', /as many upper as lower bounds, got \[2, 3\]$/);
  });

  it('inputs outside of the bounds of a rule, and bounds of other inputs', () => {
    const model = modelOf({ kernel: [[1], [1]] });
    const outside =
      /^relevance needs inputs of layer 0 within the bounds of the rule z-box 0 to \[1, 2\], got 3 as input 1$/;
    refused(() => relevance(model, tf.tensor2d([[1, 3]]), { rule: zBoxRule(0, [1, 2]) }), 'RangeError', outside);
    const three = /^relevance needs 3 inputs, as the rule has bounds/;
    refused(() => relevance(model, tf.tensor2d([[1, 1]]), { rule: zBoxRule(0, [1, 2, 3]) }), 'RangeError', three);
  });

  it('relevance too large for single precision', () => {
    const model = modelOf({ kernel: [[1e20]] });
    for (const rule of [zeroRule(), epsilonRule(1)])
      refused(
        () => relevance(model, tf.tensor2d([[1e20]]), { rule }),
        'RangeError',
        /^relevance needs a stabiliser .*got Infinity in row 0$/,
      );
  });
});
