// ---
// jupyter:
//   points: 10
//   kernelspec:
//     display_name: TypeScript (tslab)
//     language: typescript
//     name: tslab
// ---

// %% [markdown]
// # How does each output answer to each input?
//
// Change an input a little, and see how far each output moves: that is a slope. Eight inputs and eight outputs make 64 slopes at every
// state, and a picture of them is called a *saliency map*. Such pictures convince easily. Here you find out what they say, what a mean
// over many of them hides, and how sure it is.
//
// **You will learn**
//
// * to write all slopes of a ReLU network by the chain rule, and to check them by finite differences,
// * why the mean map is not the linear model that fits best, though they look alike,
// * what goes wrong if a mean is taken over 200 samples that follow each other,
// * to use a symmetry of the system as a test of the network.
//
// **Time** 40 minutes · **Needs** `04-lorenz96` · **Next** `07-relevance`
//
// The maps follow the questions of "Interpreting Neural Networks" in the book L96_demo (m2lines.github.io/L96_demo).

// %%
import * as tf from '@tensorflow/tfjs';
import * as dfd from 'danfojs-node';
import { check, expectClose, expectThat, loadModel, show, simulateLorenz96, todo, useBackend } from 'netlens';

await useBackend();
const network = await loadModel('../data/lorenz96-network');
const run = await simulateLorenz96({ K: 8, J: 32, F: 18, samples: 20_001, seed: 14 });

// %% [markdown]
// The network of `04-lorenz96`: from eight slow variables $X_0 … X_7$ on a circle it guesses the couplings $U_0 … U_7$. All are
// without unit, and so are slopes of one over the other. Samples are 0.01 model time units apart; the first 1000 remember how the run
// began, and are left out for now.

// %%
const x = tf.slice(run.tensor('X'), [1000, 0], [19_001, 8]);
const u = tf.slice(run.tensor('coupling'), [1000, 0], [19_001, 8]);
const place = [0, 1, 2, 3, 4, 5, 6, 7];
const stateAt = (n: number): number[] => Array.from(run.X.slice(8 * (1000 + n), 8 * (1001 + n)));
stateAt(5000);

// %% [markdown]
// ## Slopes by hand
//
// The slopes $J_{ki} = \partial U_k / \partial X_i$ make a matrix, the *Jacobian*: a row for each output, a column for each input.
// In a ReLU network it needs no calculus. Follow the slopes up, layer by layer:
//
// * The inputs answer to themselves: each to itself with slope 1, to all others with 0.
// * A layer has $z = W a + b$. If $S$ holds the slopes of $a$, those of $z$ are the matrix product $W S$.
// * ReLU passes $z_k$ on if it is above 0, so row $k$ of the slopes stays. A unit that is off answers to nothing: its row becomes 0.
//
// **Exercise 1.** Do it for a network given as plain numbers: give the slopes at `x`, a row for each output, a column for each input.
//
// <details><summary>Hint</summary>
//
// Keep two things while you go up: the values `a` and their slopes `S`. They start as the inputs and as `identity(x.length)`. In each layer: `z`,
// then which units are on (all, if the layer has no ReLU), then the new `S`, then the new `a`.
//
// </details>

// %%
interface Layer {
  readonly W: readonly (readonly number[])[]; // W[k][j], from input j to unit k
  readonly b: readonly number[];
  readonly isRelu: boolean;
}
type Matrix = readonly (readonly number[])[];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const dot = (v: readonly number[], w: readonly number[]): number => sum(v.map((value, i) => value * w[i]!));
const identity = (n: number): Matrix => Array.from({ length: n }, (_, k) => new Array<number>(n).fill(0).with(k, 1));
const times = (W: Matrix, S: Matrix): Matrix =>
  W.map((row) => S[0]!.map((_, i) => sum(row.map((w, j) => w * S[j]![i]!))));

// %% exercise="slopes" points=2
function slopes(layers: readonly Layer[], x: readonly number[]): Matrix {
  // BEGIN SOLUTION
  let a = x;
  let S = identity(x.length);
  for (const { W, b, isRelu } of layers) {
    const z = W.map((row, k) => dot(row, a) + b[k]!);
    const isOn = z.map((value) => !isRelu || value > 0);
    S = times(W, S).map((row, k) => row.map((slope) => (isOn[k] ? slope : 0)));
    a = z.map((value, k) => (isOn[k] ? value : 0));
  }
  return S;
  // END SOLUTION
}

// %% reference="slopes"
function slopesReference(layers: readonly Layer[], x: readonly number[]): Matrix {
  // Between kinks a ReLU network is linear: the difference over a step is its slope, but for rounding.
  const pass = (at: readonly number[]): readonly number[] =>
    layers.reduce((a, { W, b, isRelu }) => {
      const z = W.map((row, k) => row.reduce((sum, weight, j) => sum + weight * a[j]!, b[k]!));
      return isRelu ? z.map((value) => Math.max(0, value)) : z;
    }, at);
  const sides = x.map((value, i) => [pass(x.with(i, value + 1e-6)), pass(x.with(i, value - 1e-6))] as const);
  return sides[0]![0].map((_, k) => sides.map(([right, left]) => (right[k]! - left[k]!) / 2e-6));
}

