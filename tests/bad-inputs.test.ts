import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as netlens from 'netlens';
import * as dense from 'netlens/dense';

// As JavaScript calls: nothing is checked before.
type Call = (...given: readonly unknown[]) => unknown;
const library = { ...netlens } as unknown as Readonly<Record<string, Call>>;
const engine = { ...dense } as unknown as Readonly<Record<string, Call>>;

const size = { inputs: 2, hidden: [2], outputs: 1, activation: 'relu', outputActivation: 'linear', seed: 1 } as const;
const titles = { title: 'title', xAxis: 'x', yAxis: 'y' };
const [series, values] = [[{ name: 'a', y: [1, 2] }], [{ name: 'a', values: [1, 2] }]];
const rates = { name: 'a', truePositiveRate: [0, 1], falsePositiveRate: [0, 1] };
const map = { ...titles, zAxis: 'z', x: [0, 1], y: [0, 1], z: [1, 2, 3, 4], scale: 'sequential' };
const pairs = { title: 'title', columns: ['a', 'b'], groups: [{ name: 'a', rows: [1, 2, 3, 4] }] };
const system = { tendency: (x: unknown) => x, tangent: (_: unknown, v: unknown) => v };
const same = (x: unknown): unknown => x;
const steps = { dt: 0.1, samples: 2 };
const ring = { K: 4, F: 8, samples: 2 };

function given() {
  const [x, y, gone] = [tf.tensor2d([1, 2, 3, 5], [2, 2]), tf.tensor1d([1, 2]), tf.tensor1d([1])];
  gone.dispose();
  const [model, goneModel] = [netlens.createMlp(size), netlens.createMlp(size)];
  goneModel.dispose();
  const stack = dense.denseStack(1, [{ weights: [1, 2], biases: [0, 0] }]);
  return { x, y, gone, model, goneModel, stack, rule: netlens.zeroRule() };
}

type Given = ReturnType<typeof given>;

/** What stands before the options of every function that takes some. */
const leading = ({ x, y, model }: Given): Readonly<Record<string, readonly unknown[]>> => ({
  alphaBetaRule: [2, 1],
  binCounts: [[1, 2]],
  cascadingRandomisation: [model, () => x],
  compareAttributions: [{ a: x }],
  createMlp: [],
  euler: [same, [1], 1],
  exactPermutationImportance: [model, x, y],
  expectThat: ['name', same],
  explain: [model, x],
  finiteDifferences: [model, x],
  flatRule: [],
  gammaRule: [1],
  gradient: [model, x],
  gradientTimesInput: [model, x],
  grid: [[]],
  heatmap: [],
  hessian: [model, x],
  histogram: [],
  integrate: [same, [1]],
  integratedGradients: [model, x],
  jacobian: [model, x],
  lineChart: [],
  linearRegression: [x, y],
  liveTraining: [],
  loadModel: ['model.h5'],
  lorenz96: [],
  lyapunovExponents: [system],
  permutationImportance: [model, x, y],
  relevance: [model, x],
  rk2: [same, [1], 1],
  rk4: [same, [1], 1],
  rocChart: [],
  scatterMatrix: [],
  seriesMeanEstimate: [[1, 2]],
  simulateLorenz96: [],
  simulateLorenz96Members: [],
  smoothGrad: [model, x],
  taylorCoefficients: [model, x],
  train: [model, x, y],
  wSquareRule: [],
  zBoxRule: [0, 1],
  zPlusRule: [],
});
const leadingInDense = ({ stack }: Given): Readonly<Record<string, readonly unknown[]>> => ({
  derivatives: [stack, [1]],
  gradient: [stack, [1]],
  hessian: [stack, [1]],
  jacobian: [stack, [1]],
  predict: [stack, [1]],
  thirdDerivatives: [stack, [1]],
});

type Refusals = readonly (readonly [name: string, given: readonly unknown[], error: string])[];

