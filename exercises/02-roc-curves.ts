// ---
// jupyter:
//   points: 10
//   kernelspec:
//     display_name: TypeScript (tslab)
//     language: typescript
//     name: tslab
// ---

// %% [markdown]
// # How well does a number separate signal from background?
//
// Each observable of an event is a number, and so is the output of a network. Cut at some value, keep the events above it:
// some signal is lost, some background stays. A *ROC curve* shows that bargain for all cuts at once.
//
// **You will learn**
//
// * to make a ROC curve out of two histograms, and the exact one without bins,
// * what the area under it means, and how far to trust it,
// * how an observable can look useless and is not, and why nothing beats the network.
//
// **Time** 40 minutes · **Needs** `01-gradients` · **Next** `03-derivative-maps`

// %%
import * as tf from '@tensorflow/tfjs';
import * as dfd from 'danfojs-node';
import { createMlp, histogram, readEvents, train, useBackend } from 'netlens';

await useBackend();
const events = await readEvents('../data/events.csv');

// %% [markdown]
// The network of the first notebook, trained in the same way. The same seed gives the same network, bit for bit.

// %%
const network = createMlp({
  inputs: 3,
  hidden: [100],
  outputs: 1,
  activation: 'tanh',
  outputActivation: 'sigmoid',
  seed: 1,
});
await train(network, events.train.x, events.train.y, {
  epochs: 50,
  batchSize: 1024,
  loss: 'binaryCrossentropy',
  validationSplit: 0.25,
  seed: 1,
});

// %% [markdown]
// From here on only test events count. Four numbers for each of them, and what it really is:

// %%
const labels = Array.from(events.test.y.dataSync());
const column = (i: number): number[] => Array.from(tf.slice(events.test.x, [0, i], [-1, 1]).dataSync());
const [first, second, third] = [column(0), column(1), column(2)];
const output = Array.from((network.apply(events.test.x) as tf.Tensor).dataSync());

const signalOf = (values: readonly number[]): number[] => values.filter((_, i) => labels[i] === 1);
const backgroundOf = (values: readonly number[]): number[] => values.filter((_, i) => labels[i] === 0);

// %%
histogram({
  title: 'Where would you cut?',
  xAxis: 'observable 1',
  range: [-2, 5],
  bins: 40,
  series: [
    { name: 'signal', values: signalOf(first) },
    { name: 'background', values: backgroundOf(first) },
  ],
});

// %% [markdown]
// Cut at 1.25 and keep what lies above: 69 % of the signal, but also 31 % of the background. Cut at 2, and only 2 % of the
// background is left, with 16 % of the signal. Which cut is best depends on what a lost signal event costs. So look at all of them.
//
// ## From histograms to a curve
//
// Cut at the lower edge of each bin. Above the highest edge nothing is kept; move the cut down bin by bin, and the share that
// is kept grows from 0 to 1.
//
// **Exercise 1.** Given the counts of a histogram, from the lowest bin to the highest, give the share of all events that each
// cut keeps. The list begins with 0, ends with 1, and has one entry more than there are bins.
//
// <details><summary>Hint</summary>
//
// Walk through the bins from the end: `for (const count of counts.toReversed())`. Add up, and divide by the sum of all counts.
//
// </details>

// %%
import { binCounts, check, expectClose, expectThat, rocChart, rocCurve, show, todo } from 'netlens';

// %% exercise="shares-kept" points=2
function sharesKept(counts: readonly number[]): number[] {
  // BEGIN SOLUTION
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = [0];
  let kept = 0;
  for (const count of counts.toReversed()) {
    kept += count;
    shares.push(kept / total);
  }
  return shares;
  // END SOLUTION
}

// %% reference="shares-kept"
function sharesKeptReference(counts: readonly number[]): number[] {
  const total = (some: readonly number[]): number => some.reduce((sum, count) => sum + count, 0);
  return Array.from(
    { length: counts.length + 1 },
    (_, cut) => total(counts.slice(counts.length - cut)) / total(counts),
  );
}

// %% probe="shares-kept"
{
  const counts = Array.from(numpyRandom(201).integers(0, 50, 25));
  const own = [...counts];
  await probe('of many bins', () => sharesKept(counts));
  await probe('of a single bin, and of two', () => [...sharesKept([17]), ...sharesKept([3, 14])]);
  await probe('the counts afterwards', () => [sharesKept(own).length, ...own]);
}

