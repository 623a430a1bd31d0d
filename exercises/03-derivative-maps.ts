// ---
// jupyter:
//   points: 9
//   kernelspec:
//     display_name: TypeScript (tslab)
//     language: typescript
//     name: tslab
// ---

// %% [markdown]
// # What does a network say where nobody has been?
//
// With two observables one can draw a network: its output, its slopes and its curvature, everywhere. Here the right answer is known
// too. So you can see where the network is right, where it makes things up, and what that does to key figures such as the mean
// absolute gradient.
//
// **You will learn**
//
// * to draw a network and its derivatives as maps, beside the exact ones,
// * where a network extrapolates, and how to notice without knowing the truth,
// * what spoils key figures made of derivatives (units, too little training, chance), and what helps.
//
// **Time** 40 minutes · **Needs** `01-gradients` · **Next** `04-lorenz96`

// %%
import * as tf from '@tensorflow/tfjs';
import { createMlp, grid, heatmap, readEvents, train, useBackend } from 'netlens';

await useBackend();
const events = await readEvents('../data/events.csv');
const firstTwo = (x: tf.Tensor2D): tf.Tensor2D => tf.slice(x, [0, 0], [-1, 2]);
const [trainX, testX] = [firstTwo(events.train.x), firstTwo(events.test.x)];

// %% [markdown]
// Observable 3 says nothing, so it stays out. The rest is as before, with twice as many epochs.

// %%
interface Training {
  readonly seed: number;
  readonly epochs: number;
  readonly activation?: 'tanh' | 'relu' | 'elu';
  readonly onEpoch?: (epoch: number, model: tf.Sequential) => void;
}

// %%
async function trained(x: tf.Tensor2D, { seed, epochs, activation = 'tanh', onEpoch }: Training) {
  const ends = { inputs: x.shape[1], outputs: 1, outputActivation: 'sigmoid' } as const;
  const model = createMlp({ ...ends, hidden: [100], activation, seed });
  const history = await train(model, x, events.train.y, {
    epochs,
    batchSize: 1024,
    loss: 'binaryCrossentropy',
    seed,
    onProgress: ({ epoch }) => onEpoch?.(epoch, model),
  });
  return { model, history };
}

// %%
const { model: network } = await trained(trainX, { seed: 1, epochs: 100 });

// %% [markdown]
// ## The points of a map
//
// The map has 40 × 40 cells and reaches from −2 to 5 in both directions. Each cell shows the value in its **middle**, hence the
// $i + \tfrac{1}{2}$: with its edge instead, the whole picture would be off by half a cell. Row by row, from below:

// %%
const width = 7 / 40;
const centres = Array.from({ length: 40 }, (_, i) => -2 + (i + 0.5) * width);
const points = tf.tensor2d(centres.flatMap((second) => centres.map((first) => [first, second])));
points.shape;

// %%
function map(title: string, z: tf.Tensor, zAxis: string, limits?: [number, number]) {
  const scale = limits && limits[0] < 0 ? 'diverging' : 'sequential';
  const axes = { xAxis: 'observable 1', yAxis: 'observable 2', zAxis, x: centres, y: centres };
  return heatmap({ title, ...axes, z, scale, ...(limits && { limits }) });
}

// %% [markdown]
// ## The output
//
// On the left the network, on the right the best classifier there can be (the first notebook has the formula).

// %%
import { optimalClassifier } from 'netlens';

const best = optimalClassifier(points);
const output = network.apply(points) as tf.Tensor2D;
const probability = 'output (probability of signal)';
grid([map('network', output, probability, [0, 1]), map('best classifier', best.output, probability, [0, 1])], {
  title: 'How probable is signal?',
  columns: 2,
  sharedScale: true,
  height: 430,
});

// %% [markdown]
// **Read the maps.** Signal lives on the right, in a tongue around 1.5 on the vertical axis. The network has found the tongue. But
// at the upper and lower right it says something else than the best classifier. Keep that in mind.
//
// ## The slopes
//
// The best classifier is $p = 1 / (1 + e^{-z})$ with $z = 2 x_1 - \tfrac{5}{2} - \tfrac{3}{2} (x_2 - \tfrac{3}{2})^2 + \ln 2$.
// The chain rule gives its gradient. You need $\frac{dp}{dz} = p\,(1 - p)$.
//
// **Exercise 1.** Write $\partial p / \partial x_1$ and $\partial p / \partial x_2$ at one place, given $p$ there.
//
// <details><summary>Hint</summary>
//
// $\partial z / \partial x_1 = 2$. And $\partial z / \partial x_2$? It is 0 at $x_2 = 1.5$.
//
// </details>