/** Whatever else is wrong, and the answer without the function's name. */
const refusals = ({ x, y, gone, model, goneModel, rule }: Given): Refusals => [
  ['cascadingRandomisation', [goneModel, same, {}], 'Error: needs a model that still exists, got a disposed one'],
  [
    'cascadingRandomisation',
    [model, () => gone, { seed: 1 }],
    `Error: needs a tensor for 'original' that still exists, got a disposed one`,
  ],
  [
    'cascadingRandomisation',
    [model, () => tf.clone(x), { seed: 1, top: 9 }],
    'RangeError: needs a whole top from 1 to 2, got 9',
  ],
  ['circulantDefect', [gone], 'Error: needs a tensor jacobian that still exists, got a disposed one'],
  ['compareAttributions', [null], 'TypeError: needs tensors by name, { name: tensor }, got null'],
  ['compareAttributions', [x], 'TypeError: needs tensors by name, { name: tensor }, got [object Object]'],
  ['compareAttributions', [{ a: gone }], `Error: needs a tensor for 'a' that still exists, got a disposed one`],
  ['composite', [model, undefined], 'TypeError: needs a list of choices, got undefined'],
  ['composite', [model, [null]], 'TypeError: needs each choice in an object, got null'],
  [
    'composite',
    [model, [{ rule: { ...rule, lacking: undefined } }]],
    'TypeError: needs a rule, made by a function such as epsilonRule, got [object Object]',
  ],
  ['createMlp', [{ ...size, hidden: 3 }], 'TypeError: needs a list of hidden sizes, got 3'],
  ['denseStackOf', [goneModel], 'Error: needs a model that still exists, got a disposed one'],
  ['distributeBiasRule', [null], 'RangeError: needs a stabiliser of at least 0, got null'],
  ['epsilonRule', [], 'RangeError: needs a stabiliser of at least 0, got undefined'],
  ['euler', [null, [1], 1], 'TypeError: needs a function f, got null'],
  ['rk2', [same, 1, 1], 'TypeError: needs an array or a typed array as state, got 1'],
  ['rk4', [() => undefined, [1], 1], 'RangeError: needs a tendency of 1 numbers, as many as the state, got undefined'],
  ['rk4', [same, [1], 1, { t: null }], 'RangeError: needs a finite time, got null'],
  ['expectClose', ['name', same], 'TypeError: needs an expectation in an object, got undefined'],
  ['expectClose', ['name', same, { wanted: null }], 'TypeError: needs something wanted, got null'],
  ['expectClose', ['name', 'pick', { wanted: 1 }], `TypeError: needs a function that picks a value, got 'pick'`],
  [
    'expectClose',
    ['name', same, { wanted: 1, tolerance: -1 }],
    'RangeError: needs a tolerance of at least 0, or { absolute, relative }, got -1',
  ],
  ['expectThat', ['name', true], 'TypeError: needs a function that finds out, got true'],
  ['explain', [model, x, y], 'TypeError: needs y among its options, got a tensor in their place'],
  ['explain', [model, x, { y: gone }], 'Error: needs a tensor y that still exists, got a disposed one'],
  ['explain', [model, x, { seed: -1 }], 'RangeError: needs a whole seed, 0 to 4294967295, got -1'],
  ['explain', [model, x, { onPart: 1 }], 'TypeError: needs a function onPart, got 1'],
  ['explain', [model, x, { inputs: 'ab' }], `TypeError: needs a list of names of inputs, got 'ab'`],
  ['generateEvents', [1, 5], 'TypeError: needs counts in an object, got 5'],
  ['grid', [null, titles], 'TypeError: needs a list of figures, got null'],
  ['grid', [[1], titles], 'TypeError: needs figures only, got 1'],
  ['heatmap', [{ ...map, scale: 'rainbow' }], `RangeError: needs a scale of diverging or sequential, got 'rainbow'`],
  ['heatmap', [{ ...map, zAxis: undefined }], 'TypeError: needs text as zAxis, got undefined'],
  ['heatmap', [{ ...map, limits: 3 }], 'RangeError: needs limits that increase, got 3'],
  ['heatmap', [{ ...map, z: [[1, 2], null] }], 'RangeError: needs 2 numbers in z[1], got undefined'],
  ['histogram', [titles], 'TypeError: needs a list of series, got undefined'],
  [
    'histogram',
    [{ ...titles, series: values, range: [0, 1, 2] }],
    'RangeError: needs a range that increases, got [0, 1, 2]',
  ],
  [
    'histogram',
    [{ ...titles, series: [{ ...values[0], values: gone }] }],
    'Error: needs a tensor a that still exists, got a disposed one',
  ],
  ['integrate', [same, [1, null], steps], 'RangeError: needs a finite number at 1 of the initial state, got null'],
  [
    'integrate',
    [same, [1], { ...steps, integrator: () => 3 }],
    'RangeError: needs an integrator that gives states of 1 numbers, as many as the state, got 3',
  ],
  ['lineChart', [{ ...titles, series: [null] }], 'TypeError: needs a name for each series, got undefined'],
  ['lineChart', [{ ...titles, xAxis: undefined, series }], 'TypeError: needs text as xAxis, got undefined'],
  ['lineChart', [{ ...titles, caption: 3, series }], 'TypeError: needs text as caption, got 3'],
  [
    'lineChart',
    [{ ...titles, series, yScale: 'logarithmic' }],
    `RangeError: needs a yScale of linear or log, got 'logarithmic'`,
  ],
  ['lineChart', [{ ...titles, series, yRange: 3 }], 'RangeError: needs a yRange that increases, got 3'],
  [
    'lineChart',
    [{ ...titles, series, yRange: [0, 1], yScale: 'log' }],
    'RangeError: needs a yRange above 0 on a logarithmic axis, got [0, 1]',
  ],
  ['linearRegression', [x, y, { names: [1, 2] }], 'TypeError: needs names that are text, got 1'],
  ['liveTraining', [{ title: '' }], `RangeError: needs a title, got ''`],
  ['liveTraining', [{ yAxis: 3 }], 'TypeError: needs text as yAxis, got 3'],
  ['liveTraining', [{ yScale: 'logarithmic' }], `RangeError: needs a yScale of linear or log, got 'logarithmic'`],
  [
    'lyapunovExponents',
    [null, { ...steps, initial: [1] }],
    'TypeError: needs a system { tendency, tangent } of functions, got null',
  ],
  [
    'lyapunovExponents',
    [
      { ...system, tangent: () => 3 },
      { ...steps, initial: [1] },
    ],
    'RangeError: needs a tangent of 1 numbers, as many as the state, got 3',
  ],
  [
    'lyapunovExponents',
    [system, { ...steps, initial: [1], integrator: 3 }],
    'TypeError: needs a function as integrator, got 3',
  ],
  ['meanEstimate', [gone], 'Error: needs a tensor values that still exists, got a disposed one'],
  ['numpyRandom', [null], 'RangeError: needs a whole seed, 0 to 4294967295, got null'],
  ['optimalClassifier', [gone], 'Error: needs a tensor x that still exists, got a disposed one'],
  ['permutationImportance', [model, x, y, { seed: 1, groups: 2 }], 'TypeError: needs a list of groups, got 2'],
  [
    'permutationImportance',
    [model, x, y, { seed: 1, groups: [0, 1] }],
    'TypeError: needs groups that are lists of inputs, got 0',
  ],
  [
    'permutationImportance',
    [model, x, y, { seed: 1, names: {} }],
    'TypeError: needs a list of names, got [object Object]',
  ],
  ['readEvents', [0], 'TypeError: needs a path on this computer, got 0'],
  ['relevance', [model, x, rule], 'TypeError: needs its rule as { rule }, got a rule itself'],
  [
    'relevance',
    [model, x, { rule: null }],
    'TypeError: needs a rule, made by a function such as epsilonRule, got null',
  ],
  ['relevance', [model, x, { composite: [null] }], 'TypeError: needs a composite, made by composite, got [null]'],
  ['rocChart', [{ ...titles, series: [{ ...rates, auc: null }] }], 'TypeError: needs a number as auc of a, got null'],
  ['rocCurve', [[1, 2], gone], 'Error: needs a tensor labels that still exists, got a disposed one'],
  ['saveModel', [goneModel, 'build/none'], 'Error: needs a model that still exists, got a disposed one'],
  ['scatterMatrix', [{ ...pairs, columns: [1, 2] }], 'TypeError: needs columns that are text, got 1'],
  [
    'scatterMatrix',
    [{ ...pairs, groups: [{ rows: [1, 2] }] }],
    'TypeError: needs a name for each group, got undefined',
  ],
  ['scatterMatrix', [{ ...pairs, bins: 1e6 }], 'RangeError: needs whole bins from 1 to 10,000, got 1000000'],
  [
    'simulateLorenz96',
    [{ ...ring, initial: { X: [1, 2, 3, null] } }],
    'RangeError: needs a finite number at X[3] of the initial state, got null',
  ],
  ['taylorCoefficients', [model, x, { order: 1, names: null }], 'TypeError: needs a list of names, got null'],
  [
    'train',
    [model, x, tf.reshape(y, [2, 1]), { epochs: 1, loss: 'meanSquaredError', seed: 1, signal: true }],
    'TypeError: needs an AbortSignal as signal, got true',
  ],
  ['useBackend', [null], `RangeError: needs 'native', 'wasm' or 'cpu', got null`],
];
const refusalsInDense = ({ stack, model }: Given): Refusals => [
  ['denseStack', [1, null], 'TypeError: needs a list of layers, got null'],
  ['denseStack', [1, [null]], 'TypeError: needs layer 0 in an object, got null'],
  [
    'denseStack',
    [2, [{ weights: [[1], [2]], biases: [0] }]],
    'TypeError: needs an array of numbers as weights in layer 0, got [[1], [2]]',
  ],
  ['denseStack', [1, [{ weights: [1] }]], 'TypeError: needs an array of numbers as biases in layer 0, got undefined'],
  ['derivatives', [stack, [1], { order: 1, output: 0, out: null }], 'TypeError: needs out in an object, got null'],
  ['gradient', [model, [1, 2]], 'TypeError: needs a stack, made by denseStack, got [object Object]'],
  ['hessian', [null, [1]], 'TypeError: needs a stack, made by denseStack, got null'],
  [
    'jacobian',
    [JSON.parse(JSON.stringify(stack)), [1]],
    'TypeError: needs a stack, made by denseStack, got [object Object]',
  ],
  ['jacobian', [stack, null], 'TypeError: needs numbers in an array, row by row, got null'],
  ['predict', [stack, 1], 'TypeError: needs numbers in an array, row by row, got 1'],
  ['thirdDerivatives', [stack, [1], { output: null }], 'RangeError: needs a whole output from 0 to 1, got null'],
];

