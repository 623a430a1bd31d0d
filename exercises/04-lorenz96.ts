// ---
// jupyter:
//   points: 12
//   kernelspec:
//     display_name: TypeScript (tslab)
//     language: typescript
//     name: tslab
// ---

// %% [markdown]
// # Can a network stand in for what a model leaves out?
//
// Models of the weather resolve what is larger than some kilometres. Clouds and turbulence are smaller, and yet they push on what
// is resolved. A *parameterisation* stands in for them. Here you build one out of a small network, for a toy weather that one can
// simulate completely. So you can see whether it works.
//
// **You will learn**
//
// * to simulate a chaotic system of two scales, and to check it by its energy,
// * why its forecasts fail after a while, and how fast errors grow,
// * to train a network on a time series without fooling yourself,
// * to judge a model by its forecasts and by its climate.
//
// **Time** 50 minutes · **Needs** `01-gradients` · **Next** `05-feature-importance`
//
// The system: E. N. Lorenz, *Predictability: a problem partly solved* (1996). The network follows the recipe of "Interpreting Neural
// Networks" in the book L96_demo (m2lines.github.io/L96_demo), on the same run.

// %%
import * as tf from '@tensorflow/tfjs';
import * as dfd from 'danfojs-node';
import { check, expectClose, lorenz96, show, simulateLorenz96, todo, useBackend } from 'netlens';

await useBackend();

// %% [markdown]
// ## A toy weather
//
// Eight slow variables $X_k$ stand on a circle, like a quantity at eight places around a circle of latitude:
//
// $$\frac{dX_k}{dt} = X_{k-1}\,(X_{k+1} - X_{k-2}) - X_k + F + U_k$$
//
// The first term moves things along the circle, the second is friction, the third a constant forcing, $F = 18$. The last one is what
// the small scale does: each $X_k$ has 32 fast variables $Y_i$, all together one ring of 256 with equations of the same kind, ten
// times as fast and ten times as small. $X_k$ drives its fast variables, and they act back on it by
//
// $$U_k = -\frac{h c}{b} \sum_{i \,\in\, k} Y_i, \qquad h = 1,\ b = c = 10$$
//
// where the sum goes over the 32 fast variables of $X_k$.
// All quantities are without unit; a time of 1 is about five days of real weather.
//
// **Exercise 1.** Write the slow equations without the small scale, that is with $U_k = 0$: give all eight $dX_k/dt$ at a state `X`.
// Indices go round the circle: before number 0 comes number 7.
//
// <details><summary>Hint</summary>
//
// `X[(k + 7) % 8]!` is the neighbour before $k$, `X[(k + 6) % 8]!` the one before that, also for $k = 0$. The exclamation mark tells
// TypeScript that there is such an entry. `X.map((x, k) => …)` makes a new array of the same kind.
//
// </details>

// %% exercise="slow-tendency" points=2
function slowTendency(X: Float64Array, F: number): Float64Array {
  // BEGIN SOLUTION
  return X.map((x, k) => X[(k + 7) % 8]! * (X[(k + 1) % 8]! - X[(k + 6) % 8]!) - x + F);
  // END SOLUTION
}

// %% reference="slow-tendency"
function slowTendencyReference(X: Float64Array, F: number): Float64Array {
  const ring = [X[6]!, X[7]!, ...X, X[0]!];
  return Float64Array.from(X, (x, k) => ring[k + 1]! * ring[k + 3]! - ring[k + 1]! * ring[k]! - x + F);
}

// %% probe="slow-tendency"
{
  const X = numpyRandom(401).normal(2, 4, 8);
  await probe('at any state', () => slowTendency(X, 18));
  await probe('with another forcing', () => slowTendency(X, -3.5));
  await probe('the state afterwards', () => [...slowTendency(X, 2), ...X]);
}