// %% probe="slopes"
{
  const random = numpyRandom(601);
  const layer = (outputs: number, inputs: number, isRelu: boolean): Layer => ({
    W: Array.from({ length: outputs }, () => Array.from(random.normal(0, 1, inputs))),
    b: Array.from(random.normal(0, 1, outputs)),
    isRelu,
  });
  const three = [layer(6, 3, true), layer(5, 6, true), layer(2, 5, false)];
  const [here, there] = [Array.from(random.normal(0, 1, 3)), Array.from(random.normal(0, 2, 3))];
  await probe('of three layers', () => slopes(three, here));
  await probe('at another place', () => slopes(three, there));
  await probe('of a last layer with ReLU', () => slopes(three.slice(0, 2), here));
}

// %%
import { jacobian } from 'netlens';

const layers: Layer[] = network.layers
  .filter((layer) => layer.weights.length > 0)
  .map((layer, l) => {
    const [kernel, bias] = layer.getWeights() as [tf.Tensor2D, tf.Tensor1D];
    return { W: tf.transpose(kernel).arraySync(), b: bias.arraySync(), isRelu: l < 2 };
  });
const J = jacobian(network, x);
J.shape;

// %%
const upper: Layer = { W: [[1, 2]], b: [1], isRelu: false };
const lower: Layer = {
  W: [
    [1, 1],
    [1, -1],
  ],
  b: [1, 0],
  isRelu: true,
};
const slopesAt9000 = tf.slice(J, 9000, 1).flatten();

// %%
await check('slopes', () => slopes, [
  expectClose('one layer without ReLU: its weights', (of) => of([upper], [5, 7])[0], { wanted: [1, 2] }),
  expectClose('both units are on', (of) => of([lower, upper], [2, 1])[0], {
    wanted: [3, -1],
    hint: 'z is 4 and 1. Then 1 · (1, 1) + 2 · (1, −1).',
  }),
  expectClose('one unit is off', (of) => of([lower, upper], [1, 2])[0], {
    wanted: [1, 1],
    hint: 'z is 4 and −1: the second row of the slopes becomes 0.',
  }),
  expectThat('the last layer may be below 0', (of) => of([lower, { ...upper, b: [-99] }], [2, 1])[0]![0] === 3),
  expectClose('the network', (of) => of(layers, stateAt(9000)).flat(), { wanted: slopesAt9000 }),
]);

// %% [markdown]
// `jacobian` of the library gives them for all states at once: shape [states, outputs, inputs]. Here are three of the maps, from states
// that have nothing to do with each other. Output 0 is at the bottom. Orange within solid lines is positive, blue within dashed lines
// negative.

// %%
import { grid, heatmap, lineChart } from 'netlens';

function drawn(title: string, map: tf.Tensor, limit = 1) {
  const axes = {
    xAxis: 'input X, place i',
    yAxis: 'output U, place k',
    zAxis: 'slope ∂U/∂X (no unit)',
    x: place,
    y: place,
  };
  return heatmap({ title, ...axes, z: map as tf.Tensor2D, scale: 'diverging', limits: [-limit, limit] });
}

// %%
const three = [0, 5000, 12_000].map((n) =>
  drawn(`time ${(10 + n / 100).toFixed(0)}`, tf.squeeze(tf.slice(J, n, 1)), 1.5),
);
grid(three, { title: 'The slopes at three moments', columns: 3, sharedScale: true, width: 1050, height: 400 });

// %% [markdown]
// **Read the maps.** On the diagonal all slopes are negative: the larger $X_k$, the more the small scale works against it. But how strongly
// it does so differs from state to state, and beside the diagonal even the sign changes.
//
// ## What is typical?
//
// **Exercise 2.** Give the mean of the maps over all states, and their standard deviation (the root of the mean squared distance from the
// mean), each of shape [outputs, inputs].
//
// <details><summary>Hint</summary>
//
// `tf.moments(maps, 0)` gives `{ mean, variance }` over the first dimension, `tf.sqrt` takes roots. The types of TensorFlow.js do not know
// the shape of what comes out: `as tf.Tensor2D` tells them.
//
// </details>

// %% exercise="mean-map" points=1
function meanAndSpread(maps: tf.Tensor3D): [mean: tf.Tensor2D, spread: tf.Tensor2D] {
  // BEGIN SOLUTION
  const { mean, variance } = tf.moments(maps, 0);
  return [mean as tf.Tensor2D, tf.sqrt(variance) as tf.Tensor2D];
  // END SOLUTION
}

// %% reference="mean-map"
function meanAndSpreadReference(maps: tf.Tensor3D): [mean: tf.Tensor2D, spread: tf.Tensor2D] {
  const mean = tf.div(tf.sum(maps, 0), maps.shape[0]) as tf.Tensor2D;
  const squares = tf.sum(tf.square(tf.sub(maps, mean)), 0);
  return [mean, tf.sqrt(tf.div(squares, maps.shape[0])) as tf.Tensor2D];
}