// %%
import { check, expectClose, expectThat, gradient, hessian, show, todo } from 'netlens';

// %% exercise="best-gradient" points=2
function bestGradient(p: number, x2: number): [number, number] {
  // BEGIN SOLUTION
  return [p * (1 - p) * 2, p * (1 - p) * -3 * (x2 - 1.5)];
  // END SOLUTION
}

// %% reference="best-gradient"
function bestGradientReference(p: number, x2: number): [number, number] {
  const h = 1e-5;
  const outputAfter = (rise: number): number => 1 / (1 + ((1 - p) / p) * Math.exp(-rise));
  const slope = (rise: (step: number) => number): number => (outputAfter(rise(h)) - outputAfter(rise(-h))) / (2 * h);
  return [slope((step) => 2 * step), slope((step) => -1.5 * ((x2 + step - 1.5) ** 2 - (x2 - 1.5) ** 2))];
}

// %% probe="best-gradient"
{
  const random = numpyRandom(301);
  const places = Array.from({ length: 20 }, () => [random.uniform(0.01, 0.99), random.uniform(-2, 5)] as const);
  await probe('along the first observable', () => places.map(([p, x2]) => bestGradient(p, x2)[0]));
  await probe('along the second observable', () => places.map(([p, x2]) => bestGradient(p, x2)[1]));
}

// %%
const places = tf.tensor2d([
  [1.25, 1.5],
  [0.5, 2.5],
  [2, 0],
]);
const there = optimalClassifier(places);
await check('best-gradient', () => bestGradient, [
  expectClose('on the axis of the tongue', (of) => of(2 / 3, 1.5), { wanted: [4 / 9, 0] }),
  expectClose('above and below it', (of) => [2.5, 0].map((x2, i) => of(there.output.dataSync()[i + 1] ?? 0, x2)), {
    wanted: there.gradient.slice(1),
    hint: 'The derivative of -3/2 (x2 - 3/2)² is -3 (x2 - 3/2).',
  }),
]);

// %% [markdown]
// **Before you look:** where is the slope along observable 2 positive, where negative, where zero? And the slope along observable 1?
//
// Blue with dashed lines is negative, orange with solid lines is positive, white is zero. All four maps share one scale.

// %%
const slopes = gradient(network, points);
const column = (values: tf.Tensor2D, i: number): tf.Tensor2D => tf.slice(values, [0, i], [-1, 1]);
const perUnit = 'change of the output per unit';
grid(
  [0, 1].flatMap((i) => [
    map(`network, along observable ${i + 1}`, column(slopes, i), perUnit, [-1, 1]),
    map(`best classifier, along observable ${i + 1}`, column(best.gradient, i), perUnit, [-1, 1]),
  ]),
  { title: 'Which way does the output rise?', columns: 2, sharedScale: true, height: 820 },
);

// %% [markdown]
// Along observable 1 the output rises, most steeply at the edge of the tongue. Along observable 2 it rises below 1.5 and
// falls above: that is the change of sign which made the mean gradient vanish. (At the lower edge the network falls again. The
// best classifier does not.)
//
// ## The curvature
//
// Three second derivatives say how the slopes change: $\partial^2 f/\partial x_1^2$, $\partial^2 f/\partial x_1 \partial x_2$ and
// $\partial^2 f/\partial x_2^2$. `hessian` gives all of them at every point, [points, 2, 2]; the matrix is symmetric.

// %%
const curvature = hessian(network, points);
const entry = (values: tf.Tensor3D, i: number, j: number): tf.Tensor => tf.slice(values, [0, i, j], [-1, 1, 1]);
const perSquare = 'change of the slope per unit';
const pairs = [
  [0, 0],
  [0, 1],
  [1, 1],
] as const;

