import assert from 'node:assert/strict';
import { numpyRandom } from 'netlens';
import {
  type DenseLayerOptions,
  type DenseStack,
  denseStack,
  derivatives,
  gradient,
  hessian,
  jacobian,
  predict,
  thirdDerivatives,
} from 'netlens/dense';
import { sharedEngine } from '../../lib/dense/engine/shared.js';
import { compiledEngine } from '../../lib/dense/engine/webassembly.js';
import { distance, randomStack, slowly } from './networks.js';

const random = numpyRandom(11);

describe('denseStack', () => {
  const layer: DenseLayerOptions = { weights: [1, 2], biases: [0] };

  it('copies what it is given, and stays as it is', () => {
    const weights = [1, 2];
    const stack = denseStack(2, [{ weights, biases: [0] }]);
    weights[0] = 5;
    const wanted = {
      weights: Float64Array.of(1, 2),
      biases: Float64Array.of(0),
      activation: 'linear',
      alpha: undefined,
    };
    assert.deepEqual(stack.layers[0], wanted);
    assert.ok(Object.isFrozen(stack) && Object.isFrozen(stack.layers) && Object.isFrozen(stack.layers[0]));
  });

  it('fills in the usual parameters', () => {
    const alphas = (['leakyRelu', 'elu', 'swish', 'selu'] as const).map(
      (activation) => denseStack(2, [{ ...layer, activation }]).layers[0]!.alpha,
    );
    assert.deepEqual(alphas, [0.3, 1, 1, undefined]);
  });

  const refused: readonly (readonly [string, () => unknown, string])[] = [
    ['no inputs', () => denseStack(0, [layer]), 'denseStack needs a whole number of inputs of at least 1, got 0'],
    [
      'half an input',
      () => denseStack(1.5, [layer]),
      'denseStack needs a whole number of inputs of at least 1, got 1.5',
    ],
    ['no layers', () => denseStack(2, []), 'denseStack needs at least one layer, got 0'],
    [
      'a layer without outputs',
      () => denseStack(2, [{ weights: [], biases: [] }]),
      'denseStack needs biases of at least one output in layer 0, got 0',
    ],
    [
      'weights that do not fit',
      () => denseStack(2, [layer, { weights: [1, 2, 3], biases: [0, 0] }]),
      'denseStack needs 2 weights of shape [2, 1] in layer 1, got 3',
    ],
    [
      'an unknown activation',
      () => denseStack(2, [{ ...layer, activation: 'cosine' as 'tanh' }]),
      "denseStack needs a known activation in layer 0, got 'cosine'",
    ],
    [
      'softmax below another layer',
      () =>
        denseStack(2, [
          { ...layer, activation: 'softmax' },
          { weights: [1], biases: [0] },
        ]),
      "denseStack needs softmax in the last layer only, got 'softmax in layer 0'",
    ],
    [
      'a parameter for an activation without one',
      () => denseStack(2, [{ ...layer, activation: 'tanh', alpha: 1 }]),
      'denseStack needs no alpha for tanh in layer 0, got 1',
    ],
    [
      'a parameter that is not finite',
      () => denseStack(2, [{ ...layer, activation: 'elu', alpha: Number.NaN }]),
      'denseStack needs a finite alpha in layer 0, got NaN',
    ],
  ];
  for (const [what, call, message] of refused) {
    it(`refuses ${what}`, () => assert.throws(call, { name: 'RangeError', message }));
  }
});

