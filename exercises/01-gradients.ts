// ---
// jupyter:
//   points: 11
//   kernelspec:
//     display_name: TypeScript (tslab)
//     language: typescript
//     name: tslab
// ---

// %% [markdown]
// # Which inputs does a network look at?
//
// A small network learns to tell two kinds of events apart, *signal* and *background*. Of each event three numbers were
// measured, its *observables*. Which of them does the network use, and how? You will ask the network itself: by
// differentiating its output with respect to its **inputs**.
//
// **You will learn**
//
// * to train a classifier and to read its curves,
// * to take the gradient of its output at every event, all at once,
// * why the mean of these gradients hides an input that matters, and which numbers show it,
// * what second derivatives add, and how all of them are terms of one Taylor expansion.
//
// **Time** 40 minutes · **Needs** `00-start` · **Next** `02-roc-curves`
//
// The method: S. Wunsch and others, *Identifying the relevant dependencies of the neural network response on
// characteristics of the input space*, Comput. Softw. Big Sci. 2, 5 (2018), arXiv:1803.08782.

// %%
import * as tf from '@tensorflow/tfjs';
import * as dfd from 'danfojs-node';
import { readEvents, useBackend } from 'netlens';

await useBackend();

// %% [markdown]
// ## The events
//
// There are 20,000 events to train with and 20,000 to test with, in each half as many signal as background events. The
// observables have no unit. Here is what one usually looks at first, for the events to train with:

// %%
const events = await readEvents('../data/events.csv');
const table = new dfd.DataFrame(events.train.x.arraySync(), { columns: events.columns.slice() });
table.describe();

// %% [markdown]
// One could now plot everything, and with three observables that is what you should do. Real analyses have hundreds. So
// pretend that you cannot, and let the network look first. You will check its answer at the end.
//
// ## The network
//
// 100 hidden units with a hyperbolic tangent, one output between 0 (background) and 1 (signal). A quarter of the training
// events is held out: the network never learns from them, they only say how well it does on events it has not seen.

// %%
import { createMlp, lineChart, liveTraining, train } from 'netlens';

const network = createMlp({
  inputs: 3,
  hidden: [100],
  outputs: 1,
  activation: 'tanh',
  outputActivation: 'sigmoid',
  seed: 1,
});

// %%
const history = await train(network, events.train.x, events.train.y, {
  epochs: 50,
  batchSize: 1024,
  loss: 'binaryCrossentropy',
  validationSplit: 0.25,
  seed: 1,
  onProgress: liveTraining(),
});

// %%
lineChart({
  title: 'How often is the network right?',
  xAxis: 'epoch',
  yAxis: 'accuracy (share of events)',
  series: [
    { name: 'events it learns from', y: history.accuracy },
    { name: 'events held out', y: history.validationAccuracy },
  ],
});

// %% [markdown]
// **Read the curves.** Do both groups of events agree? Is the training finished after 50 epochs?
//
// <details><summary>Think first, then compare</summary>
//
// The curves of both groups lie on each other: with 501 weights and 15,000 events the network cannot learn events by heart.
// The loss still falls a little at the end. Because the two kinds overlap, no classifier whatsoever can in the long run be right
// in more than 74.4 % of the events or have a mean cross-entropy below 0.506. The network is close to that. (It may even seem
// better: on these 20,000 events the best classifier, which you will meet at the end, happens to be right in 74.8 %.)
//
// </details>
//
// A trained network is worth keeping. Saving and loading gives the same network, bit for bit:

// %%
import { loadModel, saveModel } from 'netlens';

await saveModel(network, 'models/events');
const model = await loadModel('models/events');
const output = (x: tf.Tensor): tf.Tensor => model.apply(x) as tf.Tensor;
const difference = output(events.test.x).sub(network.apply(events.test.x) as tf.Tensor);
`largest difference after loading: ${difference.abs().max().dataSync()[0]}`;

// %% [markdown]
// ## What does it say about the test events?
//
// **Exercise 1.** Separate the outputs of the network by the true class of the event: `label` is 1 for signal and 0 for
// background. Keep the order of the events.
//
// <details><summary>Hint</summary>
//
// `Array.from(outputs)` makes a list of numbers. `values.filter((_, i) => …)` keeps those whose place `i` fulfils something.
//
// </details>