// %% probe="mean-map"
{
  const maps = tf.tensor3d(Array.from(numpyRandom(602).normal(1, 2, 240)), [20, 3, 4]);
  await probe('the mean of many maps', () => meanAndSpread(maps)[0]);
  await probe('their standard deviation', () => meanAndSpread(maps)[1]);
}

// %%
const twoMaps = tf.tensor3d([1, 5, -2, 0, 3, 5, 2, 8], [2, 2, 2]);
await check('mean-map', () => meanAndSpread, [
  expectClose('the mean of two maps', (of) => of(twoMaps)[0].flatten(), { wanted: [2, 5, 0, 4] }),
  expectClose('their standard deviation', (of) => of(twoMaps)[1].flatten(), {
    wanted: [1, 0, 2, 4],
    hint: 'The variance of 1 and 3 is 1, that of −2 and 2 is 4. Take the root.',
  }),
  expectThat('both are maps', (of) => of(twoMaps).every(({ shape }) => shape.join() === '2,2'), {
    hint: 'Average over the states only: dimension 0.',
  }),
]);

// %%
await show(() => {
  const [mean, spread] = meanAndSpread(J);
  return grid([drawn('mean', mean), drawn('± from state to state', spread)], {
    title: 'Slopes at 19,001 states',
    columns: 2,
    sharedScale: true,
    height: 420,
  });
});

// %% [markdown]
// **Read the maps.** In the mean every $U_k$ answers to its own $X_k$ with about −0.94, give or take a third of that. Nearly everywhere
// else the spread is larger than the mean. A pale cell on the left does *not* say that this input is without effect, only that its effects
// cancel. (How well 19,001 states know the mean is another question. The answer comes below; it is 0.005.)
//
// And −0.94: is that at least a slope that one meets often? Take output 3 and its own input, where the mean is −0.99:

// %%
import { scatterMatrix } from 'netlens';

const series = (k: number, i: number): number[] => Array.from(tf.slice(J, [0, k, i], [-1, 1, 1]).dataSync());
const rows = series(3, 3).map((slope, n) => [run.X[8 * (1000 + n) + 3]!, slope]);
scatterMatrix({
  title: 'Is the mean slope a typical one?',
  columns: ['X₃', '∂U₃/∂X₃'],
  alt: 'X₃ against ∂U₃/∂X₃. Above X₃ = 6 most slopes lie from −0.7 to −0.4, below from −1.7 to −0.5, in rows of equal slope. Their histogram has two peaks, near −1.5 and −0.6.',
  groups: [{ name: 'states', rows: rows.filter((_, n) => n % 10 === 0) }],
});

// %% [markdown]
// **Read the figure.** The histogram has two peaks, near −1.5 and −0.6; only one state in five lies between −1.2 and −0.8, around the mean.
// Where $X_3$ is above 6 the small scale brakes weakly, below mostly strongly. (Why do the points stand in rows? A ReLU network is made of flat pieces. All states on
// one piece have the same slope.) **Look at the spread before you believe a mean.**
//
// ## A map is a linear model
//
// A mean map $\bar J$ promises something: move the inputs away from their mean, and the outputs move by that much,
//
// $$\hat U_k = \bar U_k + \sum_i \bar J_{ki} \, (X_i - \bar X_i)$$
//
// **Exercise 3.** Write this for all states at once. How good it is you will see from $R^2$, the share of the spread that is explained.
//
// <details><summary>Hint</summary>
//
// `tf.matMul(a, b, false, true)` multiplies $a$ by the transpose of $b$. Which one needs it? `states` is [states, inputs], `map` is
// [outputs, inputs], and [states, outputs] should come out. `tf.sub` and `tf.add` work for a matrix and a row, too: row by row.
//
// </details>

// %% exercise="linear-outputs" points=2
function linearOutputs(map: tf.Tensor2D, states: tf.Tensor2D, means: { x: tf.Tensor; u: tf.Tensor }): tf.Tensor2D {
  // BEGIN SOLUTION
  const moved = tf.sub(states, means.x) as tf.Tensor2D;
  return tf.add(tf.matMul(moved, map, false, true), means.u);
  // END SOLUTION
}

// %% reference="linear-outputs"
function linearOutputsReference(
  map: tf.Tensor2D,
  states: tf.Tensor2D,
  { x: meanX, u: meanU }: { x: tf.Tensor; u: tf.Tensor },
): tf.Tensor2D {
  const [rows, from, to] = [map.arraySync(), meanX.dataSync(), meanU.dataSync()];
  const outputs = (state: readonly number[]): number[] =>
    rows.map((row, k) => row.reduce((sum, slope, i) => sum + slope * (state[i]! - from[i]!), to[k]!));
  return tf.tensor2d(states.arraySync().map(outputs));
}