const NO_OPTIONS: readonly (readonly [unknown, string])[] = [
  [null, 'null'],
  [3, '3'],
  ['text', `'text'`],
  [[1], '[1]'],
  [new Float32Array(1), '[object Float32Array]'],
];

/** What takes whatever it is given: an error is what one waits for, a value is shown, an answer is judged. */
const takesAll = ['Unanswered', 'check', 'show', 'todo', 'passRule', 'zeroRule'];

async function answer(call: Call | undefined, given: readonly unknown[]): Promise<string> {
  try {
    await call!(...given);
    return 'nothing';
  } catch (error) {
    return String(error);
  }
}

function named(name: string, error: string): string {
  return error.replace(': ', `: ${name} `);
}

describe('bad inputs', () => {
  const doors = [
    { entry: 'netlens', calls: library, leading, refusals },
    { entry: 'netlens/dense', calls: engine, leading: leadingInDense, refusals: refusalsInDense },
  ];
  for (const { entry, calls, leading, refusals } of doors) {
    it(`in the place of options are refused by every function of ${entry} that takes some, in its own name`, async () => {
      for (const [name, first] of Object.entries(leading(given())))
        for (const [bad, shown] of NO_OPTIONS)
          assert.equal(
            await answer(calls[name], [...first, bad]),
            named(name, `TypeError: needs options in an object, got ${shown}`),
          );
    });

    it(`of other kinds are refused by functions of ${entry}, in their own name`, async () => {
      for (const [name, bad, error] of refusals(given()))
        assert.equal(await answer(calls[name], bad), named(name, error));
    });

    it(`are known of every function of ${entry}`, () => {
      const known = [...Object.keys(leading(given())), ...refusals(given()).map(([name]) => name), ...takesAll];
      const names = Object.entries(calls).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
      assert.deepEqual(
        names.filter((name) => !known.includes(name)),
        [],
      );
    });
  }

  it('are no values for the streams of random numbers', () => {
    const random = netlens.numpyRandom(1) as unknown as Readonly<Record<string, Call>>;
    const wrong: readonly (readonly [call: () => unknown, message: string])[] = [
      [() => random['shuffle']!(null), 'shuffle needs an array or a typed array, got null'],
      [() => random['permutation']!('ab'), `permutation needs a whole number, 0 to 2147483647, or values, got 'ab'`],
      [() => random['uniform']!('1', 2), `uniform needs finite numbers low <= high, got ['1', 2]`],
    ];
    for (const [call, message] of wrong) assert.throws(call, { message });
  });
});