// %%
import { check, expectClose, expectThat, gradient, histogram, scatterMatrix, show, todo } from 'netlens';

// %% exercise="by-class" points=1
function byClass(outputs: ArrayLike<number>, labels: ArrayLike<number>): { signal: number[]; background: number[] } {
  // BEGIN SOLUTION
  const values = Array.from(outputs);
  return { signal: values.filter((_, i) => labels[i] === 1), background: values.filter((_, i) => labels[i] === 0) };
  // END SOLUTION
}

// %% reference="by-class"
function byClassReference(outputs: ArrayLike<number>, labels: ArrayLike<number>) {
  const found = { signal: [] as number[], background: [] as number[] };
  for (let n = 0; n < outputs.length; n += 1) (labels[n] === 1 ? found.signal : found.background).push(outputs[n]!);
  return found;
}

// %% probe="by-class"
{
  const random = numpyRandom(101);
  const outputs = Float32Array.from(random.uniform(0, 1, 300));
  const labels = Float32Array.from(random.integers(0, 2, 300));
  const allBackground = new Float32Array(300);
  await probe('signal among many events', () => byClass(outputs, labels).signal);
  await probe('background among many events', () => byClass(outputs, labels).background);
  await probe('events of one class only', () =>
    Object.values(byClass(outputs, allBackground)).map(({ length }) => length),
  );
}

// %%
await check('by-class', () => byClass([0.9, 0.2, 0.6, 0.4], [1, 0, 0, 1]), [
  expectClose('signal', ({ signal }) => signal, { wanted: [0.9, 0.4] }),
  expectClose('background', ({ background }) => background, {
    wanted: [0.2, 0.6],
    hint: 'Labels are numbers: 0 or 1.',
  }),
]);

// %%
await show(() => {
  const { signal, background } = byClass(output(events.test.x).dataSync(), events.test.y.dataSync());
  return histogram({
    title: 'What the network says about test events',
    xAxis: 'output of the network',
    range: [0, 1],
    bins: 40,
    series: [
      { name: 'signal', values: signal },
      { name: 'background', values: background },
    ],
  });
});

// %% [markdown]
// Signal events get high outputs, background events are spread out, many of them close to 0. The network has learnt
// *something*. But what?
//
// ## Ask for the gradient
//
// The derivative of the output $f$ with respect to an observable, $\partial f / \partial x_i$, says how the output answers when
// that observable changes a little and the others stay. It is the first term of the Taylor expansion of $f$ around the event.
// Training uses derivatives with respect to the *weights*; here the weights stay as they are.
//
// `tf.grad(g)` makes a function that gives the derivative of a **scalar** function $g$. With 20,000 events one could call it
// 20,000 times. There is a better way: sum the outputs of all events. The output of one event does not depend on the
// observables of another, so
//
// $$\frac{\partial}{\partial x_{ni}} \sum_m f(x_m) = \frac{\partial f(x_n)}{\partial x_{ni}}$$
//
// and one call gives the gradients of all events. (If $g$ gives many numbers TensorFlow.js takes their sum without a word, where
// PyTorch and JAX refuse. Write it, and everybody sees what you mean.)
//
// **Exercise 2.** Give the gradient of the output at every event: a tensor of shape [events, 3].
//
// <details><summary>Hint</summary>
//
// Make a function of the inputs whose value is the sum of `f(inputs)`, and give it to `tf.grad`. What comes back is again a function: call it
// with `x`. TensorFlow.js does not know the shape of the result; `as tf.Tensor2D` at the end tells it.
//
// </details>

// %% exercise="event-gradients" points=3
function eventGradients(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor2D): tf.Tensor2D {
  // BEGIN SOLUTION
  return tf.grad((inputs) => f(inputs).sum())(x) as tf.Tensor2D;
  // END SOLUTION
}

// %% reference="event-gradients"
function eventGradientsReference(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor2D): tf.Tensor2D {
  const ofOne = tf.grad((event) => f(tf.expandDims(event, 0)).asScalar());
  return tf.stack(tf.unstack(x).map((event) => ofOne(event))) as tf.Tensor2D;
}