// %%
const ramp = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
await check('slow-tendency', () => slowTendency, [
  expectClose('at rest', (f) => f(new Float64Array(8).fill(18), 18), { wanted: new Array(8).fill(0) }),
  expectClose('in the middle of 1, 2 … 8', (f) => f(ramp, 18).slice(2, 7), {
    wanted: [21, 23, 25, 27, 29],
    hint: 'At k = 2 it is 2 · (4 − 1) − 3 + 18.',
  }),
  expectClose('at the ends of 1, 2 … 8', (f) => [f(ramp, 18)[0], f(ramp, 18)[1], f(ramp, 18)[7]], {
    wanted: [-23, 11, -25],
    hint: 'Before number 0 comes number 7, and before that number 6.',
  }),
]);

// %% [markdown]
// ## Let it run
//
// `simulateLorenz96` solves all 264 equations: 200,000 steps of 0.001, of which every tenth is kept. The seed draws the first state.

// %%
const system = { K: 8, J: 32, F: 18 };
const run = await simulateLorenz96({ ...system, dt: 0.001, stepsPerSample: 10, samples: 20_001, seed: 14 });
run;

// %%
import { heatmap, histogram, lineChart, scatterMatrix } from 'netlens';

const X = (sample: number): Float64Array => run.X.slice(8 * sample, 8 * sample + 8);
const Y = (sample: number): Float64Array => run.Y.slice(256 * sample, 256 * sample + 256);
const place = [0, 1, 2, 3, 4, 5, 6, 7];

// %%
const wide = { width: 860, height: 400 };
const shown = Array.from({ length: 300 }, (_, i) => 1000 + 2 * i);
const axes = { xAxis: 'time (model units)', yAxis: 'place k', zAxis: 'X' };
heatmap({
  title: 'The slow variables: where do waves travel?',
  ...axes,
  x: shown.map((n) => run.time[n]!),
  y: place,
  z: place.map((k) => shown.map((n) => X(n)[k]!)),
  scale: 'sequential',
  ...wide,
});

// %% [markdown]
// **Read the map.** A bright spot is a high value. Follow one through time: it wanders from place to place, towards lower numbers, and
// comes round again. But no pattern repeats exactly.
//
// Now the fast ring at one moment, and the slow variable that drives each part of it, divided by ten:

// %%
const moment = 1400;
const ring = Array.from({ length: 256 }, (_, i) => i);
lineChart({
  title: 'One moment on the fast ring',
  xAxis: 'place on the ring (k + j / 32)',
  yAxis: 'Y, and X / 10',
  series: [
    { name: 'Y', x: ring.map((i) => i / 32), y: Y(moment) },
    { name: 'X / 10', x: ring.map((i) => i / 32), y: ring.map((i) => X(moment)[Math.floor(i / 32)]! / 10) },
  ],
  ...wide,
});

// %% [markdown]
// Where $X_k$ is large, its fast variables are restless. And so they act on $X_k$: here is the coupling $U_k$ beside $X_k$, for one
// place and every tenth sample.

// %%
const tenth = Array.from({ length: 1900 }, (_, i) => 1000 + 10 * i);
scatterMatrix({
  title: 'What the small scale does to X',
  columns: ['X₀', 'U₀'],
  alt: 'X₀ against U₀: the higher X₀, the lower U₀, from about 4 at X₀ = −4 to about −8 at X₀ = 10, in a band some 5 wide.',
  groups: [{ name: 'samples', rows: tenth.map((n) => [run.X[8 * n]!, run.coupling[8 * n]!]) }],
});

// %% [markdown]
// Mostly the coupling works against $X_k$: it brakes. But to one $X_k$ belong many values of $U_k$. What decides between them?
// Partly the neighbours; partly nothing that a model of the slow variables could know.
//
// ## Does the simulation keep its accounts?
//
// Call $E = \tfrac12 \sum_k X_k^2 + \tfrac12 \sum_i Y_i^2$ the energy. Its change is $\sum_k X_k \dot X_k + \sum_i Y_i \dot Y_i$. Put in
// the equations, and much cancels: the terms that move things along a ring only pass energy on, and what $X$ loses to the coupling
// $Y$ gains. What is left:
//
// $$\frac{dE}{dt} = F \sum_k X_k - \sum_k X_k^2 - c \sum_i Y_i^2$$
//
// **Exercise 2.** Give the three terms, with their signs: what the forcing brings in, what the friction of $X$ takes, what the
// friction of $Y$ takes ($F = 18$, $c = 10$).
//
// <details><summary>Hint</summary>
//
// `values.reduce((sum, value) => sum + value, 0)` adds up; `sum + value * value` adds squares.
//
// </details>