// %% probe="linear-outputs"
{
  const random = numpyRandom(603);
  const map = tf.tensor2d(Array.from(random.normal(0, 1, 12)), [3, 4]);
  const means = {
    x: tf.tensor1d(Array.from(random.normal(2, 1, 4))),
    u: tf.tensor1d(Array.from(random.normal(-1, 1, 3))),
  };
  const many = tf.tensor2d(Array.from(random.normal(2, 2, 40)), [10, 4]);
  await probe('at many states', () => linearOutputs(map, many, means));
  await probe('at the mean', () => linearOutputs(map, tf.expandDims(means.x, 0) as tf.Tensor2D, means));
}

// %%
const smallMap = tf.tensor2d([
  [1, 2],
  [0, -1],
]);
const smallMeans = { x: tf.tensor1d([10, 20]), u: tf.tensor1d([5, 7]) };
const outputsAt = (f: typeof linearOutputs, X: [number, number]): tf.Tensor =>
  f(smallMap, tf.tensor2d([X]), smallMeans).flatten();
await check('linear-outputs', () => linearOutputs, [
  expectClose('at the mean: the mean', (f) => outputsAt(f, [10, 20]), { wanted: [5, 7] }),
  expectClose('the second input one higher', (f) => outputsAt(f, [10, 21]), {
    wanted: [7, 6],
    hint: 'Column 1 of the map is added: 2 and −1. If you got 5 and 6, you have used row 1: transpose the map.',
  }),
  expectClose('both inputs moved', (f) => outputsAt(f, [11, 19]), { wanted: [4, 8] }),
]);

// %% [markdown]
// The competitor is a linear model fitted to the data: linear regression chooses its weights so that the squared errors are least.

// %%
import { linearRegression } from 'netlens';

const fit = linearRegression(x, u);
const regression = tf.tensor2d(fit.coefficients.flat(), [8, 8]);
const means = { x: tf.mean(x, 0), u: tf.mean(u, 0) };
function rSquared(predicted: tf.Tensor): string[] {
  const squares = (other: tf.Tensor): tf.Tensor => tf.sum(tf.square(tf.sub(u, other)), 0);
  return Array.from(tf.sub(1, tf.div(squares(predicted), squares(means.u))).dataSync(), (value) => value.toFixed(3));
}

// %%
await show(() => {
  const models = [
    network.predict(x) as tf.Tensor2D,
    linearOutputs(regression, x, means),
    linearOutputs(meanAndSpread(J)[0], x, means),
  ];
  const index = ['R² of the network', 'of linear regression', 'of the mean map'];
  return new dfd.DataFrame(models.map(rSquared), { columns: place.map((k) => `U${k}`), index });
});

// %%
await show(() => {
  const [mean] = meanAndSpread(J);
  const maps = [
    drawn('mean slopes', mean),
    drawn('linear regression', regression),
    drawn('difference', tf.sub(regression, mean)),
  ];
  return grid(maps, {
    title: 'Are mean slopes the best line?',
    columns: 3,
    sharedScale: true,
    width: 1050,
    height: 400,
  });
});

// %% [markdown]
// **Read the maps.** The diagonals agree. One is tempted to stop here: a slope is the best linear model *at a point*, so the mean of the
// slopes should be the best linear model of all. But beside the diagonal the regression has about −0.13 at three places in each row
// (which?), where the mean slopes have half of that, and another pattern. And it predicts better than the mean map.
//
// **Think.** Is the difference an error of the network?
//
// <details><summary>Then compare</summary>
//
// Fit the linear model to the outputs of the *network* instead of the truth, `linearRegression(x, network.predict(x) as tf.Tensor2D)`:
// you get the same −0.13. So it is not the network. A best line looks at large distances: states far from the mean pull at it most. A mean
// of slopes counts every state the same, and looks at its surroundings only. For inputs with a normal distribution the two are equal
// (Stein's lemma); in general they answer different questions.
//
// </details>
//
// ## Slopes without derivatives
//
// Whatever one can evaluate one can also differentiate: move an input by $h$ to both sides, and see how far the outputs move,
//
// $$J_{ki} \approx \frac{f_k(x + h\,e_i) - f_k(x - h\,e_i)}{2h}$$
//
// where $e_i$ moves input $i$ alone.
//
// **Exercise 4.** Write it, for any function of a list of numbers that gives another. Again a row for each output.
//
// <details><summary>Hint</summary>
//
// `x.with(i, x[i]! + h)` is a copy of `x` in which input `i` is moved. If you go through the inputs, you get the *columns* of the map. The
// rows: `columns[0]!.map((_, k) => columns.map((column) => column[k]!))`.
//
// </details>

// %%
type Outputs = (x: readonly number[]) => number[];

// %% exercise="differences" points=2
function differences(f: Outputs, x: readonly number[], h: number): Matrix {
  // BEGIN SOLUTION
  const columns = x.map((value, i) => {
    const [right, left] = [f(x.with(i, value + h)), f(x.with(i, value - h))];
    return right.map((output, k) => (output - left[k]!) / (2 * h));
  });
  return columns[0]!.map((_, k) => columns.map((column) => column[k]!));
  // END SOLUTION
}