// %%
const small = [5, 3, 2];
await check('shares-kept', () => sharesKept, [
  expectClose('of 5, 3 and 2 events', (kept) => kept(small), {
    wanted: [0, 0.2, 0.5, 1],
    hint: 'The first cut keeps nothing, the second keeps the last bin.',
  }),
  expectClose('of an empty bin', (kept) => kept([1, 0, 3]), { wanted: [0, 0.75, 0.75, 1] }),
  expectThat('the counts are left alone', (kept) => kept(small).length > 0 && small.join() === '5,3,2', {
    hint: 'counts.reverse() turns the list itself round; counts.toReversed() gives a new one.',
  }),
]);

// %% [markdown]
// The shares of signal are called *true positive rate*, or signal efficiency; those of background *false positive rate*. A
// curve consists of both. In the figures below, the share of background that is **rejected**, one minus that rate, goes up.
//
// How good is a curve as a whole? The *area under the curve*, AUC, is 1 if some cut separates perfectly, and one half if
// signal and background look alike.
//
// **Exercise 2.** Give the area under the true positive rate as a function of the false positive rate: the sum of the trapezoids
// between neighbouring points.
//
// <details><summary>Hint</summary>
//
// A trapezoid between points $i-1$ and $i$ has the width $x_i - x_{i-1}$ and the mean height $(y_i + y_{i-1})/2$. TypeScript
// warns that an index may lie outside of a list; the exclamation mark in `x[i]!` says: this one does not.
//
// </details>

// %%
interface Curve {
  readonly truePositiveRate: readonly number[];
  readonly falsePositiveRate: readonly number[];
}

// %% exercise="area-under" points=2
function areaUnder({ truePositiveRate: y, falsePositiveRate: x }: Curve): number {
  // BEGIN SOLUTION
  let area = 0;
  for (let i = 1; i < x.length; i += 1) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return area;
  // END SOLUTION
}

// %% reference="area-under"
function areaUnderReference({ truePositiveRate: y, falsePositiveRate: x }: Curve): number {
  const steps = x.slice(1).map((right, i) => right - x[i]!);
  const [lower, upper] = [0, 1].map((end) => steps.reduce((area, step, i) => area + step * y[i + end]!, 0));
  return (lower! + upper!) / 2;
}

// %% probe="area-under"
{
  const random = numpyRandom(202);
  const rate = (): number[] => [0, ...Array.from(random.uniform(0, 1, 30)).sort((a, b) => a - b), 1];
  const curve = { truePositiveRate: rate(), falsePositiveRate: rate() };
  const [truePositiveRate, falsePositiveRate] = [curve.truePositiveRate.map(Math.sqrt), curve.falsePositiveRate];
  await probe('of a curve of many points', () => areaUnder(curve));
  await probe('of a curve that bends', () => areaUnder({ truePositiveRate, falsePositiveRate }));
  await probe('of a part of a curve', () =>
    areaUnder({ truePositiveRate: [0.2, 0.3, 0.7], falsePositiveRate: [0.1, 0.4, 0.5] }),
  );
}

// %%
const perfect = { truePositiveRate: [0, 1, 1], falsePositiveRate: [0, 0, 1] };
const bent = { truePositiveRate: [0, 0.6, 0.9, 1], falsePositiveRate: [0, 0.1, 0.4, 1] };
await check('area-under', () => areaUnder, [
  expectClose('of a perfect curve', (area) => area(perfect), { wanted: 1 }),
  expectClose('of the diagonal', (area) => area({ truePositiveRate: [0, 1], falsePositiveRate: [0, 1] }), {
    wanted: 0.5,
  }),
  expectClose('of a bent curve', (area) => area(bent), { wanted: 0.825, hint: 'Take the mean of both heights.' }),
]);

// %% [markdown]
// **Exercise 3.** Put both together: the ROC curve of two histograms with the same bins. If *low* values mean signal, the area
// comes out below one half. Then turn both histograms round, so that the area of your curve is never below one half.
//
// <details><summary>Hint</summary>
//
// `sharesKept` gives each of the two rates, and `areaUnder` the area of the curve. `signal.toReversed()` is the list turned round; a function
// may call itself with it.
//
// </details>

