import type * as tf from '@tensorflow/tfjs';
import { namesOf, numbered } from '../names.js';
import { need, needOptions } from '../need.js';
import { type Displayable, jupyterDisplay } from '../plot/display.js';
import type { Model } from '../tape/model.js';
import type { DerivativeOptions } from './gradient.js';
import { sortedIndices } from './indices.js';
import { type Differentiate, differentiator } from './method.js';
import { chosenOutput, type Problem, problemOf, type Wanted } from './problem.js';
import { deviations } from './scales.js';
import { type Collector, collector } from './statistics.js';
import type { TaylorCoefficient } from './taylor-coefficient.js';
import { taylorBundle } from './taylor-table.js';

// So that third derivatives by many inputs need not be kept for all rows.
const NUMBERS_AT_ONCE = 2 ** 22;

/** How far to expand, which output, and how. */
export interface TaylorOptions extends DerivativeOptions {
  /** The highest order, 1 to 3. */
  readonly order: 1 | 2 | 3;
  /** What the inputs are called in the table; x1, x2, … by default. */
  readonly names?: readonly string[];
}

/** Taylor coefficients, by order and by inputs; in a notebook they show themselves as a table. */
export type TaylorCoefficients = readonly TaylorCoefficient[] & Displayable;

/**
 * The Taylor coefficients of one output about every row, and what they are on average: t_i = ∂_i f, t_ii = ½ ∂_ii f,
 * t_ij = ∂_ij f for i < j, in general ∂f over the factorials of how often each input occurs.
 *
 * The mean tells a direction, but cancels where the sign changes; the mean absolute value and the root mean square tell how
 * much a term matters.
 *
 * @param model - a model or a function, as `gradient` takes it.
 * @param x - about which points, shape [batch, in], finite.
 * @returns all coefficients up to the order, each with means over the rows and their standard errors (NaN for a single row).
 * @throws RangeError if `order` is not 1, 2 or 3, or `names` are not as many as the inputs; TypeError if these are no list
 * of text; otherwise as `gradient`.
 * @example
 * const coefficients = taylorCoefficients((x) => tf.pow(x, 3), tf.tensor2d([[1], [3]]), { order: 2 });
 * coefficients.map(({ inputs }) => inputs) // => [[0], [0, 0]]
 * coefficients.map(({ mean }) => mean) // => [{ value: 15, error: 12 }, { value: 6, error: 3 }]
 * @see Wunsch, Friese, Wolf, Quast (2018), Comput. Softw. Big Sci. 2:5, https://arxiv.org/abs/1803.08782
 */
export function taylorCoefficients(model: Model, x: tf.Tensor2D, options: TaylorOptions): TaylorCoefficients {
  needOptions('taylorCoefficients', options);
  const problem = problemOf('taylorCoefficients', model, x);
  const output = chosenOutput(problem, options.output);
  const { inputs } = problem;
  const { order } = options;
  need([1, 2, 3].includes(order), 'taylorCoefficients needs an order of 1, 2 or 3', order);
  const names = namesOf('taylorCoefficients', numbered('x', inputs), options.names);
  const changes = deviations(problem.x, inputs);
  const differentiate = differentiator(problem, options.method);
  const coefficients = [1, 2, 3].slice(0, order).flatMap((one) => {
    const terms = sortedIndices(inputs, one);
    const values = collected({ problem, wanted: { order: one, output }, differentiate, terms });
    return terms.map((term, i) => coefficient(term, values[i]!, changes));
  });
  const shown: Displayable = { [jupyterDisplay]: () => taylorBundle(coefficients, names) };
  return Object.freeze(Object.assign(coefficients, shown));
}

interface Collection {
  readonly problem: Problem;
  readonly wanted: Wanted;
  readonly differentiate: Differentiate;
  readonly terms: readonly (readonly number[])[];
}

// Puts every row's coefficients of one order into the collectors, term by term.
function collected({ problem, wanted, differentiate, terms }: Collection): readonly Collector[] {
  const { inputs, rows, x } = problem;
  const collectors = terms.map(() => collector());
  const size = inputs ** wanted.order;
  const places = terms.map((term) => term.reduce((place, input) => place * inputs + input, 0));
  const rowsAtOnce = Math.max(1, Math.floor(NUMBERS_AT_ONCE / size));
  for (let start = 0; start < rows; start += rowsAtOnce) {
    const some = x.subarray(start * inputs, (start + rowsAtOnce) * inputs);
    const found = differentiate(some, wanted);
    for (let row = 0; row < found.length; row += size)
      for (let i = 0; i < terms.length; i++) collectors[i]!.add(found[row + places[i]!]!);
  }
  return collectors;
}

function coefficient(inputs: readonly number[], values: Collector, changes: readonly number[]): TaylorCoefficient {
  const share = 1 / factorials(inputs);
  const scale = inputs.reduce((product, input) => product * changes[input]!, share);
  return { inputs, ...values.statistics(share), scaled: values.statistics(scale) };
}

// The product of n! over the inputs, n being how often each occurs.
function factorials(inputs: readonly number[]): number {
  let [product, repeats] = [1, 1];
  for (let i = 1; i < inputs.length; i++) {
    repeats = inputs[i] === inputs[i - 1] ? repeats + 1 : 1;
    product *= repeats;
  }
  return product;
}