// %% probe="event-gradients"
{
  const x = tf.tensor2d(Array.from(numpyRandom(102).normal(0, 1, 60)), [20, 3]);
  const wave = (inputs: tf.Tensor): tf.Tensor => tf.sum(tf.sin(tf.mul(inputs, [1, 2, 3])), 1, true);
  const bowl = (inputs: tf.Tensor): tf.Tensor => tf.square(tf.prod(inputs, 1, true));
  await probe('of a wave', () => eventGradients(wave, x));
  await probe('of a square of a product', () => eventGradients(bowl, x));
  await probe('at a single event', () => eventGradients(bowl, tf.slice(x, [7, 0], [1, 3])));
}

// %%
const three = tf.tensor2d([
  [1, 1.5, 1],
  [1.5, 0.5, 1],
  [0.5, 2.5, 0],
]);
await check('event-gradients', () => eventGradients, [
  expectClose('of the sum of squares', (grad) => grad((x) => x.square().sum(1, true), three), { wanted: three.mul(2) }),
  expectClose('of the network at three events', (grad) => grad(output, three), {
    wanted: gradient(model, three),
    hint: 'Differentiate the sum of all outputs.',
  }),
  expectClose('at one event alone', (grad) => grad(output, three.slice(1, 1)), {
    wanted: gradient(model, three).slice(1, 1),
  }),
]);

// %% [markdown]
// **Exercise 3.** The gradients of 20,000 events are too many to read. Take their mean over the events: three numbers.
//
// <details><summary>Hint</summary>
//
// Tensors have a method `mean(axis)`. Axis 0 goes along the events, axis 1 along the observables.
//
// </details>

// %% exercise="mean-gradient" points=1
function meanGradient(gradients: tf.Tensor2D): tf.Tensor1D {
  // BEGIN SOLUTION
  return gradients.mean(0);
  // END SOLUTION
}

// %% reference="mean-gradient"
function meanGradientReference(gradients: tf.Tensor2D): tf.Tensor1D {
  const rows = gradients.arraySync();
  return tf.tensor1d(rows[0]!.map((_, i) => rows.reduce((total, row) => total + row[i]!, 0) / rows.length));
}

// %% probe="mean-gradient"
{
  const values = Array.from(numpyRandom(103).normal(0.3, 1, 300));
  await probe('of many events', () => meanGradient(tf.tensor2d(values, [100, 3])));
  await probe('of two observables', () => meanGradient(tf.tensor2d(values, [150, 2])));
}

// %%
const four = tf.tensor2d([
  [0.4, 0.3, 0],
  [0.2, -0.3, 0.1],
  [0.1, 0.5, -0.1],
  [0.5, -0.5, 0.2],
]);
await check('mean-gradient', () => meanGradient(four), [
  expectThat('one number for each observable', (mean) => mean.shape.join() === '3', {
    hint: 'mean(0) averages over the first axis.',
  }),
  expectClose('of four events', (mean) => mean, { wanted: [0.3, 0, 0.05] }),
]);

// %%
await show(() => meanGradient(eventGradients(output, events.test.x)));

// %% [markdown]
// The first observable drives the output up. The other two seem not to matter. **Do you believe that?** What could make a
// mean small although the network reacts strongly?
//
// Look at all of them before you take a mean:

// %%
await show(() => {
  const columns = tf.split(eventGradients(output, events.test.x), 3, 1);
  return histogram({
    title: 'Gradients at the test events',
    xAxis: 'change of the output per unit of the observable',
    range: [-0.8, 0.8],
    bins: 80,
    series: columns.map((values, i) => ({ name: `observable ${i + 1}`, values })),
  });
});

// %% [markdown]
// For the second observable the output rises at one half of the events and falls at the other half, and both are large: the
// mean cancels. For the third one the gradients are small everywhere. The plain mean cannot tell these cases apart.
//
// **Exercise 4.** Repair the mean: average the *absolute value* of the gradients.
//
// <details><summary>Hint</summary>
//
// `gradients.abs()` is a tensor of the same shape.
//
// </details>

// %% exercise="mean-absolute-gradient" points=1
function meanAbsoluteGradient(gradients: tf.Tensor2D): tf.Tensor1D {
  // BEGIN SOLUTION
  return gradients.abs().mean(0);
  // END SOLUTION
}

