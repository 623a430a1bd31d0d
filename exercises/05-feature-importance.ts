// ---
// jupyter:
//   points: 9
//   kernelspec:
//     display_name: TypeScript (tslab)
//     language: typescript
//     name: tslab
// ---

// %% [markdown]
// # Which input would a network miss most?
//
// Take one input away from a trained network, and see how much worse it predicts. A network cannot do without a number in that
// place, so give it a wrong one: the same input of another row, drawn by chance. That is *permutation importance*. It needs no
// derivative and works for every model. It is also easily misread.
//
// **You will learn**
//
// * to measure the importance of an input by shuffling it, with its sign and its error,
// * to get rid of the chance altogether,
// * why dependent inputs mislead, and what groups of inputs and blocks of time do about it.
//
// **Time** 40 minutes · **Needs** `04-lorenz96` · **Next** `06-saliency`

// %%
import * as tf from '@tensorflow/tfjs';
import * as dfd from 'danfojs-node';
import { loadModel, simulateLorenz96, useBackend } from 'netlens';

await useBackend();
const network = await loadModel('../data/lorenz96-network');
const run = await simulateLorenz96({ K: 8, J: 32, F: 18, samples: 20_001, seed: 14 });

// %% [markdown]
// The network of the last notebook: from eight slow variables $X_0 … X_7$ on a circle it guesses the eight couplings
// $U_0 … U_7$, what the small scale does to each. All are without unit; samples are 0.01 model time units apart.
//
// The first 1000 samples still remember how the run began, so leave them out. Three data sets: all samples, every 38th, and
// every 190th.

// %%
interface Data {
  readonly x: tf.Tensor2D;
  readonly u: tf.Tensor2D;
}
function every(step: number): Data {
  const rows = tf.range(1000, 20_000, step, 'int32');
  return { x: tf.gather(run.tensor('X'), rows), u: tf.gather(run.tensor('coupling'), rows) };
}
const [all, some, few] = [every(1), every(38), every(190)] as const;
[all, some, few].map(({ x }) => x.shape);

// %%
const place = [0, 1, 2, 3, 4, 5, 6, 7];
const column = (values: tf.Tensor2D, k: number): number[] => Array.from(tf.slice(values, [0, k], [-1, 1]).dataSync());
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const output3 = (rows: number[][]): number[] => column(network.predict(tf.tensor2d(rows)) as tf.Tensor2D, 3);

// %% [markdown]
// ## One shuffle
//
// **Exercise 1.** Shuffle one column of a table: row $n$ gets the value of row `order[n]` there, and keeps all others. Give a new
// table; the old one must stay as it is.
//
// <details><summary>Hint</summary>
//
// `rows.map((row, n) => …)` makes a new table. `row.with(i, value)` gives a copy of a row with another value at place `i`.
//
// </details>

// %%
import { check, expectClose, expectThat, numpyRandom, type Random, show, todo } from 'netlens';

// %% exercise="shuffled-column" points=1
function shuffledColumn(rows: readonly number[][], input: number, order: ArrayLike<number>): number[][] {
  // BEGIN SOLUTION
  return rows.map((row, n) => row.with(input, rows[order[n]!]![input]!));
  // END SOLUTION
}

// %% reference="shuffled-column"
function shuffledColumnReference(rows: readonly number[][], input: number, order: ArrayLike<number>): number[][] {
  const copy = rows.map((row) => [...row]);
  for (let n = 0; n < rows.length; n += 1) copy[n]![input] = rows[order[n]!]![input]!;
  return copy;
}

// %% probe="shuffled-column"
{
  const random = numpyRandom(501);
  const rows = Array.from({ length: 20 }, () => Array.from(random.normal(0, 1, 4)));
  const order = random.permutation(20);
  await probe('the first column', () => shuffledColumn(rows, 0, order));
  await probe('the last column', () => shuffledColumn(rows, 3, order));
  await probe('the old table afterwards', () => [shuffledColumn(rows, 1, order), rows]);
}

