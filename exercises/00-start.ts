// ---
// jupyter:
//   points: 1
//   kernelspec:
//     display_name: TypeScript (tslab)
//     language: typescript
//     name: tslab
// ---

// %% [markdown]
// # How does a notebook in TypeScript work?
//
// **You will learn** to run a cell, to draw a figure, to answer an exercise, and what to do when something is red.
//
// **Time** 5 minutes · **Needs** nothing but curiosity · **Next** `01-gradients`
//
// This page is made of *cells*. Click into the grey one below and press **Shift + Enter**: the cell runs, its last value
// appears under it, and the next cell is selected.

// %%
const seconds = 24 * 60 * 60;
seconds;

// %% [markdown]
// ## Names live on
//
// A cell knows every name of the cells that ran before it. The number in brackets on the left, such as `[3]`, says in
// which order they ran. If you change a cell, run it again, and then the ones that need it.

// %%
const minutes = seconds / 60;
`a day has ${minutes} minutes`;

// %% [markdown]
// ## Types help before anything runs
//
// TypeScript checks a cell before it runs it. Take the two slashes away in the next cell and run it: the box below turns
// red, names the line, and says that a number is no text. Nothing has been run. Put the slashes back, and all is well.
//
// With the cursor behind a name, **Tab** completes it and **Shift + Tab** explains it (in VS Code **Ctrl + Space** completes).
// Try it on `lineChart` further down.

// %%
// const text: string = seconds;

// %% [markdown]
// ## A figure
//
// `netlens` is the small library behind this course. A figure is a value like any other: put it last, and it shows.

// %%
import { check, expectClose, lineChart, show, todo } from 'netlens';

const time = Array.from({ length: 101 }, (_, i) => i / 10);
lineChart({
  title: 'A wave that dies away',
  xAxis: 'time (s)',
  yAxis: 'height (cm)',
  series: [{ name: 'height', x: time, y: time.map((t) => Math.exp(-t / 4) * Math.cos(3 * t)) }],
});

// %% [markdown]
// ## An exercise
//
// In an exercise you replace the line with `todo` by your answer. As long as you have not, cells that need it say so in one
// line and go on: nothing breaks.
//
// **Exercise.** Write the mean of some numbers: their sum divided by how many there are.
//
// <details><summary>Hint</summary>
//
// `values.reduce((sum, value) => sum + value, 0)` is the sum, `values.length` the number of values.
//
// </details>

// %% exercise="mean" points=1
function mean(values: readonly number[]): number {
  // BEGIN SOLUTION
  return values.reduce((sum, value) => sum + value, 0) / values.length;
  // END SOLUTION
}

// %% reference="mean"
function meanReference(values: readonly number[]): number {
  return values.reduce((mean, value, n) => mean + (value - mean) / (n + 1), 0);
}

// %% probe="mean"
{
  const drawn = Array.from(numpyRandom(42).normal(0, 1, 1000));
  const large = drawn.map((value) => 1e6 * (value + 3));
  await probe('of many numbers around 0', () => mean(drawn), 1e-12);
  await probe('of large numbers', () => mean(large), { absolute: 0, relative: 1e-12 });
  await probe('of two numbers', () => mean(drawn.slice(0, 2)));
}

// %% [markdown]
// The next cell asks whether your answer holds. It tells you what it tried, what your function gave, and what was wanted.

// %%
await check('mean', () => mean, [
  expectClose('of 1, 2, 3 and 6', (mean) => mean([1, 2, 3, 6]), { wanted: 3 }),
  expectClose('of a single number', (mean) => mean([-4]), { wanted: -4, hint: 'Divide by the number of values.' }),
]);

// %%
await show(() => `The wave above is at ${mean(time.map((t) => Math.cos(3 * t))).toFixed(3)} cm on average.`);

// %% [markdown]
// ## When something is red
//
// * **A type error** (`TS2322` and the like): the cell has not run. Read the first line, look at the marked place, mend it.
// * **An error while running**: the message says what was wanted and what was found; the marked line is the place.
// * **`Cannot find name '…'`**: a cell further up has not run yet. Use *Run → Run All Above Selected Cell*.
// * **It does not end**: press ■ (interrupt). The cell stops within two seconds and all names are kept.
// * **Nothing makes sense any more**: *Kernel → Restart Kernel and Run All Cells*.
//
// ## What you have learnt
//
// You can run cells, read what is red, draw a figure and answer an exercise. Go on with **`01-gradients`**: what has a
// network learnt, and how can one see it?