// %% exercise="binned-roc" points=2
function binnedRoc(signal: readonly number[], background: readonly number[]): Curve {
  // BEGIN SOLUTION
  const curve = { truePositiveRate: sharesKept(signal), falsePositiveRate: sharesKept(background) };
  return areaUnder(curve) >= 0.5 ? curve : binnedRoc(signal.toReversed(), background.toReversed());
  // END SOLUTION
}

// %% reference="binned-roc"
function binnedRocReference(signal: readonly number[], background: readonly number[]): Curve {
  const total = (some: readonly number[]): number => some.reduce((sum, count) => sum + count, 0);
  const mean = (some: readonly number[]): number => some.reduce((sum, count, i) => sum + i * count, 0) / total(some);
  const wins = signal.flatMap((s, i) => background.map((b, j) => s * b * Math.sign(i - j)));
  const isHigh = total(wins) >= 0 && Number.isFinite(mean(signal));
  const rates = (counts: readonly number[]): number[] => {
    const from = isHigh ? [...counts].reverse() : [...counts];
    return [0, ...from.map((_, cut) => total(from.slice(0, cut + 1)) / total(from))];
  };
  return { truePositiveRate: rates(signal), falsePositiveRate: rates(background) };
}

// %% probe="binned-roc"
{
  const random = numpyRandom(203);
  const some = (slope: number): number[] =>
    Array.from(random.uniform(0, 9, 20), (value, i) => Math.round(value + slope * i));
  const [rising, falling] = [some(2), some(0.3)];
  await probe('true positive rate, signal high', () => binnedRoc(rising, falling).truePositiveRate);
  await probe('false positive rate, signal high', () => binnedRoc(rising, falling).falsePositiveRate);
  await probe('true positive rate, signal low', () => binnedRoc(falling, rising).truePositiveRate);
  await probe('false positive rate, signal low', () => binnedRoc(falling, rising).falsePositiveRate);
}

// %%
const high = { truePositiveRate: [0, 0.6, 0.9, 1], falsePositiveRate: [0, 0.1, 0.4, 1] };
await check('binned-roc', () => binnedRoc, [
  expectClose('true positive rate, signal high', (roc) => roc([1, 3, 6], [6, 3, 1]).truePositiveRate, {
    wanted: high.truePositiveRate,
  }),
  expectClose('false positive rate, signal high', (roc) => roc([1, 3, 6], [6, 3, 1]).falsePositiveRate, {
    wanted: high.falsePositiveRate,
  }),
  expectClose('true positive rate, signal low', (roc) => roc([6, 3, 1], [1, 3, 6]).truePositiveRate, {
    wanted: high.truePositiveRate,
    hint: 'Is the area below one half? Then start again with both lists turned round.',
  }),
]);

// %% [markdown]
// Now the curves of all three observables, with 40 bins from −2 to 5, and of the network, with 40 bins from 0 to 1.

// %%
function binned(name: string, values: readonly number[], range: [number, number]) {
  const counts = (some: readonly number[]): readonly number[] => binCounts(some, { range, bins: 40 }).counts;
  const curve = binnedRoc(counts(signalOf(values)), counts(backgroundOf(values)));
  return { name, ...curve, auc: areaUnder(curve) };
}

// %%
await show(() =>
  rocChart({
    title: 'Which number separates best?',
    series: [
      binned('observable 1', first, [-2, 5]),
      binned('observable 2', second, [-2, 5]),
      binned('observable 3', third, [-2, 5]),
      binned('network', output, [0, 1]),
    ],
  }),
);

// %% [markdown]
// **Read the figure.** A curve that runs through the upper right corner would keep all signal and reject all background. On the grey
// line one could as well throw dice. Observable 1 separates, and the network does better. Observables 2 and 3 have areas near
// one half: they seem to say nothing.
//
// But in the first notebook the gradients said that the network *does* use observable 2, and its curve is odd: it crosses the grey
// line. **What is going on?** Look at it:

// %%
histogram({
  title: 'Where would you cut here?',
  xAxis: 'observable 2',
  range: [-2, 5],
  bins: 40,
  series: [
    { name: 'signal', values: signalOf(second) },
    { name: 'background', values: backgroundOf(second) },
  ],
});