// %%
const table = [
  [1, 10],
  [2, 20],
  [3, 30],
];
await check('shuffled-column', () => shuffledColumn, [
  expectClose('the shuffled column', (f) => f(table, 1, [2, 0, 1]).map((row) => row[1]), {
    wanted: [30, 10, 20],
    hint: 'Row 0 gets the value of row order[0], which is 2.',
  }),
  expectClose('the other column', (f) => f(table, 1, [2, 0, 1]).map((row) => row[0]), { wanted: [1, 2, 3] }),
  expectThat('the old table is left alone', (f) => f(table, 0, [1, 2, 0]).length === 3 && table[0]?.[0] === 1, {
    hint: 'row[i] = … changes the old row. Copy it first.',
  }),
]);

// %% [markdown]
// How much worse are the predictions now? Say it by $R^2$, the share of the spread that is explained, as in `04-lorenz96`:
//
// $$R^2 = 1 - \frac{\sum_n (u_n - \hat u_n)^2}{\sum_n (u_n - \bar u)^2}$$
//
// **Exercise 2.** Give the importance: by how much $R^2$ **drops** from the predictions before the shuffle to those after it. If the shuffle
// makes predictions *better*, the drop is negative. Keep that sign.
//
// <details><summary>Hint</summary>
//
// Both $R^2$ have the same spread of the truth below the line. So the drop is (squared errors after − squared errors before) / spread. `sum` from
// further up adds numbers.
//
// </details>

// %% exercise="drop-of-r2" points=2
function dropOfR2(truth: readonly number[], before: readonly number[], after: readonly number[]): number {
  // BEGIN SOLUTION
  const mean = sum(truth) / truth.length;
  const squares = (other: readonly number[]): number => sum(truth.map((value, n) => (value - other[n]!) ** 2));
  return (squares(after) - squares(before)) / squares(truth.map(() => mean));
  // END SOLUTION
}

// %% reference="drop-of-r2"
function dropOfR2Reference(truth: readonly number[], before: readonly number[], after: readonly number[]): number {
  const mean = truth.reduce((some, value) => some + value, 0) / truth.length;
  const spread = Math.hypot(...truth.map((value) => value - mean)) ** 2;
  const r2 = (guess: readonly number[]): number =>
    1 - Math.hypot(...truth.map((value, n) => value - guess[n]!)) ** 2 / spread;
  return r2(before) - r2(after);
}

// %% probe="drop-of-r2"
{
  const random = numpyRandom(502);
  const truth = Array.from(random.normal(3, 2, 40));
  const [good, bad] = [0.3, 3].map((width) => truth.map((value) => value + random.normal(0, width)));
  await probe('of predictions that become worse', () => dropOfR2(truth, good!, bad!));
  await probe('of predictions that become better', () => dropOfR2(truth, bad!, good!));
  await probe('of predictions that stay, and of perfect ones', () =>
    [bad!, truth].map((before) => dropOfR2(truth, before, bad!)),
  );
}

// %%
await check('drop-of-r2', () => dropOfR2, [
  expectClose('from perfect to the mean', (drop) => drop([1, 2, 6], [1, 2, 6], [3, 3, 3]), { wanted: 1 }),
  expectClose('from half the spread to upside down', (drop) => drop([-2, 2], [-1, 1], [2, -2]), {
    wanted: 3.75,
    hint: 'R² of predictions far off is negative: here it goes from 0.75 to −3. Divide by the spread of the truth.',
  }),
  expectClose('from the mean to perfect', (drop) => drop([1, 2, 6], [3, 3, 3], [1, 2, 6]), {
    wanted: -1,
    hint: 'This shuffle helped: the drop is negative. No Math.abs.',
  }),
]);

// %%
function oneShuffle({ x, u }: Data, input: number, random: Random): number {
  const rows = x.arraySync();
  const shuffled = shuffledColumn(rows, input, random.permutation(rows.length));
  return dropOfR2(column(u, 3), output3(rows), output3(shuffled));
}

// %% [markdown]
// Output 3, the hundred rows of `few`, one shuffle of each input, three times over:

// %%
await show(() => {
  const random = numpyRandom(14);
  const shuffles = [1, 2, 3].map(() => place.map((k) => oneShuffle(few, k, random).toFixed(3)));
  return new dfd.DataFrame(shuffles, { columns: place.map((k) => `X${k}`), index: ['first', 'second', 'third'] });
});

// %% [markdown]
// **Read the table.** Every time $X_3$ is by far the most important for $U_3$: the coupling is local. But which input comes second? And
// what about the others? A single shuffle is a random number. Look at two hundred of them:

// %%
import { histogram } from 'netlens';

const draws = (data: Data, input: number): number[] => {
  const random = numpyRandom(input);
  return Array.from({ length: 200 }, () => oneShuffle(data, input, random));
};
await show(() =>
  histogram({
    title: 'What does a single shuffle say?',
    xAxis: 'importance for U₃ (drop of R²)',
    range: [-0.05, 0.25],
    series: [0, 4, 5].map((k) => ({ name: `X${k}`, values: draws(few, k) })),
  }),
);

// %% [markdown]
// The importances of $X_4$ and $X_5$ overlap: one shuffle may rank them either way. With fewer rows the spread is larger. Here are 20 rows:

// %%
await show(() => {
  const values = draws(every(950), 0);
  const negative = values.filter((value) => value < 0).length;
  return `X0, 20 rows: ${negative} of 200 shuffles below zero, the lowest at ${Math.min(...values).toFixed(3)}`;
});

// %% [markdown]
// Some importances are **negative**. That is no mistake: if an input helps little, a wrong value is sometimes better than the right
// one, by chance. Negative values tell you how large the noise is. Whoever takes absolute values, as some programs do, turns this noise
// into importance.
//
// ## Many shuffles
//
// **Exercise 3.** Give the mean of some shuffles and its *standard error*, the standard deviation over $\sqrt n$:
//
// $$\bar v \pm \sqrt{\frac{\sum_i (v_i - \bar v)^2}{n\,(n - 1)}}$$
//
// <details><summary>Hint</summary>
//
// First the mean: `sum(values) / values.length`. Then the squared distances: `values.map((value) => (value - mean) ** 2)`. Give both numbers in
// a list, `[mean, error]`.
//
// </details>

// %% exercise="mean-with-error" points=1
function meanWithError(values: readonly number[]): [mean: number, error: number] {
  // BEGIN SOLUTION
  const mean = sum(values) / values.length;
  const squares = sum(values.map((value) => (value - mean) ** 2));
  return [mean, Math.sqrt(squares / values.length / (values.length - 1))];
  // END SOLUTION
}

// %% reference="mean-with-error"
function meanWithErrorReference(values: readonly number[]): [mean: number, error: number] {
  const n = values.length;
  const pairs = values.flatMap((a, i) => values.slice(0, i).map((b) => (a - b) ** 2));
  const mean = values.reduce((some, value) => some + value / n, 0);
  return [mean, Math.sqrt(pairs.reduce((some, value) => some + value, 0) / (n * n * (n - 1)))];
}

// %% probe="mean-with-error"
{
  const values = Array.from(numpyRandom(503).normal(10, 3, 15));
  await probe('mean', () => meanWithError(values)[0]);
  await probe('error', () => meanWithError(values)[1]);
  await probe('of two numbers', () => meanWithError(values.slice(0, 2)));
}

// %%
await check('mean-with-error', () => meanWithError, [
  expectClose('of 2 and 4', (of) => of([2, 4]), { wanted: [3, 1] }),
  expectClose('of 1, 2, 3 and 6', (of) => of([1, 2, 3, 6]), {
    wanted: [3, Math.sqrt(14 / 12)],
    hint: 'The squared distances add up to 14; divide by n (n − 1) = 12, then take the root.',
  }),
]);

// %%
await show(() => {
  const cell = ([mean, error]: [number, number]): string => `${mean.toFixed(4)} ± ${error.toFixed(4)}`;
  const rows = [4, 5].map((k) => {
    const values = draws(few, k);
    return [5, 20, 200].map((count) => cell(meanWithError(values.slice(0, count))));
  });
  return new dfd.DataFrame(rows, { columns: ['5 shuffles', '20 shuffles', '200 shuffles'], index: ['X4', 'X5'] });
});