// %% exercise="energy-budget" points=2
function energyBudget(X: Float64Array, Y: Float64Array): [forcing: number, slowFriction: number, fastFriction: number] {
  // BEGIN SOLUTION
  const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
  return [18 * X.reduce((sum, x) => sum + x, 0), -squares(X), -10 * squares(Y)];
  // END SOLUTION
}

// %% reference="energy-budget"
function energyBudgetReference(X: Float64Array, Y: Float64Array): [number, number, number] {
  const terms = { forcing: 0, slow: 0, fast: 0 };
  for (const x of X) terms.forcing += 18 * x;
  for (const x of X) terms.slow -= x ** 2;
  for (const y of Y) terms.fast -= 10 * y ** 2;
  return [terms.forcing, terms.slow, terms.fast];
}

// %% probe="energy-budget"
{
  const random = numpyRandom(402);
  const [X, Y] = [random.normal(2, 4, 8), random.normal(0, 0.3, 256)];
  await probe('forcing', () => energyBudget(X, Y)[0]);
  await probe('friction of X', () => energyBudget(X, Y)[1]);
  await probe('friction of Y', () => energyBudget(X, Y)[2]);
}

// %%
const twoScales = lorenz96(system);
const power = (sample: number): number => {
  const state = Float64Array.of(...X(sample), ...Y(sample));
  return twoScales.tendency(state).reduce((sum, slope, i) => sum + slope * state[i]!, 0);
};
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
await check('energy-budget', () => energyBudget, [
  expectClose('of two slow and two fast variables', (of) => of(Float64Array.of(1, 2), Float64Array.of(1, -3)), {
    wanted: [54, -5, -100],
  }),
  expectClose('their sum is the change of the energy', (of) => [0, 700, 9000].map((n) => sum(of(X(n), Y(n)))), {
    wanted: [0, 700, 9000].map(power),
    hint: 'Both kinds of friction take energy away: mind the signs, and the c.',
  }),
]);

// %%
await show(() => {
  const later = tenth.map((n) => energyBudget(X(n), Y(n)));
  const mean = (i: number): string => (sum(later.map((terms) => terms[i]!)) / later.length).toFixed(1);
  const total = (sum(later.flat()) / later.length).toFixed(1);
  return new dfd.DataFrame([[mean(0), mean(1), mean(2), total]], {
    columns: ['forcing', 'friction of X', 'friction of Y', 'sum'],
    index: ['energy per time, mean'],
  });
});

// %% [markdown]
// In the long run the accounts balance. Nearly half of the energy leaves through the small scale: whoever leaves it out has a
// brake too few.
//
// ## Two runs that differ by $10^{-8}$
//
// Take a state of the run, change $X_0$ by $10^{-8}$, and follow both for a while. How far apart are they, in the slow and in the fast
// variables?

// %%
async function distances(sample: number, samples: number): Promise<{ time: number[]; X: number[]; Y: number[] }> {
  const changed = X(sample).map((x, k) => (k === 0 ? x + 1e-8 : x));
  const both = [X(sample), changed].map((X) => ({ X, Y: Y(sample) }));
  const [one, other] = await Promise.all(both.map((initial) => simulateLorenz96({ ...system, samples, initial })));
  const apart = (a: Float64Array, b: Float64Array): number[] =>
    Array.from({ length: samples }, (_, n) => {
      const width = a.length / samples;
      return Math.hypot(...a.slice(n * width, (n + 1) * width).map((value, i) => value - b[n * width + i]!));
    });
  return { time: Array.from(one!.time), X: apart(one!.X, other!.X), Y: apart(one!.Y, other!.Y) };
}