// %% [markdown]
// ## An observable in disguise
//
// Signal sits in the middle, background spreads to both sides. A single cut keeps one side of both, so it cannot separate.
// A *window* around the middle could.
//
// **Exercise 4.** Signal and background both have their mean at 1.5. Make a new number out of observable 2 for which a single cut
// does what a window does for the old one: the distance from 1.5.
//
// <details><summary>Hint</summary>
//
// A distance is never negative: `Math.abs(…)` takes the sign away.
//
// </details>

// %% exercise="unmasked" points=1
function unmasked(value: number): number {
  // BEGIN SOLUTION
  return Math.abs(value - 1.5);
  // END SOLUTION
}

// %% reference="unmasked"
function unmaskedReference(value: number): number {
  return Math.sqrt((value - 1.5) ** 2);
}

// %% probe="unmasked"
{
  const values = Array.from(numpyRandom(204).normal(1.5, 2, 50));
  await probe('above 1.5', () => values.filter((value) => value > 1.5).map(unmasked));
  await probe('below 1.5', () => values.filter((value) => value < 1.5).map(unmasked));
}

// %%
const steps = [1.5, 1.6, 2, 3, 5].map((value) => [value, 3 - value] as const);
await check('unmasked', () => unmasked, [
  expectClose('to the right of 1.5', (f) => steps.map(([right]) => f(right)), {
    wanted: [0, 0.1, 0.5, 1.5, 3.5],
  }),
  expectClose('to the left of 1.5', (f) => steps.map(([, left]) => f(left)), {
    wanted: [0, 0.1, 0.5, 1.5, 3.5],
    hint: '1 is as far from 1.5 as 2 is.',
  }),
]);

// %%
await show(() =>
  rocChart({
    title: 'What the distance from the middle tells',
    series: [
      binned('observable 2', second, [-2, 5]),
      binned('distance of observable 2 from 1.5', second.map(unmasked), [0, 4]),
    ],
  }),
);

// %% [markdown]
// The information was there all the time. A ROC curve looks at *one* number and single cuts; the network found the window by itself.
//
// ## The exact curve
//
// Bins were a choice: how many, and from where to where? What happens inside a bin is lost. Without bins, every value that occurs
// is a possible cut: sort the events and walk through them. That is what `rocCurve(scores, labels)` does. It expects that *higher*
// means signal, so the distance needs a minus sign. Compare, for the output of the network:

// %%
const exact = rocCurve(output, labels);
await show(() => {
  const areas = [3, 5, 10, 20, 40, 400].map((bins) => {
    const counts = (values: readonly number[]): readonly number[] => binCounts(values, { range: [0, 1], bins }).counts;
    return [String(bins), areaUnder(binnedRoc(counts(signalOf(output)), counts(backgroundOf(output)))).toFixed(4)];
  });
  return new dfd.DataFrame([...areas, ['none: exact', exact.auc.toFixed(4)]], { columns: ['bins', 'area'] });
});

// %% [markdown]
// The area grows with the number of bins: straight lines between few points cut off the corners of the curve.
//
// ## What the area means
//
// Draw one signal event and one background event by chance. **The area is the probability that the signal event has the higher
// score**, where equal scores count one half. No bins and no curve are needed to say that.
//
// **Exercise 5.** Write the area in this way: over all pairs of a signal and a background event.
//
// <details><summary>Hint</summary>
//
// `signal.flatMap((s) => background.map((b) => …))` is a list with one entry for each pair: 1, 0.5 or 0. The area is its mean.
//
// </details>

// %% exercise="area-by-pairs" points=2
function areaByPairs(signal: readonly number[], background: readonly number[]): number {
  // BEGIN SOLUTION
  const wins = (s: number, b: number): number => (s > b ? 1 : s === b ? 0.5 : 0);
  const all = signal.flatMap((s) => background.map((b) => wins(s, b)));
  return all.reduce((sum, win) => sum + win, 0) / all.length;
  // END SOLUTION
}

// %% reference="area-by-pairs"
function areaByPairsReference(signal: readonly number[], background: readonly number[]): number {
  const sorted = [...signal, ...background].sort((a, b) => a - b);
  const rank = (value: number): number => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1;
  const ranks = signal.reduce((sum, value) => sum + rank(value), 0);
  return (ranks - (signal.length * (signal.length + 1)) / 2) / (signal.length * background.length);
}