// %% [markdown]
// Forty times as many shuffles, and the error falls by about $\sqrt{40}$, or six. `permutationImportance` does all this, faster, and for many
// metrics. Now with all 19,000 rows:

// %%
import { permutationImportance } from 'netlens';

const names = place.map((k) => `X${k}`);
const shuffled = await permutationImportance(network, all.x, all.u, { output: 3, repeats: 10, seed: 14, names });
shuffled;

// %% [markdown]
// The importance of $X_3$ is larger than 1. Isn't $R^2$ at most 1? Yes, but it has no lower end: with a wrong $X_3$ the network
// predicts worse than somebody who always says the mean. It does not *know* that it has been lied to.
//
// ## All shuffles
//
// Chance can be avoided. In a shuffle row $i$ gets the input of some row $k$; over all $n!$ shuffles every $k$ comes
// equally often. So the mean over all shuffles needs only the $n^2$ losses $l_{ik}$: the squared error at row $i$ if the input
// comes from row $k$. On the diagonal, $l_{ii}$, stand the losses of the data as they are.
//
// **Exercise 4.** Given these losses, give the exact importance: the mean of all $l_{ik}$, less the mean of the diagonal.
//
// <details><summary>Hint</summary>
//
// `losses.map(sum)` are the sums of the rows, `losses.map((row, i) => row[i]!)` is the diagonal.
//
// </details>

// %% exercise="exact-rise" points=2
function exactRise(losses: readonly (readonly number[])[]): number {
  // BEGIN SOLUTION
  const diagonal = losses.map((row, i) => row[i]!);
  return sum(losses.map(sum)) / losses.length ** 2 - sum(diagonal) / losses.length;
  // END SOLUTION
}

// %% reference="exact-rise"
function exactRiseReference(losses: readonly (readonly number[])[]): number {
  const n = losses.length;
  const rises = losses.flatMap((row, i) => row.map((loss) => loss - row[i]!));
  return rises.reduce((some, rise) => some + rise, 0) / (n * n);
}

// %% probe="exact-rise"
{
  const random = numpyRandom(504);
  const losses = (n: number): number[][] => Array.from({ length: n }, () => Array.from(random.uniform(0, 5, n)));
  const [many, two] = [losses(12), losses(2)];
  await probe('of many samples', () => exactRise(many));
  await probe('of two samples', () => exactRise(two));
  await probe('of a single sample, and of three', () => [[[3.5]], losses(3)].map(exactRise));
}

// %%
import { exactPermutationImportance } from 'netlens';

const twenty: Data = { x: tf.slice(few.x, [0, 0], [20, -1]), u: tf.slice(few.u, [0, 0], [20, -1]) };
const lossesOfPairs = (input: number): number[][] => {
  const [rows, truth] = [twenty.x.arraySync(), column(twenty.u, 3)];
  return rows.map((row, i) =>
    output3(rows.map((other) => row.with(input, other[input]!))).map((guess) => (guess - truth[i]!) ** 2),
  );
};

// %%
const metric = 'meanSquaredError';
const exactOfTwenty = await exactPermutationImportance(network, twenty.x, twenty.u, { output: 3, metric });
const losses = [
  [1, 2, 6],
  [3, 2, 4],
  [5, 0, 1],
];

// %%
await check('exact-rise', () => exactRise, [
  expectClose('of three rows', (rise) => rise(losses), {
    wanted: 4 / 3,
    hint: 'All nine have the mean 24/9, the diagonal has 4/3.',
  }),
  expectClose('of an input that does not matter', (rise) => rise([1, 2, 3].map((own) => [own, own, own])), {
    wanted: 0,
  }),
  expectClose('of the network at twenty rows', (rise) => place.map((k) => rise(lossesOfPairs(k))), {
    wanted: exactOfTwenty.importancesMean,
  }),
]);

// %% [markdown]
// `exactPermutationImportance` does it for all outputs, and also knows how far a single shuffle strays. With 500 rows these are
// 250,000 predictions for each input. A row of the map shows what matters for one output:

// %%
import { heatmap } from 'netlens';

const exact = await exactPermutationImportance(network, some.x, some.u, { names });
heatmap({
  title: 'Which input matters for which output?',
  xAxis: 'input X, place i',
  yAxis: 'output U, place k',
  zAxis: 'importance (drop of R²)',
  x: place,
  y: place,
  z: exact.outputs.map(({ importancesMean }) => importancesMean),
  scale: 'sequential',
  limits: [0, 0.15],
});

// %% [markdown]
// **Read the map.** The diagonal, about 1.9, is far beyond the colours. To the right of it mostly two neighbours stand out: places $k + 1$ and $k + 2$. That
// is the direction from which waves come. The circle has no beginning, so all rows should look the same, each one place
// further. They nearly do; the rest is the network's own, and chance in what it learnt.
//
// Exact means: without the chance of *shuffles*. Other rows would give other values still. Here are both halves of the 500 rows, for
// output 3:

// %%
const half = (data: Data, from: number): Data => ({
  x: tf.slice(data.x, [from, 0], [250, -1]),
  u: tf.slice(data.u, [from, 0], [250, -1]),
});
const text = (values: ArrayLike<number>): string[] => Array.from(values, (value) => value.toFixed(3));
const halves = [half(some, 0), half(some, 250)].map(({ x, u }) =>
  exactPermutationImportance(network, x, u, { output: 3 }),
);
const [one, other] = await Promise.all(halves);
const ofHalves = [one, other].map((found) => text(found?.importancesMean ?? []));
new dfd.DataFrame(ofHalves, { columns: names, index: ['first half', 'second half'] });

// %% [markdown]
// The halves differ by far more than the error of a mean over many shuffles. That error says how well *these rows* are known, and nothing
// about others.
//
// ## When inputs depend on each other
//
// A shuffle pairs an input with a stranger. If inputs depend on each other, it makes states that never occur. Do they depend here?

// %%
import { scatterMatrix } from 'netlens';

const scaled = tf.tidy(() => {
  const { mean, variance } = tf.moments(all.x, 0);
  return all.x.sub(mean).div(variance.sqrt()) as tf.Tensor2D;
});
const correlations = tf.matMul(scaled, scaled, true).div(all.x.shape[0]);
heatmap({
  title: 'Which inputs depend on each other?',
  ...{ xAxis: 'input X, place i', yAxis: 'input X, place k', zAxis: 'correlation', x: place, y: place },
  z: correlations,
  scale: 'diverging',
});

// %%
const stranger = shuffledPairs();
function shuffledPairs(): number[][] {
  const order = numpyRandom(1).permutation(some.x.shape[0]);
  const rows = some.x.arraySync();
  return rows.map((row, n) => [row[3]!, rows[order[n]!]![5]!]);
}
scatterMatrix({
  title: 'Where does a shuffle of X₅ lead?',
  columns: ['X₃', 'X₅'],
  alt: 'X₃ against X₅. As they are, points fall from the upper left to the lower right, and nearly none has both above 7. With X₅ shuffled, they fill that corner too.',
  groups: [
    { name: 'as they are', rows: some.x.arraySync().map((row) => [row[3]!, row[5]!]) },
    { name: 'X₅ shuffled', rows: stranger },
  ],
});

// %% [markdown]
// **Read the figures.** Second neighbours go against each other (−0.56), fourth ones together (0.54). The shuffle fills the corner at the upper
// right, where hardly a state of the system ever is. What a network says there nobody has taught it; you have seen that in `03-derivative-maps`.
//
// An extreme case shows how far this can go: twins, two inputs that are always equal, and $y$ is twice their value. Any model
// $f = c_1 x_1 + c_2 x_2$ with $c_1 + c_2 = 2$ is then perfect. All these models predict the same. Do they have the same
// importances?
//
// **Exercise 5.** For a perfect linear model the exact rise of the mean squared error, once $x_i$ is shuffled, is
// $2\,c_i^2\,\mathrm{var}(x_i)$, with the variance over $n$. Write it.
//
// <details><summary>Why?</summary>
//
// Row $i$ with the input of row $k$ is off by $c\,(x_k - x_i)$. Over all pairs, the mean of $(x_k - x_i)^2$ is twice the variance.
//
// </details>