describe('calls on networks', () => {
  const one = randomStack(random, [3, 5, 1], ['tanh', 'sigmoid']);
  const two = randomStack(random, [3, 5, 2], ['tanh', 'linear']);
  const calls = { predict, gradient, jacobian, hessian, thirdDerivatives };
  const third: typeof hessian = (stack, x, { output } = {}) => derivatives(stack, x, { order: 3, output }).values;

  for (const [name, call] of Object.entries({ ...calls, derivatives: third })) {
    it(`${name} refuses an empty batch, and rows of another width`, () => {
      const empty = { name: 'RangeError', message: `${name} needs at least one row of 3 inputs, got 0 numbers` };
      assert.throws(() => call(one, []), empty);
      const crooked = { name: 'RangeError', message: `${name} needs whole rows of 3 inputs, got 4 numbers` };
      assert.throws(() => call(one, [1, 2, 3, 4]), crooked);
    });
  }

  for (const [name, call] of Object.entries({ gradient, hessian, thirdDerivatives, derivatives: third })) {
    it(`${name} needs to know which output, where there are several`, () => {
      const several = `${name} needs { output } for a network with 2 outputs, got undefined`;
      assert.throws(() => call(two, [1, 2, 3]), { name: 'RangeError', message: several });
      const none = `${name} needs a whole output from 0 to 1, got 2`;
      assert.throws(() => call(two, [1, 2, 3], { output: 2 }), { name: 'RangeError', message: none });
    });
  }

  for (const [name, call] of Object.entries(calls)) {
    it(`${name} fills the array it is given, and refuses one of another length or kind`, () => {
      const x = random.normal(0, 1, 12);
      const wanted = call(one, x);
      const out = new Float64Array(wanted.length);
      assert.equal(call(one, x, { out }), out);
      assert.deepEqual(out, wanted);
      const length = `${name} needs an out of ${wanted.length} numbers, got 1`;
      assert.throws(() => call(one, x, { out: new Float64Array(1) }), { name: 'RangeError', message: length });
      const kind = `${name} needs a Float64Array out, got [object Float32Array]`;
      const single = new Float32Array(wanted.length) as unknown as Float64Array;
      assert.throws(() => call(one, x, { out: single }), { name: 'TypeError', message: kind });
    });
  }

  it('derivatives fills the arrays it is given, and refuses other orders', () => {
    const x = random.normal(0, 1, 12);
    const out = { gradient: new Float64Array(12), hessian: new Float64Array(36) };
    const found = derivatives(one, x, { order: 2, out });
    assert.ok(found.gradient === out.gradient && found.hessian === out.hessian);
    assert.ok(!('thirdDerivatives' in found));
    const message = 'derivatives needs an order of 1, 2 or 3, got 4';
    assert.throws(() => derivatives(one, x, { order: 4 as 3 }), { name: 'RangeError', message });
  });

  it('take plain arrays and Float32Arrays', () => {
    const x = [0.5, -1, 2, 0.25, 0, 1];
    assert.deepEqual(hessian(one, x), hessian(one, Float64Array.from(x)));
    assert.deepEqual(hessian(one, Float32Array.from(x)), hessian(one, x));
  });

  it('compute in single precision where that is asked for, to seven digits', () => {
    const x = random.normal(0, 1, 300);
    for (const [name, call] of Object.entries(calls)) {
      const [double, single] = [call(two, x, { output: 1 }), call(two, x, { output: 1, precision: 'float32' })];
      const error = distance(double, single) / Math.max(...double.map(Math.abs));
      assert.ok(error > 1e-9 && error < 1e-6, `${name}: ${error}`);
      const message = `${name} needs the precision 'float64' or 'float32', got 'float16'`;
      const half = 'float16' as 'float32';
      assert.throws(() => call(two, x, { output: 1, precision: half }), { name: 'RangeError', message });
    }
  });

  it('refuse rows in arrays of their own', () => {
    const nested = [[1], [2], [3]] as unknown as number[];
    const message = 'predict needs numbers, row by row, got [1]';
    assert.throws(() => predict(one, nested), { name: 'TypeError', message });
  });

  it('leave weights and inputs alone', () => {
    const x = random.normal(0, 1, 12);
    const before = JSON.stringify([one, Array.from(x)]);
    derivatives(one, x, { order: 3 });
    jacobian(one, x);
    assert.equal(JSON.stringify([one, Array.from(x)]), before);
  });

  it('read the weights of now', () => {
    const relu = randomStack(random, [3, 6, 2], ['relu', 'linear']);
    const x = random.normal(0, 1, 300);
    const before = jacobian(relu, x);
    relu.layers[1]!.weights.forEach((w, i, weights) => {
      weights[i] = 2 * w;
    });
    assert.deepEqual(
      jacobian(relu, x),
      before.map((value) => 2 * value),
    );
  });

  it('do a million rows in the room of a hundred thousand', () => {
    const deep = randomStack(random, [2, 8, 8, 2], ['tanh', 'relu', 'linear']);
    const x = random.uniform(-1, 1, 2e6);
    const out = new Float64Array(4e6);
    jacobian(deep, x.subarray(0, 2e5));
    const room = sharedEngine().memory.all().byteLength;
    jacobian(deep, x, { out });
    assert.equal(sharedEngine().memory.all().byteLength, room);
    for (const row of [0, 12345, 999999])
      assert.deepEqual(out.slice(4 * row, 4 * row + 4), jacobian(deep, x.slice(2 * row, 2 * row + 2)));
  });

  it('say when there is no more room', () => {
    const { memory } = compiledEngine('float64');
    const message = /^netlens\/dense needs weights and results that fit in 4 GB of memory, got \d{10} bytes$/;
    assert.throws(() => memory.borrow(() => memory.reserve(2 ** 30)), { name: 'RangeError', message });
    assert.ok(memory.reserve(2 ** 10) < 2 ** 16);
  });

  it('make room for wide networks', () => {
    const wide = randomStack(random, [100, 300, 90, 3], ['gelu', 'relu', 'softmax']);
    const x = random.normal(0, 1, 200);
    const wanted = [x.subarray(0, 100), x.subarray(100)].flatMap((row) => slowly(wide, row).outputs);
    assert.ok(distance(predict(wide, x), wanted) < 1e-13);
    const h = hessian(wide, x, { output: 1 });
    const step = x.map((value, i) => value + (i % 100 === 17 ? 1e-5 : 0));
    const [up, here] = [step, x].map((at) => gradient(wide, at, { output: 1 }));
    const error = up!.map((value, n) => {
      const difference = (value - here![n]!) / 1e-5;
      return difference - h[(Math.floor(n / 100) * 100 + 17) * 100 + (n % 100)]!;
    });
    assert.ok(Math.max(...error.map(Math.abs)) < 1e-6);
  });
});