// %% [markdown]
// Chaos means: small errors grow exponentially, on average. Then the logarithm of the distance grows along a straight line, and
// its slope is the *Lyapunov exponent* $\lambda$.
//
// **Exercise 3.** Give the slope of the straight line that fits $\ln d$ best (least squares):
// $\sum (t - \bar t)(\ln d - \overline{\ln d}) \,/ \sum (t - \bar t)^2$, where a bar means the mean.
//
// <details><summary>Hint</summary>
//
// `distance.map(Math.log)` are the logarithms. `sum` from further up adds numbers; a mean is the sum over their number.
//
// </details>

// %% exercise="growth-rate" points=2
function growthRate(time: readonly number[], distance: readonly number[]): number {
  // BEGIN SOLUTION
  const mean = (values: readonly number[]): number => sum(values) / values.length;
  const [t, log] = [mean(time), mean(distance.map(Math.log))];
  const products = time.map((value, i) => (value - t) * (Math.log(distance[i]!) - log));
  return sum(products) / sum(time.map((value) => (value - t) ** 2));
  // END SOLUTION
}

// %% reference="growth-rate"
function growthRateReference(time: readonly number[], distance: readonly number[]): number {
  const [n, logs] = [time.length, distance.map(Math.log)];
  const total = (values: readonly number[]): number => values.reduce((some, value) => some + value, 0);
  const cross = total(time.map((t, i) => t * logs[i]!));
  return (n * cross - total(time) * total(logs)) / (n * total(time.map((t) => t * t)) - total(time) ** 2);
}

// %% probe="growth-rate"
{
  const random = numpyRandom(403);
  const times = Array.from(random.uniform(0, 3, 40));
  const noisy = times.map((t) => 1e-6 * Math.exp(3 * t + random.normal(0, 0.5)));
  await probe('of a noisy growth', () => growthRate(times, noisy));
  await probe('of two points', () => growthRate([1, 4], [5, 0.2]));
  await probe('in another unit of distance', () =>
    growthRate(
      times,
      noisy.map((distance) => 1000 * distance),
    ),
  );
}

// %%
const times = [0, 1, 2, 4];
const growing = times.map((t) => 3 * Math.exp(2 * t));
await check('growth-rate', () => growthRate, [
  expectClose('of 3 exp(2 t)', (rate) => rate(times, growing), {
    wanted: 2,
    hint: 'Take logarithms first: ln d = ln 3 + 2 t.',
  }),
  expectClose('of something that shrinks', (rate) => rate([1, 2, 3], [8, 4, 2]), { wanted: -Math.LN2 }),
  expectClose('of points beside a line', (rate) => rate([0, 1, 2], [1, Math.E, 1]), { wanted: 0 }),
]);

// %% [markdown]
// `lyapunovExponents` measures the exponent without any distance that could grow too large: it follows the *linearised* equations
// along the run.

// %%
import { lyapunovExponents } from 'netlens';

const { exponents, errors } = await lyapunovExponents(twoScales, {
  initial: [...X(1000), ...Y(1000)],
  dt: 0.001,
  samples: 1000,
  spinUpSteps: 2000,
  exponents: 1,
});
const lambda = exponents[0]!;

// %%
const { time, ...distance } = await distances(1000, 601);
lineChart({
  title: 'How fast does an error of 10⁻⁸ grow?',
  xAxis: 'time (model units)',
  yAxis: 'distance of the two runs',
  yScale: 'log',
  series: [
    { name: 'slow variables', x: time, y: distance.X },
    { name: 'fast variables', x: time.slice(5), y: distance.Y.slice(5) },
    { name: 'Lyapunov exponent', x: [0.2, 1], y: [0.2, 1].map((t) => 3e-9 * Math.exp(lambda * t)) },
  ],
});

// %% [markdown]
// One pair of runs is luck. Take ten, and the time from 0.2 to 0.6, when the error has found the fast variables and is still small:

// %%
await show(async () => {
  const rates: number[] = [];
  for (let sample = 1000; sample <= 19_000; sample += 2000) {
    const { time, Y } = await distances(sample, 61);
    rates.push(growthRate(time.slice(20), Y.slice(20)));
  }
  const mean = sum(rates) / rates.length;
  const error = Math.sqrt(sum(rates.map((rate) => (rate - mean) ** 2)) / (rates.length - 1) / rates.length);
  const measured = `Lyapunov exponent ${lambda.toFixed(1)} ± ${errors[0]!.toFixed(1)}`;
  return `Growth of the distance ${mean.toFixed(1)} ± ${error.toFixed(1)}, ${measured} per time unit`;
});

