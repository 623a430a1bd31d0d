// ---
// jupyter:
//   points: 10
//   kernelspec:
//     display_name: TypeScript (tslab)
//     language: typescript
//     name: tslab
// ---

// %% [markdown]
// # How much did each input contribute?
//
// A slope says what *would* happen if an input changed. That is not the same as what an input *did*: a steep slope at an input that is
// zero contributes nothing. Layer-wise relevance propagation (LRP) takes an output apart into shares of the inputs. You write it
// yourself, prove what it is, and use the proof to find a bug in a published program.
//
// **You will learn**
//
// * to hand an output down through a network, layer by layer, and where some of it stays behind,
// * why the basic rule is nothing but gradient times input, and when it is not,
// * what stabilisers and other rules change, and how to tell a map that explains from one that only looks good.
//
// **Time** 40 minutes · **Needs** `01-gradients`, `04-lorenz96`
//
// Relevance propagation is from Bach et al. (2015), doi:10.1371/journal.pone.0130140. The comparison follows the questions of
// "Interpreting Neural Networks" in the book L96_demo (m2lines.github.io/L96_demo).

// %%
import * as tf from '@tensorflow/tfjs';
import * as dfd from 'danfojs-node';
import { check, expectClose, expectThat, loadModel, show, simulateLorenz96, todo, useBackend } from 'netlens';

await useBackend();
const network = await loadModel('../data/lorenz96-network');
const run = await simulateLorenz96({ K: 8, J: 32, F: 18, dt: 0.001, stepsPerSample: 10, samples: 20_001, seed: 14 });

// %% [markdown]
// The network is the one of `04-lorenz96`: from the eight slow variables $X_k$ to the eight couplings $U_k$, by two hidden layers of 16
// with ReLU. We explain it at 380 states of the run, half a time unit apart, so that each has forgotten most of the one before.

// %%
const chosen = Array.from({ length: 380 }, (_, i) => 1000 + 50 * i);
const states = chosen.map((n) => Array.from(run.X.slice(8 * n, 8 * n + 8)));
const x = tf.tensor2d(states);
const outputs = network.predict(x) as tf.Tensor2D;
outputs.shape;

// %% [markdown]
// ## One layer
//
// A unit adds up what comes in: $z_k = \sum_j W_{kj} a_j + b_k$. Suppose that it has relevance $R_k$ to give away. It is fair that
// each input gets as much as it brought in: the share $W_{kj} a_j / z_k$. An input collects from all units:
//
// $$R_j = \sum_k \frac{W_{kj}\, a_j}{z_k} \, R_k$$
//
// That is the rule LRP-0. Shares can be negative: such an input worked against the others.
//
// **Exercise 1.** Hand the relevance `R` of a layer's units down to its inputs `a`: give one number for each input.
//
// <details><summary>Hint</summary>
//
// First all $z_k$: `W.map((row, k) => dot(row, a) + b[k]!)`. Then, for each input, a sum over the units: `sum(R.map((r, k) => …))`.
//
// </details>