// %% reference="differences"
function differencesReference(f: Outputs, x: readonly number[], h: number): Matrix {
  const outputs = f(x).length;
  return Array.from({ length: outputs }, (_, k) =>
    x.map((_, i) => {
      const at = (step: number): number => f(x.map((value, j) => (i === j ? value + step : value)))[k]!;
      return at(h) / (2 * h) - at(-h) / (2 * h);
    }),
  );
}

// %% probe="differences"
{
  const x = Array.from(numpyRandom(604).normal(0, 1, 4));
  const cubic: Outputs = ([a = 0, b = 0, c = 0, d = 0]) => [a ** 3 + b * c, Math.sin(d) * b, Math.abs(c)];
  await probe('with a large step', () => differences(cubic, x, 0.7));
  await probe('with a small step', () => differences(cubic, x, 1e-4));
  await probe('of one output', () => differences(([a = 0, b = 0]) => [a * b], [2, -3], 0.1));
}

// %% [markdown]
// Two functions to try it on: the network in TensorFlow.js, which computes in single precision (7 digits), and the same network as
// plain data in `netlens/dense`, in double precision (16 digits).

// %%
import { denseStackOf } from 'netlens';
import * as dense from 'netlens/dense';

const stack = denseStackOf(network);
const inDouble: Outputs = (x) => Array.from(dense.predict(stack, x));
const inSingle: Outputs = (x) => Array.from((network.predict(tf.tensor2d([...x], [1, 8])) as tf.Tensor).dataSync());
const exactSlopes = (x: readonly number[]): number[] => Array.from(dense.jacobian(stack, x));

// %%
const products: Outputs = ([a = 0, b = 0, c = 0]) => [a * a + b, b * c];
const corner: Outputs = ([a = 0]) => [Math.max(0, a)];
await check('differences', () => differences, [
  expectClose('of the output a² + b at 1, 2, 3', (of) => of(products, [1, 2, 3], 0.5)[0], {
    wanted: [2, 1, 0],
    hint: 'A row has the three slopes of one output. Divide by 2h: you have gone h to both sides.',
  }),
  expectClose('of the output b c', (of) => of(products, [1, 2, 3], 0.5)[1], { wanted: [0, 3, 2] }),
  expectClose('of three outputs of one input', (of) => of(([a = 0]) => [a, 2 * a, -a], [4], 0.1), {
    wanted: [[1], [2], [-1]],
  }),
  expectClose('on a kink', (of) => of(corner, [0], 0.01), { wanted: [[0.5]], hint: 'To both sides, also here.' }),
  expectClose('of the network', (of) => of(inDouble, stateAt(0), 1e-4).flat(), { wanted: exactSlopes(stateAt(0)) }),
]);

// %% [markdown]
// How large should the step be? Here is the typical error at ten states against it:

// %%
const tenStates = Array.from({ length: 10 }, (_, i) => stateAt(1900 * i));
function typicalError(f: Outputs, h: number): number {
  const errors = tenStates.flatMap((state) => {
    const exact = exactSlopes(state);
    return differences(f, state, h)
      .flat()
      .map((slope, i) => slope - exact[i]!);
  });
  return Math.sqrt(dot(errors, errors) / errors.length);
}

// %%
const exponents = Array.from({ length: 15 }, (_, i) => i / 2 - 7);
const curve = (name: string, f: Outputs) => ({ name, x: exponents, y: exponents.map((e) => typicalError(f, 10 ** e)) });
await show(() =>
  lineChart({
    title: 'Which step is best?',
    xAxis: 'log₁₀ of the step h (X has no unit)',
    yAxis: 'typical error of a slope (no unit)',
    yScale: 'log',
    series: [curve('single precision', inSingle), curve('double precision', inDouble)],
  }),
);

// %% [markdown]
// **Read the figure**, from left to right. With a tiny step the two outputs agree in nearly all digits, and their difference is rounding,
// divided by $2h$. A larger step makes that smaller, in both precisions alike. Then the errors jump up, all at once. What happens there?
//
// A ReLU network is made of flat pieces, joined at *kinks*, where a unit switches on or off. Within a piece every step gives the exact slope.
// A step that crosses a kink gives a mix of two slopes. `finiteDifferences` knows the kinks and counts the steps that cross one.
// Its `step` is in standard deviations of an input, 4.6, and $h$ is the nearest power of two:

// %%
import { finiteDifferences } from 'netlens';

const some = tf.gather(x, tf.range(0, 19_000, 50, 'int32'));
const exactMaps = jacobian(network, some);
const rms = (values: tf.Tensor): number => Math.sqrt(tf.mean(tf.square(values)).dataSync()[0]!);

// %%
const columns = ['step h', 'cross a kink', 'typical error', 'largest error without a kink', 'error of the mean map'];
const steps = [0.001, 0.01, 0.1, 0.3, 1].map((step) => {
  const { values, steps, crossed, crossings } = finiteDifferences(network, some, { step });
  const errors = tf.sub(values, exactMaps);
  const without = tf.mul(errors, tf.sub(1, tf.tensor(Array.from(crossed!), [380, 1, 8])));
  const share = `${((100 * crossings!) / 3040).toFixed(1)} %`;
  const numbers = [rms(errors), tf.max(tf.abs(without)).dataSync()[0]!, rms(tf.mean(errors, 0))];
  return [steps[0]!.toFixed(4), share, ...numbers.map((number) => number.toPrecision(2))];
});
new dfd.DataFrame(steps, { columns });