// %%
grid(
  pairs.flatMap(([i, j]) => [
    map(`network, observables ${i + 1} and ${j + 1}`, entry(curvature, i, j), perSquare, [-2, 2]),
    map(`best classifier, observables ${i + 1} and ${j + 1}`, entry(best.hessian, i, j), perSquare, [-2, 2]),
  ]),
  { title: 'How do the slopes change?', columns: 2, sharedScale: true, height: 1200 },
);

// %% [markdown]
// **Read the maps.** In the tongue, the curvature along observable 2 (last row) is strongly negative: the output has a ridge there.
// That is what the *signed* mean second derivative tells. Along observable 1 (first row) both signs occur: before the edge the
// output bends up, behind it down.
//
// Every further derivative looks less like the exact one: differentiating makes small errors large.
//
// ## Where was the network ever taught?
//
// **Exercise 2.** Count how many events lie in each cell of the map. `rows` are the events, each with its two observables; some lie
// outside of the map and do not count. Give 1600 numbers, row by row from below, as for `points`.
//
// <details><summary>Hint</summary>
//
// `Math.floor((value + 2) / width)` is the number of the column (or row), from 0 to 39 inside of the map. The cell in column `i` of
// row `j` has the number `40 * j + i`.
//
// </details>

// %% exercise="events-per-cell" points=2
function eventsPerCell(rows: readonly (readonly number[])[]): number[] {
  // BEGIN SOLUTION
  const counts = new Array<number>(1600).fill(0);
  for (const row of rows) {
    const [i, j] = row.map((value) => Math.floor((value + 2) / width)) as [number, number];
    const isInside = i >= 0 && i < 40 && j >= 0 && j < 40;
    if (isInside) counts[40 * j + i]! += 1;
  }
  return counts;
  // END SOLUTION
}

// %% reference="events-per-cell"
function eventsPerCellReference(rows: readonly (readonly number[])[]): number[] {
  const edges = Array.from({ length: 41 }, (_, i) => -2 + i * width);
  const isBetween = (value: number, i: number): boolean => value >= edges[i]! && value < edges[i + 1]!;
  return Array.from({ length: 1600 }, (_, cell) => {
    return rows.filter(
      ([x = Number.NaN, y = Number.NaN]) => isBetween(x, cell % 40) && isBetween(y, Math.floor(cell / 40)),
    ).length;
  });
}

// %% probe="events-per-cell"
{
  const random = numpyRandom(302);
  const rows = Array.from({ length: 400 }, () => [random.normal(1.5, 1.5), random.normal(2, 1)]);
  await probe('of many events', () => eventsPerCell(rows));
  await probe('outside of the map', () =>
    eventsPerCell([
      [-2.5, 1],
      [1, -2.5],
      [7, 1],
      [1, 7],
      [1, 1],
    ]),
  );
  await probe('of no event, and of one', () => [eventsPerCell([]), eventsPerCell(rows.slice(0, 9))]);
}

// %%
const [lowerLeft, lowerRight, upperLeft, outside] = [
  [-1.99, -1.99],
  [4.99, -1.95],
  [-1.99, 4.99],
  [5.01, 0],
] as const;

// %%
const summary = (counts: readonly number[]) => [counts.length, counts[0], counts[39], counts[1560]];
await check('events-per-cell', () => eventsPerCell, [
  expectClose(
    'cells, and events in three corners',
    (of) => summary(of([lowerLeft, lowerRight, upperLeft, lowerRight])),
    {
      wanted: [1600, 1, 2, 1],
      hint: 'The lower left cell has number 0, the lower right one 39, the upper left one 1560.',
    },
  ),
  expectClose('all events inside', (of) => of([lowerLeft, outside]).reduce((sum, count) => sum + count, 0), {
    wanted: 1,
    hint: 'Events outside of the map do not count.',
  }),
]);

// %%
const difference = tf.sub(output, best.output);
const mapOfEvents = () => {
  const counts = tf.tensor1d(eventsPerCell(trainX.arraySync()));
  return map('training events', tf.log1p(counts).div(Math.LN10), 'log₁₀ (1 + events per cell)');
};
await show(() =>
  grid([mapOfEvents(), map('network − best classifier', difference, 'difference of the outputs', [-1, 1])], {
    title: 'Where were events, and where is the network wrong?',
    columns: 2,
    width: 900,
    height: 430,
  }),
);