// %% [markdown]
// **Read the figure.** An error grows by $e^{18}$, more than ten million times, within one time unit, until the fast variables of
// the two runs have nothing in common any more. Only then do the slow variables part, at their own, slower pace: after five time
// units they are as far apart as any two states.
//
// So nobody can forecast the small scale. For the slow variables that may not matter: perhaps it is enough to know what the small
// scale does *on average*, given $X$. That is what the network is to learn.
//
// ## Train the network
//
// Inputs are the eight $X_k$, outputs the eight $U_k$; two hidden layers of 16 with ReLU, mean squared error. Which samples
// should be held out?
//
// **Think first.** In `01-gradients`, a quarter of the events was drawn by chance. Why would that be a bad idea here?
//
// <details><summary>Then compare</summary>
//
// Neighbouring samples are only 0.01 apart in time and nearly the same (correlation 0.998). Drawn by chance, every sample that is
// held out would have a twin among those that are learnt from. The network would be tested on what it has seen. So cut in time: learn
// from the first 16,001 samples, and measure on the last 4,000.
//
// </details>

// %%
import { createMlp, liveTraining, loadModel, saveModel, train } from 'netlens';

const [states, couplings] = [run.tensor('X'), run.tensor('coupling')];
const part = (all: tf.Tensor2D, from: number, count: number): tf.Tensor2D => tf.slice(all, [from, 0], [count, -1]);
const learnt = { x: part(states, 0, 16_001), y: part(couplings, 0, 16_001) };
const later = { x: part(states, 16_001, 4000), y: part(couplings, 16_001, 4000) };

// %%
const sizes = { inputs: 8, hidden: [16, 16], outputs: 8 };
const network = createMlp({ ...sizes, activation: 'relu', outputActivation: 'linear', seed: 12 });
await train(network, learnt.x, learnt.y, {
  epochs: 150,
  batchSize: 1024,
  learningRate: 0.003,
  loss: 'meanSquaredError',
  validation: later,
  seed: 12,
  onProgress: liveTraining({ title: 'Does the network learn U?', yAxis: 'mean squared error of U', yScale: 'log' }),
});

// %% [markdown]
// Both curves fall together: the network learns nothing by heart. But is a mean squared error of 2.2 good? Compare it with the
// spread of what is to be learnt:
//
// $$R^2 = 1 - \frac{\sum_n (u_n - \hat u_n)^2}{\sum_n (u_n - \bar u)^2}$$
//
// with the true values $u_n$, their mean $\bar u$ and the predicted $\hat u_n$. Perfect predictions have 1; who always says the mean has 0.
//
// **Exercise 4.** Write it. (Mind which is which: truth and prediction must not change places.)
//
// <details><summary>Hint</summary>
//
// `sum(truth.map((value, n) => …))` goes through both lists together: `predicted[n]!` belongs to `value`.
//
// </details>

// %% exercise="r-squared" points=2
function rSquared(truth: readonly number[], predicted: readonly number[]): number {
  // BEGIN SOLUTION
  const mean = sum(truth) / truth.length;
  const errors = sum(truth.map((value, n) => (value - predicted[n]!) ** 2));
  return 1 - errors / sum(truth.map((value) => (value - mean) ** 2));
  // END SOLUTION
}

// %% reference="r-squared"
function rSquaredReference(truth: readonly number[], predicted: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((some, value) => some + value, 0) / values.length;
  const error = mean(truth.map((value, n) => value * value - 2 * value * predicted[n]! + predicted[n]! ** 2));
  return 1 - error / (mean(truth.map((value) => value * value)) - mean(truth) ** 2);
}

