// ---
// jupyter:
//   kernelspec:
//     display_name: TypeScript (tslab)
//     language: typescript
//     name: tslab
// ---

// %% [markdown]
// # Which inputs does a network look at?
//
// A small network learns to tell two kinds of events apart, *signal* and *background*. Each event has three observables.
// Which of them does the network use, and how? You will ask the network itself: by differentiating its output with
// respect to its **inputs**.
//
// **You will learn**
//
// * to train a classifier and to read its curves,
// * to take the gradient of its output at every event, all at once,
// * why the mean of these gradients hides an input that matters, and which number shows it.
//
// **Time** 40 minutes · **Needs** `00-start` · **Next** second derivatives, in a later notebook
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
// The loss still falls a little at the end. No classifier whatsoever can be right in more than 74.4 % of these events or have
// a mean cross-entropy below 0.506, because the two kinds overlap. The network is close to that.
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

// %%
import { check, expectClose, expectThat, gradient, histogram, scatterMatrix, show, todo } from 'netlens';

// %% exercise="by-class" points=1
function byClass(outputs: ArrayLike<number>, labels: ArrayLike<number>): { signal: number[]; background: number[] } {
  // BEGIN SOLUTION
  const values = Array.from(outputs);
  return { signal: values.filter((_, i) => labels[i] === 1), background: values.filter((_, i) => labels[i] === 0) };
  // END SOLUTION
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
// and one call gives the gradients of all events.
//
// **Exercise 2.** Give the gradient of the output at every event: a tensor of shape [events, 3].

// %% exercise="event-gradients" points=3
function eventGradients(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor2D): tf.Tensor2D {
  // BEGIN SOLUTION
  return tf.grad((inputs) => f(inputs).sum())(x) as tf.Tensor2D;
  // END SOLUTION
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
    hint: 'tf.grad wants a function with one number as its value: sum the outputs.',
  }),
  expectClose('at one event alone', (grad) => grad(output, three.slice(1, 1)), {
    wanted: gradient(model, three).slice(1, 1),
  }),
]);

// %% [markdown]
// **Exercise 3.** The gradients of 20,000 events are too many to read. Take their mean over the events: three numbers.

// %% exercise="mean-gradient" points=1
function meanGradient(gradients: tf.Tensor2D): tf.Tensor1D {
  // BEGIN SOLUTION
  return gradients.mean(0);
  // END SOLUTION
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
// **Exercise 4.** Count: in which share of the events does the output *rise* with the observable, that is, in which share is
// the gradient positive? Three numbers between 0 and 1.

// %% exercise="rising-share" points=1
function risingShare(gradients: tf.Tensor2D): tf.Tensor1D {
  // BEGIN SOLUTION
  return gradients.greater(0).toFloat().mean(0);
  // END SOLUTION
}

// %%
await check('rising-share', () => risingShare(four), [
  expectClose('of four events', (share) => share, {
    wanted: [1, 0.5, 0.5],
    hint: 'gradients.greater(0) is 1 where it holds.',
  }),
]);

// %%
await show(() => risingShare(eventGradients(output, events.test.x)));

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
// **Exercise 5.** Repair the mean: average the *absolute value* of the gradients.

// %% exercise="mean-absolute-gradient" points=1
function meanAbsoluteGradient(gradients: tf.Tensor2D): tf.Tensor1D {
  // BEGIN SOLUTION
  return gradients.abs().mean(0);
  // END SOLUTION
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
// **Write down** in one or two sentences, before you look: how do you expect the observables of signal and background to be
// distributed? What does a gradient say that is positive on one side and negative on the other?
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
// **Exercise 6.** Write $p$ as a function of a tensor [events, 3]. `tf.split(x, 3, 1)` gives the three columns, each [events, 1].

// %% exercise="best-classifier" points=2
function bestClassifier(x: tf.Tensor): tf.Tensor {
  // BEGIN SOLUTION
  const [x1, x2] = tf.split(x, 3, 1) as [tf.Tensor, tf.Tensor];
  return x1.mul(2).sub(2.5).sub(x2.sub(1.5).square().mul(1.5)).add(Math.LN2).sigmoid();
  // END SOLUTION
}

// %%
const [twice, steep, low] = [tf.tensor2d([[1.25, 1.5, 1]]), tf.tensor2d([[3, 1.5, 1]]), tf.tensor2d([[1.25, 4, 1]])];
await check('best-classifier', () => bestClassifier, [
  expectClose('where signal is twice as likely', (p) => p(twice), { wanted: [[2 / 3]], tolerance: 1e-5 }),
  expectClose('where observable 1 is high', (p) => p(steep), { wanted: [[0.98513]], tolerance: 1e-5 }),
  expectClose('where observable 2 is far off', (p) => p(low), { wanted: [[1.696e-4]], tolerance: 1e-6 }),
]);

// %% [markdown]
// It is a function like the network, so it has gradients at the same events. Compare:

// %%
await show(() => {
  const best = eventGradients(bestClassifier, events.test.x);
  const learnt = eventGradients(output, events.test.x);
  const rows = [meanGradient(learnt), meanGradient(best), meanAbsoluteGradient(learnt), meanAbsoluteGradient(best)];
  return new dfd.DataFrame(
    rows.map((row) => Array.from(row.dataSync(), (value) => Number(value.toFixed(3)))),
    { columns: events.columns.slice(), index: ['mean: network', 'mean: best', 'mean |.|: network', 'mean |.|: best'] },
  );
});

// %% [markdown]
// **Was the network right?** It uses the inputs that one should use, and leaves out the one that says nothing. It takes
// observable 1 a little too seriously and observable 2 not seriously enough: with more training it comes closer. Change `epochs`
// to 200 and see.
//
// ## What you have learnt
//
// * One call of `tf.grad` on the sum of the outputs gives the gradient at every event.
// * A mean gradient near zero means *no influence* **or** *influence in both directions*. The mean absolute value tells which.
// * Gradients show what the network *does*. Whether that is right, the data must say.
//
// **Next**: second derivatives show where a gradient changes its sign.
