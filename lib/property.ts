import { Unanswered } from './answer.js';
import { compare, type Plain, type Tolerance } from './compare.js';
import { need, needOptions } from './need.js';
import { plainOf, shown } from './plain.js';

/** What an answer must fulfil: a name, and the way to find out. Made by `expectClose` and `expectThat`. */
export interface Property<A> {
  readonly name: string;
  readonly hint: string | undefined;
  /** Looks at the answer. */
  readonly examine: (answer: A) => Promise<Finding>;
}

/** What was found: whether the property holds, what was got and what was wanted, in words. */
export interface Finding {
  readonly holds: boolean;
  readonly got: string;
  readonly wanted: string;
}

/** What `expectClose` compares with. */
export interface Expectation {
  /** A number, a list, a typed array or a tensor; also text or a boolean. */
  readonly wanted: unknown;
  /** How far each number may be off: absolute, or absolute plus relative to the wanted number. By default rounding only. */
  readonly tolerance?: number | Tolerance;
  /** What may help whoever gets something else. */
  readonly hint?: string;
}

/** The tolerance where none is named: room for the rounding of float32 sums, no more. */
export const rounding: Tolerance = { absolute: 1e-5, relative: 1e-4 };

/**
 * The property that some value of an answer is the wanted one: |got − wanted| ≤ tolerance, for every number in it, and the same
 * shape. NaN and infinities are never close to a number.
 *
 * @param name - what is looked at, as a learner reads it.
 * @param pick - takes the value from the answer, or calls the answer if it is a function; may be asynchronous.
 * @param expectation - the wanted value, the tolerance, a hint.
 * @throws TypeError if nothing is wanted, `pick` is no function, or the expectation no object; RangeError if the tolerance is none.
 * @example
 * await check('mean', () => [1, 2, 3], [expectClose('the last one', (numbers) => numbers[2], { wanted: 3, hint: 'Count from 0.' })]);
 */
export function expectClose<A>(name: string, pick: (answer: A) => unknown, expectation: Expectation): Property<A> {
  needOptions('expectClose', expectation, 'an expectation');
  const { wanted, tolerance, hint } = expectation;
  need(wanted !== undefined && wanted !== null, 'expectClose needs something wanted', wanted, TypeError);
  need(typeof pick === 'function', 'expectClose needs a function that picks a value', pick, TypeError);
  const allowed = typeof tolerance === 'number' ? { absolute: tolerance, relative: 0 } : (tolerance ?? rounding);
  need(isTolerance(allowed), 'expectClose needs a tolerance of at least 0, or { absolute, relative }', tolerance);
  return {
    name,
    hint,
    examine: async (answer) => {
      const goal = plainOf(wanted);
      const wantedText = shown(goal) + (tolerance === undefined ? '' : margin(allowed));
      return found(wantedText, async () => judged(plainOf(await pick(answer)), goal, allowed));
    },
  };
}

/**
 * The property that something is true of an answer.
 *
 * @param name - what must be true, as a learner reads it.
 * @param predicate - finds out; may be asynchronous.
 * @throws TypeError if it is no function, or options are no object.
 * @example
 * await check('mean', () => 2, [expectThat('is positive', (mean) => mean > 0, { hint: 'Add, then divide.' })]);
 */
export function expectThat<A>(
  name: string,
  predicate: (answer: A) => boolean | Promise<boolean>,
  options: { readonly hint?: string } = {},
): Property<A> {
  needOptions('expectThat', options);
  need(typeof predicate === 'function', 'expectThat needs a function that finds out', predicate, TypeError);
  const examine = (answer: A): Promise<Finding> =>
    found('yes', async () => {
      const holds = (await predicate(answer)) === true;
      return { holds, got: holds ? 'yes' : 'no' };
    });
  return { name, hint: options.hint, examine };
}

function isTolerance({ absolute, relative }: Tolerance): boolean {
  return absolute >= 0 && relative >= 0;
}

async function found(wanted: string, examine: () => Promise<Omit<Finding, 'wanted'>>): Promise<Finding> {
  try {
    return { ...(await examine()), wanted };
  } catch (error) {
    if (error instanceof Unanswered) throw error;
    return { holds: false, got: failure(error), wanted };
  }
}

function judged(got: Plain, wanted: Plain, tolerance: Tolerance): Omit<Finding, 'wanted'> {
  const verdict = compare(got, wanted, tolerance);
  return { holds: verdict.holds, got: verdict.holds ? shown(got) : `${shown(got)}: ${verdict.reason}` };
}

/** An error in one line, with the place in the notebook where it is known. */
export function failure(error: unknown): string {
  if (!(error instanceof Error)) return `${String(error)} was thrown`;
  const place = /cell\[(\d+)\]:(\d+)/.exec(error.stack ?? '');
  return `${error.name}: ${error.message}${place ? ` (cell ${place[1]}, line ${place[2]})` : ''}`;
}

function margin({ absolute, relative }: Tolerance): string {
  const parts = [
    absolute > 0 ? String(absolute) : '',
    relative > 0 ? `${Number((100 * relative).toPrecision(3))} %` : '',
  ];
  const text = parts.filter(Boolean).join(' + ');
  return text && ` ± ${text}`;
}