// %% probe="r-squared"
{
  const random = numpyRandom(404);
  const truth = Array.from(random.normal(3, 2, 50));
  await probe('of a good prediction', () =>
    rSquared(
      truth,
      truth.map((value) => value + random.normal(0, 0.5)),
    ),
  );
  await probe('of a bad prediction', () =>
    rSquared(
      truth,
      truth.map((value) => 3 - value),
    ),
  );
  await probe('of a prediction that is off by a constant', () =>
    rSquared(
      truth,
      truth.map((value) => value + 1),
    ),
  );
}

// %%
await check('r-squared', () => rSquared, [
  expectClose('of a perfect prediction', (r2) => r2([1, 2, 6], [1, 2, 6]), { wanted: 1 }),
  expectClose('of the mean', (r2) => r2([1, 2, 6], [3, 3, 3]), { wanted: 0 }),
  expectClose('of a prediction with half the spread', (r2) => r2([-2, 2], [-1, 1]), {
    wanted: 0.75,
    hint: 'Below the line stands the spread of the truth, not that of the prediction.',
  }),
]);

// %%
await show(() => {
  const column = (values: tf.Tensor2D, k: number): number[] => values.arraySync().map((row) => row[k]!);
  const scores = ({ x, y }: typeof learnt): string[] => {
    const predicted = network.predict(x) as tf.Tensor2D;
    return place.map((k) => rSquared(column(y, k), column(predicted, k)).toFixed(3));
  };
  return new dfd.DataFrame([scores(learnt), scores(later)], {
    columns: place.map((k) => `U${k}`),
    index: ['R², learnt from', 'R², later'],
  });
});

// %% [markdown]
// The network explains 88 % of the coupling, at every place about the same (why should places differ?), and nearly as much in the
// later samples. The rest it cannot know: the same $X$ goes with many states of the fast ring.
//
// ## Put it into the model
//
// Now the real test. Leave the fast variables out, and let the network stand in for them. A climate will ask it 160,000 times for
// a single state. `netlens/dense` needs a microsecond or two for each; it takes the network as plain data.

// %%
import { denseStackOf, integrate } from 'netlens';
import { predict } from 'netlens/dense';

const stack = denseStackOf(network);
const couplingOf = (X: Float64Array): Float64Array => predict(stack, X);

// %% [markdown]
// **Exercise 5.** Make a new model: the function that gives $dX/dt$, from your `slowTendency` with $F = 18$ and a function for the
// coupling.
//
// <details><summary>Hint</summary>
//
// Return a function: `return (X) => { … };`. In it ask for the coupling at this `X`, and add it to `slowTendency(X, 18)`, place by place:
// `.map((slope, k) => …)`.
//
// </details>

// %% exercise="with-coupling" points=2
function withCoupling(coupling: (X: Float64Array) => Float64Array): (X: Float64Array) => Float64Array {
  // BEGIN SOLUTION
  return (X) => {
    const U = coupling(X);
    return slowTendency(X, 18).map((slope, k) => slope + U[k]!);
  };
  // END SOLUTION
}

// %% reference="with-coupling"
function withCouplingReference(coupling: (X: Float64Array) => Float64Array): (X: Float64Array) => Float64Array {
  return (X) => {
    const [ring, U] = [[X[6]!, X[7]!, ...X, X[0]!], coupling(X)];
    return Float64Array.from(X, (x, k) => ring[k + 1]! * (ring[k + 3]! - ring[k]!) - x + 18 + U[k]!);
  };
}

// %% probe="with-coupling"
{
  const random = numpyRandom(405);
  const [X, other] = [random.normal(2, 4, 8), random.normal(2, 4, 8)];
  const tendency = withCoupling((state) => state.map((x) => -0.3 * x * x));
  await probe('at any state', () => tendency(X));
  await probe('at another state', () => tendency(other));
  await probe('without a coupling', () => withCoupling((state) => new Float64Array(state.length))(X));
}

// %%
const truth = twoScales.tendency(Float64Array.of(...X(5000), ...Y(5000))).slice(0, 8);
const trueCoupling = run.coupling.slice(8 * 5000, 8 * 5001);
await check('with-coupling', () => withCoupling, [
  expectClose('with the true coupling: as with both scales', (make) => make(() => trueCoupling)(X(5000)), {
    wanted: truth,
    hint: 'The sign is in U already: add it.',
  }),
  expectClose('with more friction', (make) => make((X) => X.map((x) => -x))(new Float64Array(8).fill(9)), {
    wanted: new Array(8).fill(0),
    hint: 'Call coupling(X) inside of the function that you return: it changes with X.',
  }),
]);