// %%
interface Layer {
  readonly W: readonly (readonly number[])[]; // W[k][j], from input j to unit k
  readonly b: readonly number[];
  readonly isRelu: boolean;
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const dot = (u: readonly number[], v: readonly number[]): number => sum(u.map((value, i) => value * v[i]!));

// %% exercise="hand-down" points=2
function handDown({ W, b }: Layer, a: readonly number[], R: readonly number[]): number[] {
  // BEGIN SOLUTION
  const z = W.map((row, k) => dot(row, a) + b[k]!);
  return a.map((value, j) => value * sum(R.map((r, k) => (W[k]![j]! * r) / z[k]!)));
  // END SOLUTION
}

// %% reference="hand-down"
function handDownReference({ W, b }: Layer, a: readonly number[], R: readonly number[]): number[] {
  const down = a.map(() => 0);
  for (const [k, row] of W.entries()) {
    const z = row.reduce((total, weight, j) => total + weight * a[j]!, b[k]!);
    for (const [j, weight] of row.entries()) down[j]! += (weight * a[j]! * R[k]!) / z;
  }
  return down;
}

// %% probe="hand-down"
{
  const random = numpyRandom(701);
  const layer = (outputs: number, inputs: number, isRelu: boolean): Layer => ({
    W: Array.from({ length: outputs }, () => Array.from(random.normal(0, 1, inputs))),
    b: Array.from(random.normal(0, 1, outputs)),
    isRelu,
  });
  const [wide, narrow] = [layer(5, 3, false), layer(2, 6, true)];
  const [a, R] = [Array.from(random.normal(0, 1, 6)), Array.from(random.normal(0, 1, 5))];
  await probe('from five units to three inputs', () => handDown(wide, a.slice(0, 3), R));
  await probe('from two units to six inputs', () => handDown(narrow, a, R.slice(0, 2)));
  await probe('from a unit that has nothing', () => handDown(narrow, a, [0, R[1]!]));
}

// %%
const lower: Layer = {
  W: [
    [1, 1],
    [1, -1],
  ],
  b: [1, 0],
  isRelu: true,
};
const upper: Layer = { W: [[1, 2]], b: [1], isRelu: false };

// %%
await check('hand-down', () => handDown, [
  expectClose('one unit, z = 1·4 + 2·1 + 1 = 7', (f) => f(upper, [4, 1], [7]), {
    wanted: [4, 2],
    hint: 'The shares are 4/7 and 2/7; the bias keeps 1/7.',
  }),
  expectClose('two units, z = 4 and 1', (f) => f(lower, [2, 1], [4, 2]), {
    wanted: [6, -1],
    hint: 'The first input gets 2/4 of 4 and 2/1 of 2.',
  }),
  expectClose('a unit that has nothing gives nothing', (f) => f(lower, [1, 3], [5, 0]), { wanted: [1, 3] }),
  expectThat('an input that is 0 gets nothing', (f) => f(lower, [0, 2], [3, -1])[0] === 0, {
    hint: 'What an input brings in is W times a, not W.',
  }),
]);

// %% [markdown]
// ## Two layers, and more
//
// ReLU changes nothing: a unit that is on passes $z$ as it is, and one that is off brought nothing in, so it gets nothing. So start at
// the top, with the output itself as relevance of output $k$ and nothing for the others, and hand it down, layer by layer.
//
// **Exercise 2.** Do it: give the relevance of each input of the network. `activations[l]` is what goes into layer `l`:
// `activations[0]` are the inputs of the network, the last ones are its outputs.
//
// <details><summary>Hint</summary>
//
// `let R = activations.at(-1)!.map((output, i) => (i === k ? output : 0));` starts. The loop goes down: from `layers.length - 1` to 0.
//
// </details>

// %% exercise="relevance-of-output" points=2
function relevanceOfOutput(layers: readonly Layer[], activations: readonly (readonly number[])[], k: number): number[] {
  // BEGIN SOLUTION
  let R = activations.at(-1)!.map((output, i) => (i === k ? output : 0));
  for (let l = layers.length - 1; l >= 0; l--) R = handDown(layers[l]!, activations[l]!, R);
  return R;
  // END SOLUTION
}

// %% reference="relevance-of-output"
function relevanceOfOutputReference(
  layers: readonly Layer[],
  activations: readonly (readonly number[])[],
  k: number,
): number[] {
  const down = ({ W, b }: Layer, a: readonly number[], R: readonly number[]): number[] =>
    a.map((value, j) =>
      W.reduce((total, row, i) => total + (row[j]! * value * R[i]!) / row.reduce((z, w, n) => z + w * a[n]!, b[i]!), 0),
    );
  const start = activations.at(-1)!.map((output, i) => (i === k ? output : 0));
  return layers.reduceRight<number[]>((R, layer, l) => down(layer, activations[l]!, R), start);
}

// %% probe="relevance-of-output"
{
  const random = numpyRandom(702);
  const layer = (outputs: number, inputs: number, isRelu: boolean): Layer => ({
    W: Array.from({ length: outputs }, () => Array.from(random.normal(0, 1, inputs))),
    b: Array.from(random.normal(0, 1, outputs)),
    isRelu,
  });
  const deep = [layer(4, 3, true), layer(5, 4, true), layer(2, 5, false)];
  const activations = [3, 4, 5, 2].map((size) => Array.from(random.uniform(0.1, 2, size)));
  await probe('the first output of three layers', () => relevanceOfOutput(deep, activations, 0));
  await probe('the second output of three layers', () => relevanceOfOutput(deep, activations, 1));
  await probe('one layer', () => relevanceOfOutput(deep.slice(2), activations.slice(2), 1));
}

// %%
const twins: Layer = {
  W: [
    [1, 2],
    [3, -1],
  ],
  b: [1, 0],
  isRelu: false,
};
const kept = (outputs: number[]): number[][] => [[2, 1], [4, 1], outputs];

// %%
await check('relevance-of-output', () => relevanceOfOutput, [
  expectClose('one layer', (f) => f([upper], [[4, 1], [7]], 0), { wanted: [4, 2] }),
  expectClose('7 goes to 4 and 2, and these to 6 and −1', (f) => f([lower, upper], kept([7]), 0), {
    wanted: [6, -1],
    hint: 'From the last layer to the first; layer l gets activations[l].',
  }),
  expectClose('the second of two outputs', (f) => f([lower, twins], kept([7, 11]), 1), {
    wanted: [4, 4],
    hint: 'Only output k starts with relevance.',
  }),
]);

// %% [markdown]
// Now the real network. Its weights as plain numbers, and a forward pass that keeps all activations. The pass does what a published
// program for these maps does, in our own words.

// %%
const layers: Layer[] = network.layers
  .filter((layer) => layer.weights.length > 0)
  .map((layer, l) => {
    const [kernel, bias] = layer.getWeights() as [tf.Tensor2D, tf.Tensor1D];
    return { W: tf.transpose(kernel).arraySync(), b: bias.arraySync(), isRelu: l < 2 };
  });

// %%
function publishedForward(layers: readonly Layer[], x: readonly number[]): number[][] {
  const activations = [[...x]];
  for (const { W, b, isRelu } of layers) {
    const a = activations.at(-1)!;
    activations.push(W.map((row, k) => (isRelu ? Math.max(0, dot(row, a)) : dot(row, a)) + b[k]!));
  }
  return activations;
}

// %%
type Forward = (layers: readonly Layer[], x: readonly number[]) => readonly (readonly number[])[];
function mapsWith(forward: Forward): tf.Tensor3D {
  const maps = states.map((state) => {
    const activations = forward(layers, state);
    return state.map((_, k) => relevanceOfOutput(layers, activations, k));
  });
  return tf.tensor3d(maps);
}

// %% [markdown]
// A map has a row for each output and a column for each input; it is drawn with output 0 at the bottom. Orange within solid lines is
// positive, blue within dashed lines negative. Beside your maps, averaged over the states, stands something much simpler, gradient times
// input: $x_i \, \partial f_k / \partial x_i$. The published text says that the two come out "very similar".

// %%
import { gradientTimesInput, grid, heatmap } from 'netlens';

const gradientMaps = gradientTimesInput(network, x);
const place = [0, 1, 2, 3, 4, 5, 6, 7];
const unit = 'share of U (no unit)';
function drawn(title: string, map: tf.Tensor, limit: number, zAxis = unit) {
  const axes = { xAxis: 'input X, place i', yAxis: 'output U, place k', zAxis, x: place, y: place };
  return heatmap({ title, ...axes, z: map as tf.Tensor2D, scale: 'diverging', limits: [-limit, limit] });
}
const mean = (maps: tf.Tensor3D): tf.Tensor => tf.mean(maps, 0);

// %%
await show(() =>
  grid([drawn('relevance', mean(mapsWith(publishedForward)), 4), drawn('gradient × input', mean(gradientMaps), 4)], {
    title: 'Are they the same?',
    columns: 2,
    sharedScale: true,
    height: 420,
  }),
);

// %%
const rms = (values: tf.Tensor): number => Math.sqrt(tf.mean(tf.square(values)).dataSync()[0]!);
function distanceToGradients(forward: Forward): string {
  const difference = rms(tf.sub(mapsWith(forward), gradientMaps));
  return `gradient × input: typical size ${rms(gradientMaps).toFixed(2)}; relevance is off by ${difference.toPrecision(2)}`;
}
await show(() => distanceToGradients(publishedForward));

// %% [markdown]
// Averaged, the maps look alike. State by state, they differ by twice as much as they are large. Should they be similar, or equal?
//
// ## A proof
//
// **Claim.** In a ReLU network, LRP-0 is gradient × input. **Proof**, from above:
//
// * Suppose that the units of a layer have $R_k = a_k \frac{\partial f}{\partial a_k}$. At the top that is true: $R = f = f \cdot 1$.
// * ReLU gives $a_k = z_k s_k$, where $s_k$, 1 or 0, is also its slope. So
//   $\frac{R_k}{z_k} = s_k \frac{\partial f}{\partial a_k} = \frac{\partial f}{\partial z_k}$.
// * With $W_{kj} = \frac{\partial z_k}{\partial a_j}$, the chain rule makes of
//   $R_j = a_j \sum_k W_{kj} \frac{R_k}{z_k} = a_j \sum_k W_{kj} \frac{\partial f}{\partial z_k}$ just $a_j \frac{\partial f}{\partial a_j}$:
//   the same for the layer below. And so on, down to the inputs. ∎
//
// So "similar" will not do. Something is wrong: the proof, the gradient, your rule, or the forward pass.
//
// **Exercise 3: find the bug.** Each of the suspects can be questioned alone. Your rule passed its checks. Which other one can you compare
// with something you trust? Write the pass as it should be.
//
// <details><summary>Where to look</summary>
//
// The last activations should be the outputs of the network. Compare `publishedForward(layers, states[0]!).at(-1)` with
// `outputs.arraySync()[0]` in a new cell. Then look at the line with `Math.max`, and at the second step of the proof: what exactly is $a_k$?
//
// </details>

// %% exercise="find-the-bug" points=2
function forward(layers: readonly Layer[], x: readonly number[]): number[][] {
  // BEGIN SOLUTION
  const activations = [[...x]];
  for (const { W, b, isRelu } of layers) {
    const a = activations.at(-1)!;
    const z = W.map((row, k) => dot(row, a) + b[k]!);
    activations.push(isRelu ? z.map((value) => Math.max(0, value)) : z);
  }
  return activations;
  // END SOLUTION
}

// %% reference="find-the-bug"
function forwardReference(layers: readonly Layer[], x: readonly number[]): number[][] {
  if (layers.length === 0) return [[...x]];
  const before = forwardReference(layers.slice(0, -1), x);
  const { W, b, isRelu } = layers.at(-1)!;
  const z = W.map((row, k) => row.reduce((total, weight, j) => total + weight * before.at(-1)![j]!, b[k]!));
  return [...before, isRelu ? z.map((value) => Math.max(value, 0)) : z];
}

// %% probe="find-the-bug"
{
  const random = numpyRandom(703);
  const layer = (outputs: number, inputs: number, isRelu: boolean): Layer => ({
    W: Array.from({ length: outputs }, () => Array.from(random.normal(0, 1, inputs))),
    b: Array.from(random.normal(0, 1, outputs)),
    isRelu,
  });
  const deep = [layer(6, 3, true), layer(5, 6, true), layer(4, 5, false)];
  const state = Array.from(random.normal(0, 1, 3));
  await probe('what goes into each layer', () => forward(deep, state).slice(0, 3));
  await probe('the outputs', () => forward(deep, state)[3]);
  await probe('a single layer with ReLU', () => forward(deep.slice(0, 1), state));
}

// %%
const three = [0, 100, 379];
const wantedOutputs = three.map((n) => outputs.arraySync()[n]!);
await check('find-the-bug', () => forward, [
  expectClose('the small network', (pass) => pass([lower, upper], [2, 1]), { wanted: kept([7]) }),
  expectThat('a unit that is off is at 0', (pass) => pass([lower], [-3, 1])[1]!.every((a) => a === 0), {
    hint: 'With the bias, z is −1 and −4 here. ReLU of that?',
  }),
  expectThat('the last layer has no ReLU', (pass) => pass([lower, twins], [1, -2])[2]![1]! < 0),
  expectClose('the outputs at three states', (pass) => three.map((n) => pass(layers, states[n]!)[3]), {
    wanted: wantedOutputs,
    tolerance: 1e-4,
    hint: 'The network computes ReLU(W a + b). Where does the published pass add b?',
  }),
]);

// %%
await show(() => distanceToGradients(forward));

// %% [markdown]
// With the bias *inside* of ReLU the difference is rounding. The published pass adds it *outside*, $\max(0, W a) + b$: units that are off
// "contribute" their bias, others are on that should be off. No error message, and a plausible map. **A proof is a test that costs
// nothing: use it.**
//
// ### Where the proof ends
//
// It has used two things: $a = z \cdot s$, so an activation whose slope at $z$ is $a/z$, and the whole $z$, with its bias, as denominator.
//
// **Before you look:** for which of these activations will the two still be equal?

// %%
import { createMlp, epsilonRule, relevance } from 'netlens';

const kinds = ['linear', 'relu', 'tanh', 'elu'] as const;
const tiny = epsilonRule(1e-9);
const gaps = kinds.map((activation) => {
  const ends = { inputs: 8, outputs: 8, outputActivation: 'linear' } as const;
  const model = createMlp({ ...ends, hidden: [16, 16], activation, seed: 1 });
  const maps = gradientTimesInput(model, x);
  return [activation, (rms(tf.sub(relevance(model, x, { rule: tiny }).values, maps)) / rms(maps)).toPrecision(2)];
});
new dfd.DataFrame(gaps, { columns: ['activation', 'relevance − gradient × input, relative to its size'] });

// %% [markdown]
// Linear units and ReLU: equal, but for rounding. A tanh that is saturated has nearly no slope, and yet it passes its value on: the
// gradient sees nothing, relevance does. The proof ends, too, where a bias is left out of the denominator, or something is added to it.
//
// From here on `relevance` of the library does the work, for all outputs at once. (In the cell above it has kept denominators
// $10^{-9}$ away from zero; without that it would have used the theorem itself, as it is the faster way, and shown you nothing.)
//
// ## What stays behind
//
// In your small example 7 went in at the top, and 5 came out: the biases kept the rest. A bias is no input; it cannot be given anything.
//
// **Exercise 4.** How much do the biases of one layer keep, given the relevance `R` of its units?
//
// <details><summary>Hint</summary>
//
// The bias is treated as if it were one more input that is always 1: of unit $k$ it keeps the share $b_k / z_k$ of $R_k$.
//
// </details>

// %% exercise="bias-keeps" points=1
function biasKeeps({ W, b }: Layer, a: readonly number[], R: readonly number[]): number {
  // BEGIN SOLUTION
  return sum(R.map((r, k) => (b[k]! * r) / (dot(W[k]!, a) + b[k]!)));
  // END SOLUTION
}

// %% reference="bias-keeps"
function biasKeepsReference({ W, b }: Layer, a: readonly number[], R: readonly number[]): number {
  // What does not arrive at the inputs.
  let kept = 0;
  for (const [k, row] of W.entries()) {
    const brought = row.reduce((total, weight, j) => total + weight * a[j]!, 0);
    kept += R[k]! - (R[k]! * brought) / (brought + b[k]!);
  }
  return kept;
}

// %% probe="bias-keeps"
{
  const random = numpyRandom(704);
  const layer = (outputs: number, inputs: number, isRelu: boolean): Layer => ({
    W: Array.from({ length: outputs }, () => Array.from(random.normal(0, 1, inputs))),
    b: Array.from(random.normal(0, 1, outputs)),
    isRelu,
  });
  const some = layer(5, 3, false);
  const [a, R] = [Array.from(random.normal(0, 1, 3)), Array.from(random.normal(0, 1, 5))];
  await probe('of five units', () => biasKeeps(some, a, R));
  await probe('of inputs that bring nothing', () => biasKeeps(some, [0, 0, 0], R));
}

// %%
await check('bias-keeps', () => biasKeeps, [
  expectClose('of 7, one seventh', (f) => f(upper, [4, 1], [7]), { wanted: 1 }),
  expectClose('without a bias nothing', (f) => f({ ...lower, b: [0, 0] }, [2, 1], [3, 2]), { wanted: 0 }),
  expectClose('two units', (f) => f(twins, [4, 1], [14, 22]), {
    wanted: 2,
    hint: 'The share of the bias is b / z, unit by unit; the second unit has b = 0.',
  }),
  expectClose('negative z', (f) => f({ W: [[1], [2]], b: [-3, -1], isRelu: false }, [1], [4, 5]), { wanted: 1 }),
]);

// %%
await show(() => {
  const activations = forward(layers, states[0]!);
  let R = activations[3]!.map((output, k) => (k === 0 ? output : 0));
  const books = [`output 0: ${sum(R).toFixed(3)}`];
  for (const l of [2, 1, 0]) {
    books.push(`biases of layer ${l}: ${biasKeeps(layers[l]!, activations[l]!, R).toFixed(3)}`);
    R = handDown(layers[l]!, activations[l]!, R);
  }
  return [...books, `all inputs: ${sum(R).toFixed(3)}`].join('\n');
});

// %% [markdown]
// `relevance` keeps the books. From the top, on average over states and outputs: what went into each layer, what came out, and where the
// rest is. Parts with different signs cancel in a mean; `lost` is the mean of the sizes.

// %%
const plain = relevance(network, x);
plain.conservation;

// %% [markdown]
// So the shares of the inputs do not add up to the output, and one can say exactly what is missing:
// $f_k - \sum_j x_j \frac{\partial f_k}{\partial x_j} = \sum b \, \frac{\partial f_k}{\partial z}$, summed over all units of all layers.
//
// One may also leave the bias out of the denominator (`ignore`), so that the inputs share everything, or give its part to all of them alike
// (`distribute`). Then nothing is lost. Better?

// %%
const columns = ['bias', 'outputs, mean', 'relevance, sum over inputs, mean', 'typical |R|', 'largest |R|'];
const modes = (['absorb', 'ignore', 'distribute'] as const).map((bias) => {
  const { values } = relevance(network, x, { bias });
  const total = tf.mean(tf.sum(values, 2)).dataSync()[0]!;
  const largest = tf.max(tf.abs(values)).dataSync()[0]!;
  return [bias, ...[tf.mean(outputs).dataSync()[0]!, total, rms(values), largest].map((value) => value.toFixed(2))];
});
new dfd.DataFrame(modes, { columns });

// %% [markdown]
// **Read the table.** With `ignore` and `distribute` everything arrives. And yet, with `ignore`, single shares are more than a hundred
// times as large as the output that they are shares of: where a unit's contributions nearly cancel, $z$ is next to 0, and its
// inputs get +715, −576 and the like of −3. **Conservation is not yet a good explanation.**
//
// ## Stabilisers
//
// The remedy: keep denominators away from zero, with $z_k + \varepsilon \, \mathrm{sgn}\, z_k$ instead of $z_k$, where $\mathrm{sgn}\, 0 = 1$.
//
// **Exercise 5.** Extend your rule by `epsilon`.
//
// <details><summary>Hint</summary>
//
// Only the denominators change: `z.map((value) => value + (value < 0 ? -epsilon : epsilon))`.
//
// </details>

// %% exercise="stabilised" points=1
function stabilised({ W, b }: Layer, a: readonly number[], R: readonly number[], epsilon: number): number[] {
  // BEGIN SOLUTION
  const z = W.map((row, k) => dot(row, a) + b[k]!);
  const safe = z.map((value) => value + (value < 0 ? -epsilon : epsilon));
  return a.map((value, j) => value * sum(R.map((r, k) => (W[k]![j]! * r) / safe[k]!)));
  // END SOLUTION
}

// %% reference="stabilised"
function stabilisedReference({ W, b }: Layer, a: readonly number[], R: readonly number[], epsilon: number): number[] {
  const down = a.map(() => 0);
  for (const [k, row] of W.entries()) {
    const z = row.reduce((total, weight, j) => total + weight * a[j]!, b[k]!);
    const sign = z >= 0 ? 1 : -1;
    for (const [j, weight] of row.entries()) down[j]! += (weight * a[j]! * R[k]!) / (sign * (Math.abs(z) + epsilon));
  }
  return down;
}

// %% probe="stabilised"
{
  const random = numpyRandom(705);
  const layer = (outputs: number, inputs: number, isRelu: boolean): Layer => ({
    W: Array.from({ length: outputs }, () => Array.from(random.normal(0, 1, inputs))),
    b: Array.from(random.normal(0, 1, outputs)),
    isRelu,
  });
  const some = layer(6, 4, false);
  const [a, R] = [Array.from(random.normal(0, 1, 4)), Array.from(random.normal(0, 1, 6))];
  await probe('with a large stabiliser', () => stabilised(some, a, R, 0.8));
  await probe('with a small stabiliser', () => stabilised(some, a, R, 1e-3));
  const even: Layer = {
    W: [
      [1, -2],
      [3, 1],
    ],
    b: [0, 1],
    isRelu: false,
  };
  await probe('where z is 0', () => stabilised(even, [2, 1], [1.5, 2], 0.5));
}

// %%
const even: Layer = { W: [[1, -1]], b: [0], isRelu: false };
const negative: Layer = { W: [[1, -3]], b: [0], isRelu: false };
await check('stabilised', () => stabilised, [
  expectClose('z = 7, ε = 1: one eighth is lost', (f) => f(upper, [4, 1], [8], 1), { wanted: [4, 2] }),
  expectClose('z = 0, ε = ½', (f) => f(even, [2, 2], [3], 0.5), {
    wanted: [12, -12],
    hint: 'sgn 0 is 1. Math.sign(0) is 0.',
  }),
  expectClose('z = −4, ε = 1', (f) => f(negative, [2, 2], [5], 1), {
    wanted: [-2, 6],
    hint: 'A negative z becomes more negative: −5.',
  }),
  expectClose('ε = 0 changes nothing', (f) => f(lower, [2, 1], [4, 2], 0), { wanted: [6, -1] }),
]);

// %% [markdown]
// The price: what the stabiliser takes is lost. How much is a good deal? Three numbers against ε, with biases ignored, for which the
// trouble was worst:
//
// * **size**: the typical share, over that of *integrated gradients*,
// * **agreement**: the rank correlation with them, state by state,
// * **arrived**: how much of the output reaches the inputs.
//
// Integrated gradients are slopes averaged along the way from 0 to the input, times the input. They add up to $f(x) - f(0)$ by
// construction and know no denominators: a good neutral party.

// %%
import { compareAttributions, integratedGradients, lineChart } from 'netlens';

const integrated = integratedGradients(network, x).values;
const epsilons = [0.02, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6];
const price = epsilons.map((epsilon) => {
  const { values, conservation } = relevance(network, x, { rule: epsilonRule(epsilon), bias: 'ignore' });
  const agreement = compareAttributions({ values, integrated }, { resamples: 1 }).perSample.spearman[0]![1]!.value;
  const arrived = conservation[0]!.out / conservation.at(-1)!.in;
  return { epsilon, agreement, arrived, size: rms(values) / rms(integrated) };
});

// %%
const curve = (name: string, key: 'agreement' | 'arrived' | 'size') => ({
  name,
  x: epsilons,
  y: price.map((point) => point[key]),
});
lineChart({
  title: 'What does a stabiliser buy, and at what price?',
  xAxis: 'stabiliser ε (units of z)',
  yAxis: 'ratio (size, arrived), correlation',
  yRange: [0, 1.6],
  series: [curve('size', 'size'), curve('agreement', 'agreement'), curve('arrived', 'arrived')],
});

// %% [markdown]
// **Read the figure.** Without ε the shares were more than six times as large as those of the neutral party; 0.02 are enough to make that
// one and a half, and nearly everything still arrives. Up to ε = ¼ the agreement improves. After that a stabiliser only takes.
// `suggested ε` in the reports, here from 1 to 1.7, is the size of $z$ below which a hundredth of the relevance was divided: it calms all of
// that, and more than the figure says is best.
//
// ## Other rules
//
// Rules differ in how they treat contributions that work against each other:
//
// * **gamma** lets those that agree with the sign of $z$ count more,
// * **alpha-beta** shares out positive and negative contributions apart; with α = 1, β = 0 (**z⁺**) the negative ones get nothing,
// * **w²** and **flat** look at weights only, or at nothing, and so never meet a zero: for first layers.
//
// A *composite* takes a rule for each layer: usually an exact one at the top, calming ones below.
//
// **Exercise 6.** Choose for our three layers: w² for the first one, the rule `zeroRule()` for the last one, γ = ¼ for those between. The
// first choice that a layer meets is its own.
//
// <details><summary>Hint</summary>
//
// A choice says where and what: `{ at: 'first', rule: wSquareRule() }`. Places are `'first'` and `'last'`, among others. A choice without a place holds for
// all layers. γ = ¼ is `gammaRule(0.25)`.
//
// </details>

// %%
import { alphaBetaRule, composite, gammaRule, type RuleChoice, wSquareRule, zeroRule, zPlusRule } from 'netlens';

// %% exercise="choices" points=1
function choices(): RuleChoice[] {
  // BEGIN SOLUTION
  return [{ at: 'first', rule: wSquareRule() }, { at: 'last', rule: zeroRule() }, { rule: gammaRule(0.25) }];
  // END SOLUTION
}

// %% probe="choices"
{
  const { composite: rulesOf, createMlp: network } = await import('netlens');
  const rules = (hidden: number[]): string[] => {
    const sizes = { inputs: 8, hidden, outputs: 8, activation: 'relu', outputActivation: 'linear', seed: 2 } as const;
    return rulesOf(network(sizes), choices()).map(({ rule }) => rule.name);
  };
  await probe('in two layers', () => rules([16]));
  await probe('in five layers', () => rules([16, 16, 16, 16]));
}

// %%
const names = (given: RuleChoice[], hidden: number[]) => {
  const size = { inputs: 8, hidden, outputs: 8, activation: 'relu', outputActivation: 'linear', seed: 1 } as const;
  return composite(createMlp(size), given).map(({ rule }) => rule.name);
};
await check('choices', choices, [
  expectClose('our three layers', (given) => names(given, [16, 16]), {
    wanted: ['w-squared', 'gamma 0.25', 'zero'],
    hint: "{ at: 'first', rule: wSquareRule() } is a choice; 'last' is a place, too.",
  }),
  expectClose('a deeper network', (given) => names(given, [16, 16, 16]), {
    wanted: ['w-squared', 'gamma 0.25', 'gamma 0.25', 'zero'],
    hint: 'A choice without a place is for all layers: put it last.',
  }),
]);

// %%
await show(
  () => composite(network, choices()),
  () => relevance(network, x, { composite: composite(network, choices()) }).conservation,
);

// %% [markdown]
// ## All maps side by side
//
// Nine ways to answer "how much did each input contribute?", in the same units and with one scale. The first is a sensitivity made
// comparable: the slope, times the standard deviation of the input.

// %%
import { distributeBiasRule, jacobian } from 'netlens';

const deviation = tf.sqrt(tf.moments(x, 0).variance);
const mixed = composite(network, [
  { at: 'first', rule: wSquareRule() },
  { at: 'last', rule: zeroRule() },
  { rule: gammaRule(0.25) },
]);

// %%
const methods: Readonly<Record<string, tf.Tensor3D>> = {
  '1 slope × deviation': tf.mul(jacobian(network, x), deviation),
  '2 LRP-0 = gradient × input': plain.values,
  '3 integrated gradients': integrated,
  '4 LRP, biases distributed': relevance(network, x, { rule: distributeBiasRule() }).values,
  '5 LRP, ε = 1': relevance(network, x, { rule: epsilonRule(1) }).values,
  '6 LRP, γ = 0.25': relevance(network, x, { rule: gammaRule(0.25) }).values,
  '7 LRP, α = 2, β = 1': relevance(network, x, { rule: alphaBetaRule(2, 1) }).values,
  '8 LRP, z⁺': relevance(network, x, { rule: zPlusRule() }).values,
  '9 LRP, w², γ and 0': relevance(network, x, { composite: mixed }).values,
};

// %%
grid(
  Object.entries(methods).map(([name, maps]) => drawn(name, mean(maps), 5)),
  { title: 'Who contributed to U? Mean over 380 states', columns: 3, sharedScale: true, width: 1050, height: 1000 },
);

// %% [markdown]
// **Read the maps.** Maps 1 to 6 tell one story, $U_k$ is made by $X_k$, against it; beside the diagonal they differ, even in sign. Map 9 blurs
// it: w² does not look at $X$ at all. But map 7 says the opposite, and in map 8 the diagonal is gone!
//
// **Think.** Four of five outputs are negative, and $X_k$ makes them so. What do α = 2, β = 1 and z⁺ make of that?
//
// <details><summary>Then compare</summary>
//
// Both share out by what speaks *for* a unit (positive contributions) and what speaks *against* it. An output of −5 hands down −5. With z⁺
// everything goes to the positive contributions, which had nothing to do with it; $X_k$, which caused it, gets nothing. With
// α = 2, β = 1 the negative contributions get $-\beta \cdot (-5) = +5$: the cause has the wrong sign. These rules were made for images and classes,
// where everything is positive. γ, in the form that the library has, asks for the sign of $z$ first.
//
// </details>
//
// A mean needs its errors. For LRP-0, here is the mean, ± how much the share differs from state to state, and ± how well 380 states know the
// mean: the standard deviation over $\sqrt{380}$, drawn ten times as large, as one would see nothing otherwise.

// %%
const { variance } = tf.moments(plain.values, 0);
const deviationMap = tf.sqrt(variance);
grid(
  [
    drawn('mean', mean(plain.values), 4.5),
    drawn('± from state to state', deviationMap, 4.5),
    drawn('± error of the mean, × 10', tf.mul(deviationMap, 10 / Math.sqrt(380)), 4.5),
  ],
  { title: 'LRP-0: what is typical, and how sure is it?', columns: 3, sharedScale: true, width: 1050, height: 400 },
);

// %% [markdown]
// The mean is well known, and it is not typical: from state to state a share changes by more than its mean. **One map for all states hides most
// of what the network does.** So compare maps state by state.
//
// ## How far do they agree?
//
// For each state and output, take the eight shares of one method and those of another, and correlate their ranks (Spearman). The mean over
// all states and outputs:

// %%
const agreement = compareAttributions(methods, { resamples: 50 });
const ranks = agreement.perSample.spearman.map((row) => row.map(({ value }) => value));
const number = agreement.names.map((_, i) => String(i + 1));
heatmap({
  title: 'Do two methods name the same inputs?',
  xAxis: 'number of the method',
  yAxis: 'method',
  zAxis: 'rank correlation, mean over states',
  x: number,
  y: [...agreement.names],
  z: ranks,
  scale: 'sequential',
  limits: [-0.4, 1],
  width: 800,
});

// %%
new dfd.DataFrame(
  ranks.map((row) => row.map((value) => value.toFixed(2))),
  { columns: number, index: [...agreement.names] },
);

// %% [markdown]
// **Read the matrix.** Gradient × input and its relatives (2 to 5) agree. The more a rule favours one sign (6, 8), the further away it gets; α = 2,
// β = 1 disagrees with all but z⁺. Nobody is *right* here: there is no true share of an input in a product such as $x_1 x_2$. But one can
// tell who has not understood the question.
//
// ## A sanity check
//
// An explanation of a network should change when the network does. So destroy the network, layer by layer from the top, by shuffling its weights;
// what it has learnt is gone. A method whose maps stay as they are was never explaining the network (Adebayo et al., 2018).
//
// **Exercise 7.** Write such an impostor: maps that never look at the network. For each state, every output gets the inputs themselves as
// its shares. Shape [states, 8, 8].
//
// <details><summary>Hint</summary>
//
// `tf.expandDims(x, 1)` has the shape [states, 1, 8], and `tf.tile(…, [1, 8, 1])` repeats it along the middle.
//
// </details>

// %% exercise="impostor" points=1
function impostor(x: tf.Tensor2D): tf.Tensor3D {
  // BEGIN SOLUTION
  return tf.tile(tf.expandDims(x, 1), [1, 8, 1]) as tf.Tensor3D;
  // END SOLUTION
}

// %% reference="impostor"
function impostorReference(x: tf.Tensor2D): tf.Tensor3D {
  return tf.tensor3d(x.arraySync().map((state) => Array.from({ length: 8 }, () => state)));
}

// %% probe="impostor"
{
  const some = tf.tensor2d(Array.from(numpyRandom(707).normal(0, 1, 96)), [12, 8]);
  await probe('of some states', () => impostor(some));
  await probe('of a single state', () => impostor(tf.slice(some, [4, 0], [1, 8])));
}

// %%
await check('impostor', () => impostor(x), [
  expectThat('eight rows for each state', (maps) => maps.shape.join() === '380,8,8', {
    hint: 'A tensor of shape [states, outputs, inputs].',
  }),
  expectClose('output 0 and output 7 of the first state', (maps) => [0, 7].map((k) => maps.arraySync()[0]![k]), {
    wanted: [states[0], states[0]],
  }),
  expectClose('output 3 of the last state', (maps) => maps.arraySync()[379]![3], { wanted: states[379] }),
]);

// %% [markdown]
// `cascadingRandomisation` shuffles, explains, compares and puts the weights back. We ask for the *sizes* of the shares: which inputs are said to
// matter, whether for or against?
//
// **Before you look:** which of the rules looks least at what the network has learnt?

// %%
import { cascadingRandomisation, type RelevanceOptions } from 'netlens';

function survival(explain: () => tf.Tensor): number[] {
  const stages = cascadingRandomisation(network, explain, { seed: 1, sizes: true, resamples: 1 });
  return [1, ...stages.map(({ perSample }) => perSample.spearman[0]![1]!.value)];
}
const rules = (options: RelevanceOptions) => () => relevance(network, x, options).values;

// %%
await show(() =>
  lineChart({
    title: 'Which maps survive when the network is destroyed?',
    xAxis: 'layers shuffled, from the top (of 3)',
    yAxis: 'rank correlation with the original',
    yRange: [-0.1, 1.1],
    series: [
      { name: 'impostor', x: [0, 1, 2, 3], y: survival(() => tf.clone(impostor(x))) },
      { name: 'slope', x: [0, 1, 2, 3], y: survival(() => jacobian(network, x)) },
      { name: 'LRP-0', x: [0, 1, 2, 3], y: survival(rules({})) },
      { name: 'γ = 0.25', x: [0, 1, 2, 3], y: survival(rules({ rule: gammaRule(0.25) })) },
      { name: 'z⁺', x: [0, 1, 2, 3], y: survival(rules({ rule: zPlusRule() })) },
    ],
  }),
);

// %% [markdown]
// **Read the figure.** The slope passes: with the top layer gone, nothing is left of its maps. LRP-0 and γ lose half or more, but keep some: they
// multiply by the input, and the input is still the same. That part of their maps was never about the network. And z⁺ is hardly better than the
// impostor: it names the same inputs whatever the network has learnt.
//
// ## What you have learnt
//
// * LRP hands an output down, unit by unit, in proportion to what each input brought in. Biases keep their part, and a report can say which.
// * In a ReLU network LRP-0 *is* gradient × input. A theorem like that is the best test there is: it finds bugs that pictures hide.
// * Conservation is no proof of quality: shares of +715 and −576 add up, too. Stabilisers calm them and cost relevance.
// * Rules answer different questions. Show several, with one scale, with errors, and state by state.
// * A map that survives when the network is destroyed does not explain it.
//
// **Next**: take a model of your own. `relevance` takes any stack of dense layers.