// %% [markdown]
// **Read the table.** Without a kink the differences are exact, even with a step as large as the spread of $X$. All errors come from kinks.
// And look at the last column: a step of 4, of which nearly all cross a kink, still gives almost the right *mean* map. **A mean map that looks
// right proves little.** Compare state by state.
//
// Do the three ways name the same inputs? Here are the rank correlations (Spearman) of the *sizes* of the slopes, and four more
// measures, state by state and of the means:

// %%
import { compareAttributions } from 'netlens';

const { values: withStep1 } = finiteDifferences(network, some, { step: 0.3 });
const everywhere = tf.tile(tf.expandDims(regression, 0), [380, 1, 1]) as tf.Tensor3D;
compareAttributions(
  { slopes: exactMaps, 'differences, h = 1': withStep1, 'linear regression': everywhere },
  { sizes: true, resamples: 50 },
);

// %% [markdown]
// Pearson's correlation of 0.98 between the mean slopes and the regression is the diagonal, and nothing else. Ask for the *order* of the
// inputs, and half of the agreement is gone.
//
// ## 200 samples in a row
//
// The published text averages the slopes over the first 200 samples of the run. Those are two time units. We have all of the run:

// %%
const first = jacobian(network, tf.slice(run.tensor('X'), [0, 0], [200, 8]));
await show(() => {
  const [few, all] = [meanAndSpread(first)[0], meanAndSpread(J)[0]];
  const maps = [drawn('the first 200', few), drawn('19,001 later ones', all), drawn('difference', tf.sub(few, all))];
  return grid(maps, {
    title: 'Do 200 samples tell the mean?',
    columns: 3,
    sharedScale: true,
    width: 1050,
    height: 400,
  });
});

// %% [markdown]
// Let us have one number for each state: the *brake*, the mean of the eight slopes on the diagonal. How far are both means apart, and how sure
// are they? `meanEstimate` gives $s / \sqrt n$, as in `05-feature-importance`:

// %%
import { meanEstimate, seriesMeanEstimate } from 'netlens';

const brakeOf = (maps: tf.Tensor3D): number[] =>
  Array.from(tf.div(tf.sum(tf.mul(maps, tf.eye(8)), [1, 2]), 8).dataSync());
const [brake, firstBrake] = [brakeOf(J), brakeOf(first)];
const written = ({ value, error }: { value: number; error: number }): string =>
  `${value.toFixed(4)} ± ${error.toFixed(4)}`;
`brake: first 200 ${written(meanEstimate(firstBrake))}, later ones ${written(meanEstimate(brake))}`;

// %% [markdown]
// If these errors were right, that would be no accident. But $s / \sqrt n$ is for *independent* values. Samples 0.01 time units apart are nearly
// the same state: 200 of them do not know 200 things.
//
// The remedy: cut the series into blocks, so long that one block no longer knows of the next, and take the means of the blocks as
// the independent values.
//
// **Exercise 5.** Give the standard error of the mean by blocks: with $B$ whole blocks with means $m_j$ (what is left at the end is dropped),
//
// $$\sqrt{\frac{\sum_j (m_j - \bar m)^2}{B\,(B - 1)}}$$
//
// <details><summary>Hint</summary>
//
// There are `Math.floor(values.length / block)` whole blocks; block `j` is `values.slice(j * block, (j + 1) * block)`. Of their means
// `meanEstimate(…).error` is the standard error.
//
// </details>

// %% exercise="block-error" points=2
function blockError(values: readonly number[], block: number): number {
  // BEGIN SOLUTION
  const blocks = Array.from({ length: Math.floor(values.length / block) }, (_, j) =>
    values.slice(j * block, (j + 1) * block),
  );
  return meanEstimate(blocks.map((one) => sum(one) / block)).error;
  // END SOLUTION
}

// %% reference="block-error"
function blockErrorReference(values: readonly number[], block: number): number {
  const count = Math.floor(values.length / block);
  const means = new Array<number>(count).fill(0);
  for (let n = 0; n < count * block; n += 1) means[Math.floor(n / block)]! += values[n]! / block;
  const squares = means.flatMap((a) => means.map((b) => (a - b) ** 2));
  return Math.sqrt(squares.reduce((total, value) => total + value, 0) / (2 * count * count * (count - 1)));
}

// %% probe="block-error"
{
  const values = Array.from(numpyRandom(605).normal(3, 2, 100));
  await probe('blocks of one', () => blockError(values, 1));
  await probe('blocks that fit', () => blockError(values, 10));
  await probe('blocks that do not fit', () => blockError(values, 7));
}