// %% [markdown]
// ## Does it forecast?
//
// Three models start from the same state of the complete run: the complete equations, the slow ones with the network, and the slow
// ones alone.

// %%
const forecast = { dt: 0.005, stepsPerSample: 2, samples: 301 };
const first = (states: Float64Array): number[] => Array.from(states).filter((_, i) => i % 8 === 0);
await show(async () => {
  const withNetwork = await integrate(withCoupling(couplingOf), X(8000), forecast);
  const alone = await integrate((X) => slowTendency(X, 18), X(8000), forecast);
  const x = alone.time;
  const series = [
    { name: 'complete', x, y: first(run.X.slice(8 * 8000, 8 * 8301)) },
    { name: 'with network', x, y: first(withNetwork.states) },
    { name: 'slow scale alone', x, y: first(alone.states) },
  ];
  return lineChart({ title: 'How long does a forecast hold?', xAxis: 'time (model units)', yAxis: 'X₀', series });
});

// %% [markdown]
// Without the small scale the forecast is wrong almost at once. With the network it holds for a while, then chaos wins: what
// the network does not know is an error like any other, and it grows.
//
// ## Does it keep the climate?
//
// No model forecasts the weather of next year. Its *climate*, the mean, the spread and the rhythm of the weather, it may still have
// right. So let the models run for 200 time units, and compare.
//
// **Exercise 6.** Rhythm is told by the autocorrelation: how much a value has to do with the one some samples later,
//
// $$r(l) = \frac{\frac{1}{N - l} \sum_{n=0}^{N-l-1} (x_n - \bar x)(x_{n+l} - \bar x)}{\frac1N \sum_{n=0}^{N-1} (x_n - \bar x)^2}$$
//
// Write it for one series and one lag $l$.
//
// <details><summary>Hint</summary>
//
// First take the mean away from all values. If they are called `moved`, then `moved.slice(lag)` starts $l$ later: its entry `n` belongs to
// `moved[n]!`. Each of the two sums is divided by the number of its terms.
//
// </details>

// %% exercise="autocorrelation" points=2
function autocorrelation(values: readonly number[], lag: number): number {
  // BEGIN SOLUTION
  const mean = sum(values) / values.length;
  const moved = values.map((value) => value - mean);
  const products = moved.slice(lag).map((value, n) => value * moved[n]!);
  return sum(products) / products.length / (sum(moved.map((value) => value * value)) / moved.length);
  // END SOLUTION
}

// %% reference="autocorrelation"
function autocorrelationReference(values: readonly number[], lag: number): number {
  const mean = values.reduce((some, value) => some + value, 0) / values.length;
  let [together, alone] = [0, 0];
  for (let n = 0; n < values.length; n += 1) {
    alone += (values[n]! - mean) ** 2 / values.length;
    if (n >= lag) together += ((values[n]! - mean) * (values[n - lag]! - mean)) / (values.length - lag);
  }
  return together / alone;
}

// %% probe="autocorrelation"
{
  const random = numpyRandom(406);
  const values = [2];
  for (let n = 1; n < 60; n += 1) values.push(0.5 + 0.8 * values[n - 1]! + random.normal(0, 1));
  await probe('one later', () => autocorrelation(values, 1));
  await probe('seven later', () => autocorrelation(values, 7));
  await probe('of a series far from 0', () =>
    autocorrelation(
      values.map((value) => value + 50),
      2,
    ),
  );
}

// %%
const swing = Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? 3 : 1));
await check('autocorrelation', () => autocorrelation, [
  expectClose('with itself', (r) => r([1, 5, 2, 8], 0), { wanted: 1 }),
  expectClose('of a swing, half a swing and a whole one later', (r) => [r(swing, 1), r(swing, 2)], {
    wanted: [-1, 1],
    hint: 'Take the mean away first, and divide each sum by the number of its terms.',
  }),
  expectClose('of 1, 2, 3 and 4, one later', (r) => r([1, 2, 3, 4], 1), { wanted: 1 / 3 }),
]);