// %% [markdown]
// Where events were, the difference is near zero. Outside, the network is not *uncertain*: in places it is wrong with confidence. It
// goes on as its hidden units happen to go on; nothing in the training ever asked about these places.
//
// **Exercise 3.** Put it into two numbers: the root mean square of some values, over those that are chosen.
//
// <details><summary>Hint</summary>
//
// `Array.from(values).filter((_, index) => isChosen(index))` are the chosen ones. Square them, take the mean, then the root.
//
// </details>

// %% exercise="root-mean-square" points=1
function rootMeanSquare(values: ArrayLike<number>, isChosen: (index: number) => boolean): number {
  // BEGIN SOLUTION
  const chosen = Array.from(values).filter((_, index) => isChosen(index));
  return Math.sqrt(chosen.reduce((sum, value) => sum + value * value, 0) / chosen.length);
  // END SOLUTION
}

// %% reference="root-mean-square"
function rootMeanSquareReference(values: ArrayLike<number>, isChosen: (index: number) => boolean): number {
  const chosen = Array.from(values).filter((_, index) => isChosen(index));
  return Math.hypot(...chosen) / Math.sqrt(chosen.length);
}

// %% probe="root-mean-square"
{
  const values = Float32Array.from(numpyRandom(303).normal(1, 2, 200));
  await probe('of all', () => rootMeanSquare(values, () => true));
  await probe('of every third one', () => rootMeanSquare(values, (i) => i % 3 === 1));
  await probe('of a single one', () => rootMeanSquare(values, (i) => i === 77));
}

// %%
await check('root-mean-square', () => rootMeanSquare, [
  expectClose('of all', (rms) => rms([3, -4, 0, 5], () => true), { wanted: Math.sqrt(12.5) }),
  expectClose('of every second one', (rms) => rms([3, -4, 0, 5], (i) => i % 2 === 0), {
    wanted: Math.sqrt(4.5),
    hint: 'Divide by the number of values that are chosen.',
  }),
]);

// %%
await show(() => {
  const counts = eventsPerCell(trainX.arraySync());
  const at = (isChosen: (count: number) => boolean): string =>
    rootMeanSquare(difference.dataSync(), (i) => isChosen(counts[i] ?? 0)).toFixed(3);
  return `typical difference in cells with events ${at((count) => count > 0)}, without events ${at((count) => count === 0)}`;
});

// %% [markdown]
// ## What spoils key figures made of derivatives?
//
// ### Units
//
// Back to three observables. Somebody writes observable 1 in other units, so that its numbers are ten times as large, and observable 3
// so that they are ten times as small. No event has changed, only the way it is written down. Train a network on each:

// %%
import * as dfd from 'danfojs-node';
import { lineChart, taylorCoefficients } from 'netlens';

const factors = tf.tensor1d([10, 1, 0.1]);
const inNewUnits = (x: tf.Tensor2D): tf.Tensor2D => tf.mul(x, factors);
const { model: old } = await trained(events.train.x, { seed: 1, epochs: 50 });
const { model: renewed } = await trained(inNewUnits(events.train.x), { seed: 1, epochs: 50 });

// %%
const meanAbsolute = (values: tf.Tensor): tf.Tensor1D => tf.mean(tf.abs(values), 0);
const rounded = (values: tf.Tensor): string[] => Array.from(values.dataSync(), (value) => value.toFixed(3));
const [oldX, newX] = [events.test.x, inNewUnits(events.test.x)];
const [oldGradients, newGradients] = [gradient(old, oldX), gradient(renewed, newX)];
new dfd.DataFrame([rounded(meanAbsolute(oldGradients)), rounded(meanAbsolute(newGradients))], {
  columns: events.columns.slice(),
  index: ['mean |gradient|, old units', 'mean |gradient|, new units'],
});

// %% [markdown]
// Whoever sees only the second row believes that observable 1 matters least, less than the useless observable 3. A gradient is a
// change *per unit*; with the unit ten times as small, so is the gradient.
//
// **Exercise 4.** Make it independent of units: the mean absolute gradient, times the standard deviation of each observable. It says
// how much the output changes when an observable moves by its typical spread.
//
// <details><summary>Hint</summary>
//
// `tf.moments(x, 0).variance` is the variance of each column, `.sqrt()` the root of it.
//
// </details>