// %%
await check('block-error', () => blockError, [
  expectClose('blocks of one', (of) => of([1, 2, 3, 6], 1), { wanted: Math.sqrt(14 / 12) }),
  expectClose('two blocks of two', (of) => of([1, 3, 6, 6], 2), {
    wanted: 2,
    hint: 'The means are 2 and 6, their mean 4: √(8 / (2 · 1)).',
  }),
  expectClose('one value is left over', (of) => of([1, 3, 6, 6, 99], 2), {
    wanted: 2,
    hint: 'Whole blocks only: Math.floor.',
  }),
  expectClose('blocks that all have the same mean', (of) => of([0, 4, 4, 0, 1, 3], 2), { wanted: 0 }),
]);

// %%
const sizes = [1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 60, 80, 100, 150, 200];
const { error, autocorrelationTime, effectiveSampleSize } = seriesMeanEstimate(brake);
await show(() =>
  lineChart({
    title: 'How sure is the mean of 19,001 slopes?',
    xAxis: 'block length (samples of 0.01 time units)',
    yAxis: 'error of the mean brake (no unit)',
    yRange: [0, 0.003],
    series: [
      { name: 'by blocks', x: sizes, y: sizes.map((block) => blockError(brake, block)) },
      { name: 'seriesMeanEstimate', x: [1, 200], y: [error, error] },
    ],
  }),
);

// %%
`one independent value every ${autocorrelationTime.toFixed(0)} samples: 19,001 samples count as ${effectiveSampleSize.toFixed(0)}`;

// %% [markdown]
// **Read the figure.** With blocks of one sample, that is with $s/\sqrt n$, the error is three to four times too small. It grows until blocks
// are several memories long, then it stays, within its own noise: long blocks are few. `seriesMeanEstimate` chooses the length itself, and
// uses all blocks that overlap.
//
// Who is right can be tested. Cut the run into 95 pieces of 200. If an error is what it says, then about 68 % of the pieces have the mean of the
// whole run within their mean ± error (63 to 73 %, by chance, with 95 pieces):

// %%
const pieceOf = (values: number[], j: number): number[] => values.slice(200 * j, 200 * (j + 1));
const pieces = Array.from({ length: 95 }, (_, j) => pieceOf(brake, j));
const wholeRun = sum(brake) / brake.length;
const covers = ({ value, error }: { value: number; error: number }): boolean => Math.abs(value - wholeRun) <= error;
const covered = [meanEstimate, seriesMeanEstimate].map((estimate) => {
  const share = pieces.filter((piece) => covers(estimate(piece))).length / 95;
  return [`${(100 * share).toFixed(0)} %`, estimate(firstBrake).error.toFixed(3)];
});
new dfd.DataFrame(covered, {
  columns: ['pieces that cover the mean', 'error of the first 200 samples'],
  index: ['as if independent', 'as a series'],
});

// %%
const early = brakeOf(jacobian(network, tf.slice(run.tensor('X'), [0, 0], [1000, 8])));
const allPieces = [...Array.from({ length: 5 }, (_, j) => pieceOf(early, j)), ...pieces];
const time = Array.from({ length: 100 }, (_, j) => 2 * j + 1);
lineChart({
  title: 'The mean slope of 200 samples, all along the run',
  xAxis: 'time (model units)',
  yAxis: 'mean brake (no unit)',
  series: [
    { name: 'mean of 200 samples', x: time, y: allPieces.map((piece) => meanEstimate(piece).value) },
    { name: 'mean of the run', x: [0, 200], y: [wholeRun, wholeRun] },
  ],
});

// %% [markdown]
// **Read both.** As if independent, the error covers the mean far too seldom; as a series, nearly as often as it should.
// And the very first point, the 200 samples of the published text, lies outside of all others, more than two honest errors away: these
// samples come from a *transient*. The run starts with numbers drawn by chance, and needs a time unit or two until its states are those
// of the system. **200 samples in a row hide two things: that they are few, and that they may be special.**
//
// ## All places are alike
//
// One thing is known about the true answer without any data: the circle has no beginning. What $X_{k+1}$ does to $U_k$ cannot depend on $k$, on average
// over all states. So the mean map must look the same along each diagonal, around the edges too. Such a matrix is called *circulant*, and is
// told by eight numbers: the response to the input that stands $d$ places further.
//
// **Exercise 6.** Give these numbers: for $d = 0, 1 … 7$ the mean over $k$ of `map[k]![(k + d) % 8]!`. Take the size from the map; it may not be 8.
//
// <details><summary>Hint</summary>
//
// `map.map((_, d) => …)` makes one number for each $d$; inside, `sum(map.map((row, k) => …))` goes through the outputs.
//
// </details>

// %% exercise="along-the-ring" points=1
function alongTheRing(map: Matrix): number[] {
  // BEGIN SOLUTION
  return map.map((_, d) => sum(map.map((row, k) => row[(k + d) % map.length]!)) / map.length);
  // END SOLUTION
}

// %% reference="along-the-ring"
function alongTheRingReference(map: Matrix): number[] {
  const sums = new Array<number>(map.length).fill(0);
  for (const [k, row] of map.entries())
    for (const [i, slope] of row.entries()) sums[(i - k + map.length) % map.length]! += slope / map.length;
  return sums;
}