// %% [markdown]
// Four climates: the complete one, with the network, the slow scale alone, and a third try, in which the coupling is always its
// mean. All places are alike, so one of them will do for the rhythm; for mean and spread take all.

// %%
const century = { ...forecast, samples: 19_001, spinUpSteps: 2000 };
const meanCoupling = sum(Array.from(run.coupling.slice(8000))) / (8 * 19_001);
async function climates(): Promise<{ name: string; states: Float64Array }[]> {
  const climate = async (coupling: (X: Float64Array) => Float64Array): Promise<Float64Array> =>
    (await integrate(withCoupling(coupling), X(8000), century)).states;
  return [
    { name: 'complete', states: run.X.slice(8000) },
    { name: 'with network', states: await climate(couplingOf) },
    { name: 'slow scale alone', states: await climate((X) => X.map(() => 0)) },
    { name: 'mean coupling', states: await climate((X) => X.map(() => meanCoupling)) },
  ];
}

// %%
await show(async () => {
  const rows = (await climates()).map(({ name, states }) => {
    const mean = states.reduce((total, x) => total + x, 0) / states.length;
    const variance = states.reduce((total, x) => total + (x - mean) ** 2, 0) / states.length;
    return [name, mean.toFixed(2), variance.toFixed(1)];
  });
  return new dfd.DataFrame(rows, { columns: ['model', 'mean of X', 'variance of X'] });
});

// %%
await show(async () =>
  histogram({
    title: 'Which values does X take?',
    xAxis: 'X',
    range: [-20, 30],
    bins: 50,
    density: true,
    series: (await climates()).slice(0, 3).map(({ name, states }) => ({ name, values: states })),
  }),
);

// %%
const lags = Array.from({ length: 61 }, (_, i) => 5 * i);
await show(async () =>
  lineChart({
    title: 'Does the model keep the rhythm?',
    xAxis: 'lag (model time units)',
    yAxis: 'autocorrelation of X₀',
    series: (await climates()).map(({ name, states }) => {
      const values = first(states);
      return { name, x: lags.map((lag) => lag / 100), y: lags.map((lag) => autocorrelation(values, lag)) };
    }),
  }),
);

// %% [markdown]
// **Read the figures.** With the network the climate is nearly the complete one: mean, spread, the shape of the histogram. The waves keep
// their rhythm, only a few per cent too fast. Without the small scale, or with its mean only, X swings too far, and one time unit later
// nothing of the rhythm is left. A *constant* brake does not help: what counts is that it answers to X.
//
// **Think.** The mean of X is 0.06 too high. Is that an error of the network, or chance?
//
// <details><summary>Then compare</summary>
//
// Where one $X_k$ is high others are low, so their mean over the circle strays by only 0.56. Samples that follow each other are so
// alike that 200 time units count like some 2000 independent ones (`06-saliency` shows how one knows). So chance makes about
// $0.56 / \sqrt{2000} \approx 0.013$: 0.06 is small, but more than that.
//
// </details>
//
// ## Keep it
//
// In the next notebooks you will ask what the network has learnt. Save it:

// %%
await saveModel(network, 'models/lorenz96');
const shipped = await loadModel('../data/lorenz96-network');
const gap = tf.sub(network.predict(later.x) as tf.Tensor, shipped.predict(later.x) as tf.Tensor);
`largest difference to the network in data/: ${tf.max(tf.abs(gap)).dataSync()[0]}`;

// %% [markdown]
// Same data, same seeds, same recipe: the same network, bit for bit, as the one in `data/lorenz96-network`.
//
// ## What you have learnt
//
// * A simulation can be checked by what must hold exactly, such as its energy budget.
// * In a chaotic system errors grow exponentially, fastest in the smallest scale. Forecasts end; climates do not.
// * Time series are split in time. Samples drawn by chance would test a network on what it has seen.
// * R² says how much of the truth is explained; only the model it is built into says whether that is enough.
//
// **Next**: `05-feature-importance` asks which of its inputs the network would miss most.