describe('closed forms', () => {
  it('the Jacobian of a linear network is the product of its weights, its curvature 0', () => {
    const stack = randomStack(random, [4, 6, 5, 3], ['linear', 'linear', 'linear']);
    const [a, b, c] = stack.layers.map(({ weights, biases }) => rows(weights, biases.length));
    const wanted = times(c!, times(b!, a!)).flat();
    assert.ok(distance(jacobian(stack, random.normal(0, 1, 4)), wanted) < 1e-14);
    assert.deepEqual(hessian(stack, random.normal(0, 1, 4), { output: 2 }), new Float64Array(16));
    assert.deepEqual(thirdDerivatives(stack, random.normal(0, 1, 4), { output: 2 }), new Float64Array(64));
  });

  it('without a hidden layer the derivatives are products of the weights', () => {
    const w = [0.5, -2, 3];
    const stack = denseStack(3, [{ weights: w, biases: [0], activation: 'exp' }]);
    const { values, gradient: g, hessian: h, thirdDerivatives: t } = derivatives(stack, [0, 0, 0], { order: 3 });
    assert.deepEqual([Array.from(values), Array.from(g)], [[1], w]);
    assert.deepEqual(
      Array.from(h),
      w.flatMap((a) => w.map((b) => a * b)),
    );
    assert.deepEqual(
      Array.from(t),
      w.flatMap((a) => w.flatMap((b) => w.map((c) => a * b * c))),
    );
  });

  it('softmax of two outputs is a sigmoid of their difference', () => {
    const softmax = denseStack(2, [{ weights: [1, 2, -1, 0.5], biases: [0.1, 0.3], activation: 'softmax' }]);
    const sigmoid = denseStack(2, [{ weights: [2, 1.5], biases: [-0.2], activation: 'sigmoid' }]);
    const x = random.normal(0, 2, 40);
    const [a, b] = [derivatives(softmax, x, { order: 3, output: 0 }), derivatives(sigmoid, x, { order: 3 })];
    for (const key of ['gradient', 'hessian', 'thirdDerivatives'] as const)
      assert.ok(distance(a[key], b[key]) < 1e-14, key);
  });

  it('the outputs of a softmax add up to 1, their derivatives to 0', () => {
    const stack = randomStack(random, [3, 7, 4], ['mish', 'softmax']);
    const x = random.normal(0, 1, 30);
    const sums = (of: (output: number) => Float64Array): number =>
      distance(
        [0, 1, 2, 3].map(of).reduce((sum, part) => sum.map((value, n) => value + part[n]!)),
        of(0).map(() => 0),
      );
    assert.ok(rows(predict(stack, x), 10).every((row) => Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-15));
    assert.ok(sums((output) => hessian(stack, x, { output })) < 1e-14);
    assert.ok(sums((output) => thirdDerivatives(stack, x, { output })) < 1e-14);
  });

  it('a softmax that is nearly certain keeps the digits of its derivatives', () => {
    const softmax = denseStack(1, [{ weights: [0, 1, -1], biases: [0, 0, 0], activation: 'softmax' }]);
    const e = Math.exp(-40);
    const wanted = (e + 2 * e * e) / (1 + e + e * e) ** 2;
    assert.ok(Math.abs(gradient(softmax, [40], { output: 1 })[0]! / wanted - 1) < 1e-14);
  });

  it('ReLU without biases obeys Euler: f = x · grad f', () => {
    const made = randomStack(random, [5, 12, 9, 3], ['relu', 'relu', 'linear']);
    const stack = denseStack(
      5,
      made.layers.map((layer) => ({ ...layer, biases: layer.biases.map(() => 0) })),
    );
    const x = random.normal(0, 1, 500);
    const [f, j] = [predict(stack, x), jacobian(stack, x)];
    const inputs = [0, 1, 2, 3, 4];
    const euler = f.map((_, n) => inputs.reduce((sum, i) => sum + j[5 * n + i]! * x[5 * Math.floor(n / 3) + i]!, 0));
    assert.ok(distance(f, euler) < 1e-13);
  });

  it('with biases f - x · grad f is the sum of biases times the derivatives with respect to their units', () => {
    const stack = randomStack(random, [3, 8, 6, 1], ['relu', 'leakyRelu', 'linear']);
    // The biases as weights of one more input, 1, which one more unit of each layer hands on.
    const carried = stack.layers.map(({ weights, biases, activation, alpha }, q) => {
      const last = q === stack.layers.length - 1;
      const own = rows(weights, biases.length).map((row, o) => [...row, biases[o]!]);
      const handOn = own[0]!.map((_, i) => (i === own[0]!.length - 1 ? 1 : 0));
      const all = last ? own : [...own, handOn];
      return { weights: all.flat(), biases: all.map(() => 0), activation, alpha };
    });
    const carrying = denseStack(4, carried);
    const x = rows(random.normal(0, 1, 60), 20);
    const [f, g] = [predict(stack, x.flat()), gradient(stack, x.flat())];
    const biasPart = gradient(
      carrying,
      x.flatMap((row) => [...row, 1]),
    ).filter((_, n) => n % 4 === 3);
    const left = f.map((value, r) => value - x[r]!.reduce((sum, xi, i) => sum + xi * g[3 * r + i]!, 0));
    assert.ok(distance(left, biasPart) < 1e-13);
  });

  it('gradients add up along a path to the difference of its ends', () => {
    const stack = randomStack(random, [3, 9, 7, 1], ['swish', 'tanh', 'softplus']);
    const end = random.normal(0, 1, 3);
    const steps = 4000;
    const path = Array.from({ length: steps }, (_, k) =>
      Array.from(end, (value) => (value * (k + 0.5)) / steps),
    ).flat();
    const sum = gradient(stack, path).reduce((total, slope, n) => total + (slope * end[n % 3]!) / steps, 0);
    const [last, first] = [end, [0, 0, 0]].map((at) => predict(stack, at)[0]!);
    assert.ok(Math.abs(sum - (last! - first!)) < 1e-7);
  });

  it('wide outputs over wide layers go without products of their weights, and are as right', () => {
    const wide = randomStack(random, [60, 150, 130], ['tanh', 'sigmoid']);
    const x = random.normal(0, 1, 120);
    const j = jacobian(wide, x);
    const step = 1e-4;
    const at = (sign: number): Float64Array =>
      predict(
        wide,
        x.map((value, n) => value + (n % 60 === 7 ? sign * step : 0)),
      );
    const [up, down] = [at(1), at(-1)];
    assert.ok(up.every((value, n) => Math.abs((value - down[n]!) / (2 * step) - j[60 * n + 7]!) < 1e-8));
    const row = (r: number, o: number): Float64Array => j.slice(60 * (130 * r + o), 60 * (130 * r + o + 1));
    assert.deepEqual(gradient(wide, x, { output: 99 }), Float64Array.from([...row(0, 99), ...row(1, 99)]));
    assert.ok(distance(hessian(wide, x, { output: 3 }), hessian(withOutput(wide, 3), x)) < 1e-13);
  });

  it('a network of one unit with weight 2 has derivatives times 2, 4 and 8', () => {
    const [plain, doubled] = [1, 2].map((w) => denseStack(1, [{ weights: [w], biases: [0], activation: 'tanh' }]));
    const [a, b] = [derivatives(plain!, [0.6], { order: 3 }), derivatives(doubled!, [0.3], { order: 3 })];
    assert.deepEqual(
      [b.gradient[0], b.hessian[0], b.thirdDerivatives[0]],
      [2 * a.gradient[0]!, 4 * a.hessian[0]!, 8 * a.thirdDerivatives[0]!],
    );
  });
});

/** The network with one of its outputs alone. */
function withOutput(stack: DenseStack, output: number): DenseStack {
  const last = stack.layers.at(-1)!;
  const units = last.weights.length / last.biases.length;
  const weights = last.weights.slice(output * units, (output + 1) * units);
  return denseStack(stack.inputs, [...stack.layers.slice(0, -1), { ...last, weights, biases: [last.biases[output]!] }]);
}

function rows(values: ArrayLike<number>, count: number): number[][] {
  const width = values.length / count;
  return Array.from({ length: count }, (_, r) => Array.from({ length: width }, (_, i) => values[r * width + i]!));
}

function times(a: readonly number[][], b: readonly number[][]): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, i) => sum + value * b[i]![j]!, 0)));
}