// %% reference="mean-absolute-gradient"
function meanAbsoluteGradientReference(gradients: tf.Tensor2D): tf.Tensor1D {
  const rows = gradients.arraySync();
  return tf.tensor1d(rows[0]!.map((_, i) => rows.reduce((total, row) => total + Math.abs(row[i]!), 0) / rows.length));
}

// %% probe="mean-absolute-gradient"
{
  const values = Array.from(numpyRandom(104).normal(0.3, 1, 300));
  await probe('of many events', () => meanAbsoluteGradient(tf.tensor2d(values, [100, 3])));
  await probe('of two observables', () => meanAbsoluteGradient(tf.tensor2d(values, [150, 2])));
}

// %%
await check('mean-absolute-gradient', () => meanAbsoluteGradient(four), [
  expectClose('of four events', (mean) => mean, {
    wanted: [0.3, 0.4, 0.1],
    hint: 'First the absolute value, then the mean.',
  }),
]);

// %%
await show(() => meanAbsoluteGradient(eventGradients(output, events.test.x)));

// %% [markdown]
// Now the second observable stands out, and the third one is what it seemed to be.
//
// ## Second derivatives
//
// A gradient that is positive at one event and negative at another must change on the way. The second derivative,
// $\partial^2 f / \partial x_i^2$, says how fast. It is the gradient of the gradient, so `tf.grad` can be used inside of `tf.grad`.
// (TensorFlow.js alone often gets that wrong, without a word. Importing `netlens` repairs it.)
//
// **Exercise 5.** Give $\partial^2 f / \partial x_i^2$ for one observable, $i$ (from 0), at every event: a tensor of shape
// [events, 1].
//
// <details><summary>Hint</summary>
//
// `tf.slice(x, [0, i], [-1, 1])` is column $i$ of x. Make a function whose value is the sum of column $i$ of `eventGradients(f, inputs)`,
// take its gradient as in exercise 2, and from that again column $i$.
//
// </details>

// %%
import { hessian, taylorCoefficients } from 'netlens';

const column = (x: tf.Tensor2D, i: number): tf.Tensor2D => tf.slice(x, [0, i], [-1, 1]);

// %% exercise="second-derivative" points=3
function secondDerivative(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor2D, i: number): tf.Tensor2D {
  // BEGIN SOLUTION
  const slope = (inputs: tf.Tensor): tf.Tensor => column(eventGradients(f, inputs as tf.Tensor2D), i).sum();
  return column(tf.grad(slope)(x) as tf.Tensor2D, i);
  // END SOLUTION
}

// %% reference="second-derivative"
function secondDerivativeReference(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor2D, i: number): tf.Tensor2D {
  return tf.slice(hessian(f, x), [0, i, i], [-1, 1, 1]).reshape([-1, 1]);
}

// %% probe="second-derivative"
{
  const x = tf.tensor2d(Array.from(numpyRandom(105).normal(0, 1, 60)), [20, 3]);
  const mixed = (inputs: tf.Tensor): tf.Tensor => tf.exp(tf.mul(tf.sum(tf.sin(inputs), 1, true), 0.5));
  for (const i of [0, 1, 2]) {
    await probe(`along observable ${i + 1}`, () => secondDerivative(mixed, x, i), { absolute: 1e-4, relative: 1e-3 });
  }
  await probe('of a straight line', () =>
    secondDerivative((inputs) => tf.sum(tf.add(tf.square(inputs), inputs), 1, true), x, 1),
  );
}

// %%
await check('second-derivative', () => secondDerivative, [
  expectClose('of the sum of cubes, observable 2', (second) => second((x) => tf.pow(x, 3).sum(1, true), three, 1), {
    wanted: column(three, 1).mul(6),
    hint: 'The second derivative of x³ is 6 x.',
  }),
  expectClose('of the network, observable 1', (second) => second(output, three, 0), {
    wanted: tf.slice(hessian(model, three), [0, 0, 0], [-1, 1, 1]).reshape([3, 1]),
    hint: 'Differentiate the sum over all events of one column of the gradients.',
  }),
]);

// %%
await show(() => {
  const seconds = [0, 1, 2].map((i) => secondDerivative(output, events.test.x, i));
  const row = (mean: (values: tf.Tensor) => tf.Tensor): string[] =>
    seconds.map((d) => mean(d).dataSync()[0]?.toFixed(3) ?? '');
  return new dfd.DataFrame([row((values) => values.mean()), row((values) => values.abs().mean())], {
    columns: events.columns.slice(),
    index: ['mean second derivative', 'mean |second derivative|'],
  });
});