// %% exercise="linear-importance" points=1
function linearImportance(coefficient: number, values: readonly number[]): number {
  // BEGIN SOLUTION
  const mean = sum(values) / values.length;
  return 2 * coefficient ** 2 * (sum(values.map((value) => (value - mean) ** 2)) / values.length);
  // END SOLUTION
}

// %% reference="linear-importance"
function linearImportanceReference(coefficient: number, values: readonly number[]): number {
  const squares = values.flatMap((a) => values.map((b) => (coefficient * (a - b)) ** 2));
  return squares.reduce((some, value) => some + value, 0) / squares.length;
}

// %% probe="linear-importance"
{
  const values = Array.from(numpyRandom(505).normal(4, 3, 30));
  await probe('of a positive coefficient', () => linearImportance(1.7, values));
  await probe('of a negative coefficient', () => linearImportance(-0.4, values));
  await probe('of an input that does not vary, and of one that does', () =>
    [5, 6].map((last) => linearImportance(2, [5, 5, last])),
  );
}

// %%
const twin = Array.from(numpyRandom(1).normal(0, 1, 100));
const twins = tf.tensor2d(twin.map((value) => [value, value]));
const twice = tf.tensor1d(twin.map((value) => 2 * value));

// %%
const withCoefficients = (c: [number, number]) =>
  exactPermutationImportance((x) => tf.matMul(x, tf.tensor2d(c, [2, 1])), twins, twice, {
    metric,
    groups: [[0], [1], [0, 1]],
  });
const models: [number, number][] = [
  [2, 0],
  [1, 1],
  [3, -1],
];
const threeToMinusOne = await withCoefficients([3, -1]);

// %%
await check('linear-importance', () => linearImportance, [
  expectClose('of 1, 2 and 3', (f) => f(1, [1, 2, 3]), { wanted: 4 / 3, hint: 'The variance of 1, 2 and 3 is 2/3.' }),
  expectClose('of both twins, for 3 and −1', (f) => [3, -1].map((c) => f(c, twin)), {
    wanted: threeToMinusOne.importancesMean.slice(0, 2),
    hint: 'The coefficient is squared, so its sign does not matter.',
  }),
]);

// %%
await show(async () => {
  const rows: string[][] = [];
  for (const c of models) {
    const { importancesMean } = await withCoefficients(c);
    rows.push([
      c.join(', '),
      ...c.map((one) => linearImportance(one, twin).toFixed(2)),
      text(importancesMean)[2] ?? '',
    ]);
  }
  return new dfd.DataFrame(rows, { columns: ['coefficients', 'twin 1', 'twin 2', 'both together'] });
});

// %% [markdown]
// The same predictions, and three stories about what matters. Importance speaks of a *model*, not of the world. Only in one point all
// agree: shuffled **together**, so that they stay twins, the two inputs matter the same.
//
// ## What would be missed, what would be lost?
//
// A network could also be trained anew without the input. Then the others step in, as far as they know the same. With linear models that takes
// a moment. Compare what the network misses if an input is shuffled with what a model loses that never had it:

// %%
import { linearRegression } from 'netlens';

const truth3 = tf.slice(all.u, [0, 3], [-1, 1]);
const fitWith = (inputs: number[]): number =>
  linearRegression(tf.gather(all.x, tf.tensor1d(inputs, 'int32'), 1), truth3).r2[0]!;
const loss = (k: number): number => fitWith(place) - fitWith(place.filter((input) => input !== k));
new dfd.DataFrame([text(shuffled.importancesMean), text(place.map(loss))], {
  columns: names,
  index: ['shuffled: R² drops by', 'left out: R² of a linear model drops by'],
});