// %% exercise="per-deviation" points=2
function perDeviation(gradients: tf.Tensor2D, x: tf.Tensor2D): tf.Tensor1D {
  // BEGIN SOLUTION
  return gradients.abs().mean<tf.Tensor1D>(0).mul(tf.moments(x, 0).variance.sqrt());
  // END SOLUTION
}

// %% reference="per-deviation"
function perDeviationReference(gradients: tf.Tensor2D, x: tf.Tensor2D): tf.Tensor1D {
  const [rows, events] = [gradients.arraySync(), x.arraySync()];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const figures = rows[0]!.map((_, i) => {
    const column = events.map((row) => row[i]!);
    const variance = mean(column.map((value) => value * value)) - mean(column) ** 2;
    return mean(rows.map((row) => Math.abs(row[i]!))) * Math.sqrt(variance);
  });
  return tf.tensor1d(figures);
}

// %% probe="per-deviation"
{
  const random = numpyRandom(304);
  const [slopes, x] = [
    tf.tensor2d(Array.from(random.normal(0, 1, 120)), [40, 3]),
    tf.tensor2d(Array.from(random.normal(1, 2, 120)), [40, 3]),
  ];
  await probe('of many events', () => perDeviation(slopes, x));
  await probe('in other units', () => perDeviation(slopes, tf.mul(x, [10, 1, 0.1])));
}

// %%
const twoGradients = tf.tensor2d([
  [0.5, -1],
  [-0.1, 3],
]);
const twoEvents = tf.tensor2d([
  [1, 2],
  [5, 3],
]);
await check('per-deviation', () => perDeviation(twoGradients, twoEvents), [
  expectThat('one number for each observable', (values) => values.shape.join() === '2', {
    hint: 'Take means along axis 0.',
  }),
  expectClose('of two events', (values) => values, { wanted: [0.6, 1], hint: 'The deviations are 2 and 0.5.' }),
]);

// %%
await show(() => {
  const rows = [perDeviation(oldGradients, oldX), perDeviation(newGradients, newX)];
  return new dfd.DataFrame(rows.map(rounded), {
    columns: events.columns.slice(),
    index: ['per deviation, old units', 'per deviation, new units'],
  });
});

// %% [markdown]
// The order is back. `taylorCoefficients` does the same for every order: what it calls *scaled* is multiplied by the standard
// deviation of each observable in the term. Its mean absolute values, as they are and scaled:

// %%
const newTerms = taylorCoefficients(renewed, newX, { order: 2 });
const rows = taylorCoefficients(old, oldX, { order: 2 }).map((term, k) => {
  const name = term.inputs.map((input) => events.columns[input]).join(' ');
  const four = [term, newTerms[k], term.scaled, newTerms[k]?.scaled];
  return [name, ...four.map((figures) => figures?.meanAbsolute.value.toFixed(3) ?? '')];
});
new dfd.DataFrame(rows, { columns: ['term', 'old units', 'new units', 'scaled, old units', 'scaled, new units'] });

// %% [markdown]
// The scaled columns tell the same story in both units. Yet they are not equal, because the *training* depends on units too: a
// network learns slowly from numbers of very different size. The cure for both is to **standardise**: subtract the mean, divide by
// the standard deviation, and train on that.
//
// **Exercise 5.** Standardise the columns of x with the mean and the deviation of the columns of `like`. (Test events must be treated
// with the numbers of the training events: the network knows no others.)
//
// <details><summary>Hint</summary>
//
// `tf.moments(like, 0)` gives `{ mean, variance }` of each column. `x.sub(…)` and `x.div(…)` work row by row, if they get one number for each
// column.
//
// </details>

// %% exercise="standardised" points=1
function standardised(x: tf.Tensor2D, like: tf.Tensor2D): tf.Tensor2D {
  // BEGIN SOLUTION
  const { mean, variance } = tf.moments(like, 0);
  return x.sub(mean).div(variance.sqrt());
  // END SOLUTION
}

// %% reference="standardised"
function standardisedReference(x: tf.Tensor2D, like: tf.Tensor2D): tf.Tensor2D {
  const rows = like.arraySync();
  const figures = rows[0]!.map((_, i) => {
    const mean = rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length;
    return { mean, deviation: Math.hypot(...rows.map((row) => row[i]! - mean)) / Math.sqrt(rows.length) };
  });
  return tf.tensor2d(
    x.arraySync().map((row) => row.map((value, i) => (value - figures[i]!.mean) / figures[i]!.deviation)),
  );
}