// %% [markdown]
// A gradient that changes its sign has large second derivatives, but large ones do not yet mean a change of sign: both of the
// first two observables have them. The signed mean tells the two apart. Along observable 1 the output bends up at some events and down at others, as every switch from 0 to 1
// does. Along observable 2 it bends **down** at most events: there is a ridge, a best value.
//
// ## All of it at once: the Taylor view
//
// Around every event the network is nearly a polynomial,
//
// $$f(x + \delta) \approx f(x) + \sum_i t_i\, \delta_i + \sum_{i \le j} t_{ij}\, \delta_i \delta_j, \qquad
// t_i = \frac{\partial f}{\partial x_i}, \quad t_{ii} = \frac12 \frac{\partial^2 f}{\partial x_i^2}, \quad
// t_{ij} = \frac{\partial^2 f}{\partial x_i \partial x_j} \; (i < j)$$
//
// `gradient` and `hessian` give all derivatives at every event.
//
// **Exercise 6.** Write the polynomial at one event: from the value there, the gradient $g$ and the matrix $H$ of second derivatives, for
// a step $\delta$. With the full symmetric matrix it is $f + \sum_i g_i \delta_i + \frac12 \sum_{ij} H_{ij} \delta_i \delta_j$.
//
// <details><summary>Hint</summary>
//
// A function `dot(a, b)` for the sum of products of two lists serves three times: `a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)`.
//
// </details>

// %% exercise="taylor-polynomial" points=2
function taylorPolynomial(
  value: number,
  g: readonly number[],
  H: readonly number[][],
  step: readonly number[],
): number {
  // BEGIN SOLUTION
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
  const bend = H.map((row) => dot(row, step));
  return value + dot(g, step) + dot(bend, step) / 2;
  // END SOLUTION
}

// %% reference="taylor-polynomial"
function taylorPolynomialReference(
  value: number,
  g: readonly number[],
  H: readonly number[][],
  step: readonly number[],
): number {
  let total = value;
  for (const [i, a] of step.entries()) {
    total += g[i]! * a + 0.5 * H[i]![i]! * a * a;
    for (let j = 0; j < i; j += 1) total += H[i]![j]! * a * step[j]!;
  }
  return total;
}

// %% probe="taylor-polynomial"
{
  const random = numpyRandom(106);
  const [g, step, u] = [random.normal(0, 1, 4), random.normal(0, 1, 4), random.normal(0, 1, 4)].map((some) => [
    ...some,
  ]);
  const H = u!.map((a) => u!.map((b) => a * b));
  await probe('in four dimensions', () => taylorPolynomial(0.7, g!, H, step!));
  await probe('without slopes', () => taylorPolynomial(-2, [0, 0, 0, 0], H, step!));
  const steps = [[0, 0, 0, 0], step!.map((a) => -a)];
  await probe('without a step, and backwards', () => steps.map((each) => taylorPolynomial(-2, g!, H, each)));
}

// %%
const product = [
  [0, 1],
  [1, 0],
];
await check('taylor-polynomial', () => taylorPolynomial, [
  expectClose('of a straight line', (f) => f(1, [2], [[0]], [0.5]), { wanted: 2 }),
  expectClose('of x² at 3, for x = 5', (f) => f(9, [6], [[2]], [2]), { wanted: 25, hint: 'Mind the factor one half.' }),
  expectClose('of the product of two numbers at (2, 3), for (3, 5)', (f) => f(6, [3, 2], product, [1, 2]), {
    wanted: 15,
  }),
]);

// %%
await show(() => {
  const event = tf.tensor2d([[1, 1, 1]]);
  const at = (x: tf.Tensor): number => output(x).dataSync()[0] ?? 0;
  const [g, H] = [Array.from(gradient(model, event).dataSync()), hessian(model, event).arraySync()[0] ?? []];
  const straight = H.map((row) => row.map(() => 0));
  const rows = [0.4, 0.2, 0.1, 0.05].map((size) => {
    const step = [size, size, 0];
    const truth = at(event.add(step));
    return [size, ...[straight, H].map((bends) => truth - taylorPolynomial(at(event), g, bends, step))];
  });
  return new dfd.DataFrame(
    rows.map((row) => row.map((value) => value.toFixed(5))),
    { columns: ['step', 'error of the straight line', 'error with the curvature'] },
  );
});