// %% [markdown]
// $X_5$ comes second in the first row, and yet a linear model without it loses almost nothing: its neighbours tell nearly the same. Even
// $X_3$ itself can be replaced in part. Which row is right? Both. The first says what *this network* leans on, the
// second what *the data* need. (A linear model is not the network; train that anew without $X_5$, and see.)
//
// ## Groups
//
// If inputs belong together, shuffle them together. **Exercise 6.** Give all places on the circle of eight that are at most `reach` steps away from
// place `k`, in either direction, without `k` itself, each once, in increasing order.
//
// <details><summary>Hint</summary>
//
// The distance on the circle: `const steps = Math.abs(i - k); Math.min(steps, 8 - steps)`. Then `place.filter(…)`.
//
// </details>

// %% exercise="neighbours" points=2
function neighbours(k: number, reach: number): number[] {
  // BEGIN SOLUTION
  return place.filter((i) => {
    const steps = Math.abs(i - k);
    return i !== k && Math.min(steps, 8 - steps) <= reach;
  });
  // END SOLUTION
}

// %% reference="neighbours"
function neighboursReference(k: number, reach: number): number[] {
  const found = new Set<number>();
  for (let step = 1; step <= Math.min(reach, 4); step += 1) for (const i of [k + step, k - step + 8]) found.add(i % 8);
  return [...found].sort((a, b) => a - b);
}

// %% probe="neighbours"
{
  const sorted = (k: number, reach: number): number[] => neighbours(k, reach).toSorted((a, b) => a - b);
  await probe('at every place, near', () => [0, 1, 2, 3, 4, 5, 6, 7].map((k) => sorted(k, 1)));
  await probe('at every place, further', () => [0, 1, 2, 3, 4, 5, 6, 7].map((k) => sorted(k, 2)));
  await probe('all around', () => [sorted(3, 4), sorted(6, 3), sorted(5, 0)]);
}

// %%
await check('neighbours', () => neighbours, [
  expectClose('of 3, one step away', (of) => of(3, 1), { wanted: [2, 4] }),
  expectClose('of 0, two steps away', (of) => of(0, 2), {
    wanted: [1, 2, 6, 7],
    hint: 'The circle is closed: 7 and 0 are neighbours.',
  }),
  expectClose('of 6, four steps away', (of) => of(6, 4), {
    wanted: [0, 1, 2, 3, 4, 5, 7],
    hint: 'Opposite of 6 is 2, four steps away in both directions: it counts once.',
  }),
]);

// %%
await show(() =>
  permutationImportance(network, all.x, all.u, {
    output: 3,
    seed: 14,
    groups: [[3], ...[1, 2, 3, 4].map((reach) => neighbours(3, reach))],
    names: ['X3 itself', '1 step around', '2 steps around', '3 steps around', 'all others'],
  }),
);

// %% [markdown]
// Importances do not add up, and more is not always more: all others together matter *less* than those within two steps. Why? The larger
// group keeps what belongs together together. Fewer of the states are ones that never occur.
//
// ## A series in time
//
// Rows depend on each other too: samples of a series do. Shuffle blocks of rows, and neighbours in time stay neighbours. How far does a
// single shuffle stray then?

// %%
const strays: string[][] = [];
for (const block of [1, 10, 100, 500]) {
  const found = await permutationImportance(network, all.x, all.u, { output: 3, repeats: 10, seed: 14, block });
  strays.push([String(block), text(found.importancesMean)[3] ?? '', text(found.importancesStd)[3] ?? '']);
}
new dfd.DataFrame(strays, { columns: ['rows in a block', 'importance of X3', 'deviation of a single shuffle'] });

// %% [markdown]
// The importance stays, within what a shuffle strays. But that grows several times over with blocks that are longer than the memory of the system (some 15 samples). A
// shuffle row by row hides it: it looks as sure as if there were 19,000 independent states.
//
// ## What you have learnt
//
// * Permutation importance is a drop of a score. It has a sign, and one shuffle has an error.
// * The mean over all shuffles needs no chance at all: $n^2$ predictions do.
// * It speaks of the model. Inputs that depend on each other share what they know, and shuffling them leads where no state ever was.
// * Groups of inputs and blocks of rows keep together what belongs together.
//
// **Next**: `06-saliency` asks how each output answers when an input changes a little, for the same network.