// %% probe="standardised"
{
  const random = numpyRandom(305);
  const [x, other] = [
    tf.tensor2d(Array.from(random.normal(1, 2, 90)), [30, 3]),
    tf.tensor2d(Array.from(random.normal(-3, 1, 90)), [30, 3]),
  ];
  await probe('the events themselves', () => standardised(x, x));
  await probe('other events', () => standardised(x, other));
}

// %%
const like = tf.tensor2d([1, 10, 3, 50], [2, 2]);
await check('standardised', () => standardised, [
  expectClose('the events themselves', (of) => of(like, like), {
    wanted: [
      [-1, -1],
      [1, 1],
    ],
  }),
  expectClose('another event', (of) => of(tf.tensor2d([[4, 30]]), like), {
    wanted: [[2, 0]],
    hint: 'Use the mean and the deviation of `like`.',
  }),
]);

// %%
await show(async () => {
  const meanGradient = async (train: tf.Tensor2D, test: tf.Tensor2D): Promise<string[]> => {
    const { model } = await trained(standardised(train, train), { seed: 1, epochs: 50 });
    return rounded(meanAbsolute(gradient(model, standardised(test, train))));
  };
  const rows = [
    await meanGradient(events.train.x, events.test.x),
    await meanGradient(inNewUnits(events.train.x), inNewUnits(events.test.x)),
  ];
  const index = ['standardised, old units', 'standardised, new units'];
  return new dfd.DataFrame(rows, { columns: events.columns.slice(), index });
});

// %% [markdown]
// Now units do not matter at all, neither for the training nor for the gradients.
//
// **Look closely.** Per unit, observable 1 was clearly ahead; per deviation the first two are about equal. Which one is right? Both: they
// answer different questions. Say which one you ask.
//
// ### Training time and chance
//
// Five networks that differ in nothing but their seed: other first weights, another order of events. Watch the mean absolute gradient
// along observable 2 while they learn.

// %%
const epochs = 100;
const seeds = [1, 2, 3, 4, 5];
const histories: { loss: readonly number[]; slope: readonly number[] }[] = [];
for (const seed of seeds) {
  const slope: number[] = [];
  const onEpoch = (epoch: number, model: tf.Sequential): void => {
    if (epoch % 5 === 0) slope.push(meanAbsolute(gradient(model, testX)).dataSync()[1] ?? 0);
  };
  const { history } = await trained(trainX, { seed, epochs, onEpoch });
  histories.push({ loss: history.loss, slope });
}

// %%
const measured = Array.from({ length: epochs / 5 }, (_, i) => 5 * (i + 1));
const exact = meanAbsolute(optimalClassifier(testX).gradient).dataSync()[1] ?? 0;
lineChart({
  title: 'When does the key figure settle?',
  xAxis: 'epoch',
  yAxis: 'mean |slope|, observable 2 (per unit)',
  series: [
    { name: 'best classifier', x: [0, epochs], y: [exact, exact] },
    ...histories.map(({ slope }, i) => ({ name: `seed ${seeds[i]}`, x: measured, y: slope })),
  ],
});

// %% [markdown]
// **Exercise 6.** Chance needs an error bar. Give the mean of some numbers and their standard deviation (divide by one less than their
// number, because the mean was taken from the same numbers).
//
// <details><summary>Hint</summary>
//
// `values.reduce((sum, value) => sum + (value - mean) ** 2, 0)` adds up the squared distances from the mean.
//
// </details>

// %% exercise="mean-and-spread" points=1
function meanAndSpread(values: readonly number[]): [mean: number, spread: number] {
  // BEGIN SOLUTION
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(squares / (values.length - 1))];
  // END SOLUTION
}

// %% reference="mean-and-spread"
function meanAndSpreadReference(values: readonly number[]): [mean: number, spread: number] {
  let [mean, squares] = [0, 0];
  for (const [n, value] of values.entries()) {
    const off = value - mean;
    mean += off / (n + 1);
    squares += off * (value - mean);
  }
  return [mean, Math.sqrt(squares / (values.length - 1))];
}