// %% probe="area-by-pairs"
{
  const random = numpyRandom(205);
  const [signal, background] = [Array.from(random.normal(1, 1, 60)), Array.from(random.normal(0, 1, 45))];
  await probe('of many events', () => areaByPairs(signal, background));
  await probe('with many equal scores', () => areaByPairs(signal.map(Math.round), background.map(Math.round)));
  await probe('of background that is higher', () => areaByPairs(background, signal));
}

// %%
const hundred = { scores: output.slice(9_950, 10_050), labels: labels.slice(9_950, 10_050) };
const ofClass = (label: number): number[] => hundred.scores.filter((_, i) => hundred.labels[i] === label);
await check('area-by-pairs', () => areaByPairs, [
  expectClose('of three pairs', (area) => area([2], [1, 2, 3]), { wanted: 0.5, hint: 'One win, one tie, one loss.' }),
  expectClose('of 0.35, 0.8 and 0.1, 0.4', (area) => area([0.35, 0.8], [0.1, 0.4]), { wanted: 0.75 }),
  expectClose('of a hundred events, as rocCurve', (area) => area(ofClass(1), ofClass(0)), {
    wanted: rocCurve(hundred.scores, hundred.labels).auc,
  }),
]);

// %% [markdown]
// ## How far to trust it
//
// Other events would give another area. Its *standard error* says by how much, typically. `rocCurve` estimates it from the same
// events (the method of DeLong and others, 1988). Is that estimate right? Cut the test events into 40 samples of 500, and compare
// the spread of their areas with the errors that each sample claims.

// %%
const samples = Array.from({ length: 40 }, (_, k) => {
  const isIn = (_: number, i: number): boolean => i % 40 === k;
  return rocCurve(output.filter(isIn), labels.filter(isIn));
});
const mean = samples.reduce((sum, { auc }) => sum + auc, 0) / samples.length;
const spread = Math.sqrt(samples.reduce((sum, { auc }) => sum + (auc - mean) ** 2, 0) / (samples.length - 1));
const claimed = samples.reduce((sum, { standardError }) => sum + standardError, 0) / samples.length;
`spread of the areas ${spread.toFixed(4)}, error that a sample claims ${claimed.toFixed(4)}`;

// %% [markdown]
// They agree as well as 40 samples can tell: a spread from 40 numbers is itself uncertain by about 11 %.
//
// ## What should come out?
//
// The distributions are known: signal has means (1.5, 1.5, 1) and widths (0.5, 0.5, 0.5), background means (1, 1.5, 1) and widths
// (0.5, 1, 0.5), all Gaussian. The difference of two Gaussian numbers is Gaussian too, and the area is the probability that it
// is positive:
//
// $$\mathrm{AUC} = \Phi\left(\frac{\mu_s - \mu_b}{\sqrt{\sigma_s^2 + \sigma_b^2}}\right), \qquad \Phi(z) = \frac{1 + \operatorname{erf}(z/\sqrt 2)}{2}$$
//
// **Exercise 6.** Write this formula. The package simple-statistics calls erf `errorFunction`.
//
// <details><summary>Hint</summary>
//
// `Math.hypot(a, b)` is $\sqrt{a^2 + b^2}$, and `Math.SQRT2` is $\sqrt 2$.
//
// </details>

// %%
import { errorFunction } from 'simple-statistics';

interface Gaussian {
  readonly mean: number;
  readonly width: number;
}

// %% exercise="gaussian-area" points=1
function gaussianArea(signal: Gaussian, background: Gaussian): number {
  // BEGIN SOLUTION
  const z = (signal.mean - background.mean) / Math.hypot(signal.width, background.width);
  return (1 + errorFunction(z / Math.SQRT2)) / 2;
  // END SOLUTION
}

// %% reference="gaussian-area"
function gaussianAreaReference(signal: Gaussian, background: Gaussian): number {
  // The probability that signal is higher, as an integral over the background's value: the midpoint rule.
  const normal = (z: number): number => (1 + errorFunction(z / Math.SQRT2)) / 2;
  const size = 1 / 400;
  return Array.from({ length: 8000 }, (_, i) => -10 + (i + 0.5) * size).reduce((sum, z) => {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    return sum + size * density * normal((signal.mean - background.mean - background.width * z) / signal.width);
  }, 0);
}