// %% probe="along-the-ring"
{
  const random = numpyRandom(606);
  const map = (n: number): number[][] => Array.from({ length: n }, () => Array.from(random.normal(0, 1, n)));
  const [eight, three] = [map(8), map(3)];
  await probe('of a map of eight places', () => alongTheRing(eight));
  await probe('of a map of three places', () => alongTheRing(three));
}

// %%
import { circulantDefect } from 'netlens';

const toTheNext = [1, 2, 3, 4, 0].map((i) => identity(5)[i]!); // every output answers to the input one place further
const unequal = [5, 3].map((slope, k) => identity(2)[k]!.map((one) => slope * one));

// %%
await check('along-the-ring', () => alongTheRing, [
  expectClose('if all answer to the next place', (of) => of(toTheNext), {
    wanted: [0, 1, 0, 0, 0],
    hint: 'd = 1 is one place further. Behind the last place comes place 0: % map.length.',
  }),
  expectClose('a mean over the places', (of) => of(unequal), { wanted: [4, 0] }),
  expectClose('of the mean slopes', (of) => of(tf.mean(J, 0).arraySync() as number[][]), {
    wanted: circulantDefect(J).kernel,
  }),
]);

// %%
const distance = ['same place', '+1', '+2', '+3', '±4', '−3', '−2', '−1'];
await show(() => {
  const maps = [tf.mean(J, 0), regression, tf.mean(tf.abs(J), 0)].map((map) =>
    alongTheRing(map.arraySync() as number[][]),
  );
  return new dfd.DataFrame(
    maps.map((kernel) => kernel.map((value) => value.toFixed(3))),
    { columns: distance, index: ['mean slope', 'linear regression', 'mean size of the slope'] },
  );
});

// %% [markdown]
// **Read the table.** Sizes of slopes do not cancel: $X_{k+1}$ and $X_{k+2}$ matter most beside $X_k$ itself. Those were the two that stood out in
// `05-feature-importance`. In the row of means you could not have seen that.
//
// How far is the network from treating all places alike? `circulantDefect` measures the distance of a map from its circulant part, root mean square.
// Noise of the mean makes a defect as well; so beside it stands the error of an entry:

// %%
const entryError = (maps: tf.Tensor3D): number => {
  const squares = place.flatMap((k) =>
    place.map((i) => seriesMeanEstimate(tf.slice(maps, [0, k, i], [-1, 1, 1]).dataSync()).error ** 2),
  );
  return Math.sqrt(sum(squares) / squares.length);
};
const defects = [J, first].map((maps) =>
  [circulantDefect(maps).defect, entryError(maps)].map((value) => value.toFixed(3)),
);
new dfd.DataFrame(defects, { columns: ['defect', 'error of an entry'], index: ['19,001 states', 'the first 200'] });

// %% [markdown]
// For the first 200 the defect is mostly noise. With all states it is six times its error: that is the *network*. It has learnt every place for itself,
// from the same kind of data, and got eight slightly different answers.
//
// **Think.** Make a network that treats all places alike, without training anything.
//
// <details><summary>Then compare</summary>
//
// Turn the inputs on the circle by $s$ places, ask the network, and turn the answer back. Do that for all eight $s$, and take the mean. The next
// cells do, with slopes by finite differences: they need nothing but a function.
//
// </details>

// %%
const turned = (values: tf.Tensor2D, s: number): tf.Tensor2D =>
  tf.concat([tf.slice(values, [0, s]), tf.slice(values, [0, 0], [-1, s])], 1);
const around = (x: tf.Tensor2D): tf.Tensor2D => {
  const answers = place.map((s) => turned(network.predict(turned(x, s)) as tf.Tensor2D, (8 - s) % 8));
  return tf.mean(tf.stack(answers), 0);
};

// %%
const bothMaps = [exactMaps, finiteDifferences(around, some).values];
const predicted = [network.predict(x) as tf.Tensor, around(x)];
const compared = bothMaps.map((maps, i) => [circulantDefect(maps).defect.toFixed(4), ...rSquared(predicted[i]!)]);
new dfd.DataFrame(compared, {
  columns: ['defect at 380 states', ...place.map((k) => `R² of U${k}`)],
  index: ['network', 'mean over turns'],
});

// %% [markdown]
// The defect is nearly gone (at 380 states the mean still has some noise), and the predictions are better at *every* place, for nothing. What you know
// about a system beforehand is worth more than a prettier map.
//
// ## What you have learnt
//
// * The slopes of a ReLU network are a product of its weight matrices, without the rows of the units that are off.
// * A mean map hides what changes sign. Show the spread beside it, on the same scale.
// * Mean slopes and the best linear model answer different questions, even if the diagonals agree.
// * Finite differences are exact as long as no step crosses a kink. A mean map does not show whether they did.
// * Samples in a row are few: use errors for series. And the first ones may not belong to the system at all.
// * A symmetry is a test, and a way to a better model.
//
// **Next**: `07-relevance` asks not how an output *would* answer, but how much each input has contributed to it.