// %% probe="mean-and-spread"
{
  const values = Array.from(numpyRandom(306).normal(100, 3, 12));
  await probe('mean of many numbers', () => meanAndSpread(values)[0], { absolute: 0, relative: 1e-9 });
  await probe('spread of many numbers', () => meanAndSpread(values)[1], { absolute: 0, relative: 1e-9 });
  await probe('of two numbers', () => meanAndSpread(values.slice(3, 5)), { absolute: 0, relative: 1e-9 });
}

// %%
await check('mean-and-spread', () => meanAndSpread, [
  expectClose('of 1, 2 and 6', (of) => of([1, 2, 6]), { wanted: [3, Math.sqrt(7)], hint: 'Divide 4 + 1 + 9 by 2.' }),
  expectClose('of equal numbers', (of) => of([5, 5]), { wanted: [5, 0] }),
]);

// %%
await show(() => {
  const text = (values: readonly number[]): string => {
    const [mean, spread] = meanAndSpread(values);
    return `${mean.toFixed(3)} ± ${spread.toFixed(3)}`;
  };
  const rows = [10, 25, 50, 100].map((epoch) => [
    String(epoch),
    text(histories.map(({ loss }) => loss[epoch - 1] ?? 0)),
    text(histories.map(({ slope }) => slope[epoch / 5 - 1] ?? 0)),
  ]);
  return new dfd.DataFrame([...rows, ['best classifier', '0.506', exact.toFixed(3)]], {
    columns: ['epoch', 'loss', 'mean |slope| along observable 2'],
  });
});

// %% [markdown]
// **Read the table.** After 25 epochs the loss has made most of its way, and the seeds differ by one per cent in it. The key figure is
// only a third of what it will be, and differs by almost a fifth. Stopped there, a network would have told you that observable 2 matters
// little. So watch the key figures that you want to use, not only the loss.
//
// And in the end? All five agree, and all five are too high. They have learnt from the same events and are of the same kind. The
// spread between trainings shows what the *training* leaves to chance, and nothing else.
//
// ### Where networks disagree
//
// In real life there is no exact answer. But one can train networks of **different kinds** that are equally good. Where events
// were, they have to agree. Elsewhere each goes on in its own way.

// %%
const kinds = ['tanh', 'relu', 'elu'] as const;
const outputs: tf.Tensor2D[] = [];
for (const activation of kinds) {
  const { model, history } = await trained(trainX, { seed: 1, epochs: 100, activation });
  outputs.push(model.apply(points) as tf.Tensor2D);
  await show(`${activation}: loss ${history.loss.at(-1)?.toFixed(4)}`);
}

// %%
const spread = tf.moments(tf.concat(outputs, 1), 1).variance.sqrt();
await show(() =>
  grid([map('spread of three networks', spread, 'standard deviation of the outputs'), mapOfEvents()], {
    title: 'Where do networks that are equally good disagree?',
    columns: 2,
    width: 900,
    height: 430,
  }),
);

// %%
await show(() => {
  const counts = eventsPerCell(trainX.arraySync());
  const at = (isChosen: (count: number) => boolean): string =>
    rootMeanSquare(spread.dataSync(), (i) => isChosen(counts[i] ?? 0)).toFixed(3);
  return `typical spread in cells with events ${at((count) => count > 0)}, without events ${at((count) => count === 0)}`;
});

// %% [markdown]
// Without events the spread is several times as large. That is a warning, not a measure: the networks can also be wrong together,
// as around (4, 4), where all of them expect signal and the best classifier does not.
//
// ## What you have learnt
//
// * Maps of a function and its derivatives show what means hide. Higher derivatives are learnt later and less well.
// * Outside of the data a network is confident and wrong. Evaluate derivatives where events are, not where they could be.
// * Key figures made of derivatives depend on units (scale them, or standardise the inputs), on the training time (watch them, not only
//   the loss) and on chance (train several networks and give the spread).
// * Networks of different kinds that are equally good show where they had nothing to learn from.
//
// **Next**: `04-lorenz96` trains a network for a toy weather and builds it into a model. The notebooks after it ask what that network has
// learnt. (Or take a model of your own first: `gradient`, `hessian` and `taylorCoefficients` take any.)