// %% probe="gaussian-area"
{
  const random = numpyRandom(206);
  const pairs = Array.from({ length: 10 }, () => {
    const [mean, other, width, otherWidth] = random.uniform(0.2, 3, 4) as unknown as [number, number, number, number];
    return [
      { mean, width },
      { mean: other, width: otherWidth },
    ] as const;
  });
  await probe('of signal and background anywhere', () => pairs.map(([s, b]) => gaussianArea(s, b)), 1e-6);
  const shifts = [0, 1, -2];
  await probe(
    'of equal means, and of others',
    () => pairs.flatMap(([s, b]) => shifts.map((shift) => gaussianArea(s, { ...b, mean: s.mean + shift }))),
    1e-6,
  );
}

// %%
const unit = { mean: 0, width: 1 };
await check('gaussian-area', () => gaussianArea, [
  expectClose('of equal Gaussians', (area) => area(unit, unit), { wanted: 0.5 }),
  expectClose('one width apart', (area) => area({ mean: 1, width: 1 }, unit), { wanted: 0.76025, tolerance: 1e-5 }),
  expectClose('of different widths', (area) => area({ mean: 1, width: 3 }, { mean: -4, width: 4 }), {
    wanted: 0.84134,
    tolerance: 1e-5,
    hint: 'The squares of the widths add up; Math.hypot(a, b) is the root of a² + b².',
  }),
]);

// %% [markdown]
// For the distance of observable 2 the same thought about the quotient of two Gaussian numbers gives
// $\frac{2}{\pi} \arctan 2 = 0.7048$. For the best classifier of all, the integral has no short form; its value is 0.8260.
// How far are we from the truth, counted in standard errors?

// %%
import { optimalClassifier } from 'netlens';

const best = rocCurve(optimalClassifier(events.test.x).output, labels);
const distance = rocCurve(
  second.map((value) => -Math.abs(value - 1.5)),
  labels,
);

// %%
await show(() => {
  const row = (name: string, { auc, standardError }: typeof best, truth: number): (string | number)[] => {
    const off = (auc - truth) / standardError;
    return [name, auc.toFixed(4), standardError.toFixed(4), truth.toFixed(4), off.toFixed(1)];
  };
  const rows = [
    row('observable 1', rocCurve(first, labels), gaussianArea({ mean: 1.5, width: 0.5 }, { mean: 1, width: 0.5 })),
    row('distance of observable 2', distance, (2 / Math.PI) * Math.atan(2)),
    row('observable 3', rocCurve(third, labels), 0.5),
    row('best classifier', best, 0.826),
  ];
  return new dfd.DataFrame(rows, { columns: ['score', 'area', 'error', 'truth', 'off by (errors)'] });
});

// %% [markdown]
// Two of three should lie within one error, and nearly all within two. The four rows use the same events, so they do not
// stray independently.
//
// ## The envelope
//
// All together, now exactly, with the best classifier that there can be:

// %%
rocChart({
  title: 'The network beats every observable',
  series: [
    { name: 'best classifier', ...best },
    { name: 'network', ...exact },
    { name: 'observable 1', ...rocCurve(first, labels) },
    { name: 'distance of observable 2', ...distance },
    { name: 'observable 3', ...rocCurve(third, labels) },
  ],
});

// %% [markdown]
// **Read the figure.** Two curves cross: observable 1 is better for hard cuts, the distance for soft ones. The
// curve of the network runs above both, wherever you cut. It is their *envelope*, and more, because it weighs the observables
// against each other, event by event. It lies on the curve of the best classifier: in the long run no number made of these
// observables can rise above that one (the lemma of Neyman and Pearson).
//
// **Compare with the gradients.** The mean absolute gradients of the first notebook put the observables in the order 1, 2, 3.
// The areas do the same: 0.76, 0.70 (unmasked), 0.50. The gradients needed no idea of a window: their change of sign told of it.
//
// ## What you have learnt
//
// * A ROC curve shows all cuts at once; the area is the probability that signal scores higher than background.
// * The exact curve needs no bins, and its area comes with an error.
// * A curve judges one number and single cuts. An observable may need a transformation before it shows what it knows.
// * The network is the envelope of its inputs; how close it comes to the best curve says how well it is trained.
//
// **Next**: `03-derivative-maps` shows the network and its derivatives everywhere, and where it makes things up.