// %% [markdown]
// Halve the step, and the straight line is off by a fourth or a fifth of before, the polynomial of second order by a sixth to an
// eighth. The smaller the step, the closer this comes to 1/4 and 1/8: errors like $\delta^2$ and $\delta^3$.
//
// The means of all coefficients over the events are the shortest summary of what a network does. `taylorCoefficients` gives them, each
// with the error that it has because there are only so many events. (The *scaled* columns are for `03-derivative-maps`.)

// %%
taylorCoefficients(model, events.test.x, { order: 2 });

// %% [markdown]
// **Write down** in one or two sentences, before you go on: how do you expect the observables of signal and background to be
// distributed? Which pairs of observables does the network see together, and which coefficients say so?
//
// ## Look at the data
//
// On the diagonal each observable by itself, off it every pair of observables.

// %%
const isSignal = events.test.y.dataSync();
const rows = events.test.x.arraySync();
scatterMatrix({
  title: 'The observables of the test events',
  columns: ['observable 1', 'observable 2', 'observable 3'],
  range: [-1, 4],
  groups: [
    { name: 'signal', rows: rows.filter((_, i) => isSignal[i] === 1) },
    { name: 'background', rows: rows.filter((_, i) => isSignal[i] === 0) },
  ],
});

// %% [markdown]
// * Observable 1: signal lies higher. More of it means more signal: the gradient is positive everywhere.
// * Observable 2: both have the same mean, 1.5, but signal is narrower. Coming from below, signal becomes more likely up to
//   1.5, and less likely after it: the gradient changes its sign there.
// * Observable 3: no difference. There is nothing to learn.
//
// ## What should the network have learnt?
//
// Here the truth is known. Signal has means (1.5, 1.5, 1) and widths (0.5, 0.5, 0.5), background has means (1, 1.5, 1) and widths
// (0.5, 1, 0.5), all Gaussian and independent. The ratio of the two densities gives the best classifier there can be:
//
// $$p(x) = \frac{1}{1 + e^{-z}}, \qquad z = 2 x_1 - \tfrac{5}{2} - \tfrac{3}{2} (x_2 - \tfrac{3}{2})^2 + \ln 2$$
//
// `optimalClassifier` gives $p$ with its exact derivatives at any events. Compare with what the network has learnt:

// %%
import { optimalClassifier } from 'netlens';

const best = optimalClassifier(events.test.x);
const seconds = (H: tf.Tensor3D): tf.Tensor => tf.sum(tf.mul(H, tf.eye(3)), 2);
const [g, d] = [gradient(model, events.test.x), seconds(hessian(model, events.test.x))];
const [bestG, bestD] = [best.gradient, seconds(best.hessian)];

// %%
const values = [g, bestG, tf.abs(g), tf.abs(bestG), d, bestD, tf.abs(d), tf.abs(bestD)];
const names = ['mean gradient', 'mean |gradient|', 'mean second derivative', 'mean |second derivative|'];
new dfd.DataFrame(
  values.map((value) => Array.from(tf.mean(value, 0).dataSync(), (number) => number.toFixed(3))),
  { columns: events.columns.slice(), index: names.flatMap((name) => [`${name}: network`, `${name}: best`]) },
);

// %% [markdown]
// **Was the network right?** It uses the inputs that one should use, and nearly leaves out the one that says nothing. It does not
// take observable 2 quite seriously enough, and its ridge is too flat. Change `epochs` to 200 and see: now it is a little too
// sharp. The term x1 x2 of the expansion is no mistake: the best classifier has it too, because the last function, which makes a
// probability of $z$, bends all that goes into it.
//
// ## What you have learnt
//
// * One call of `tf.grad` on the sum of the outputs gives the gradient at every event.
// * A mean gradient near zero means *no influence* **or** *influence in both directions*. The mean absolute value tells which.
// * A change of sign needs second derivatives; their signed mean tells a ridge from a switch.
// * All are coefficients of one Taylor expansion. They show what the network *does*. Whether that is right, the data must say.
//
// **Next**: `02-roc-curves` asks how well each observable separates, and what the network adds.
