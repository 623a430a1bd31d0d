import { Unanswered } from './answer.js';
import { need } from './need.js';
import { notebook } from './notebook.js';
import { failure, type Property } from './property.js';
import { type Report, type ReportRow, reportBundle, text } from './report.js';

/**
 * Says of every property whether an answer has it, in a table: property, got, wanted, and a hint for the first that fails.
 *
 * It never throws. An answer that is not written yet (`todo`) gives one friendly line, one that throws a table with its message.
 *
 * @param exercise - the name of the exercise.
 * @param answer - the answer, or a function without parameters that gives it, also asynchronously. An answer that is itself a
 * function is given as `() => answer`.
 * @param properties - what the answer must fulfil, made by `expectClose` and `expectThat`.
 * @example
 * const half = (x: number): number => x / 2;
 * await check('half', () => half, [expectClose('half of 3', (half) => half(3), { wanted: 1.5 })]);
 */
export async function check<A>(
  exercise: string,
  answer: A | (() => A | Promise<A>),
  properties: readonly Property<NoInfer<A>>[],
): Promise<void> {
  print(await reportOn(exercise, answer, properties));
}

async function reportOn<A>(
  exercise: string,
  answer: A | (() => A | Promise<A>),
  properties: readonly Property<A>[],
): Promise<Report> {
  try {
    const value = typeof answer === 'function' ? await (answer as () => A | Promise<A>)() : answer;
    return report(exercise, properties, await rowsOf(value, properties));
  } catch (error) {
    if (error instanceof Unanswered) return { headline: error.message, rows: [] };
    const row = { property: 'gives an answer', holds: false, got: failure(error), wanted: 'no error' };
    return { headline: `Exercise ${exercise}: the answer ends with an error`, rows: [row] };
  }
}

async function rowsOf<A>(answer: A, properties: readonly Property<A>[]): Promise<ReportRow[]> {
  need(Array.isArray(properties), 'check needs a list of properties', properties, TypeError);
  const bad = properties.findIndex((property: Property<A> | undefined) => typeof property?.examine !== 'function');
  need(bad < 0, 'check needs properties made by expectClose or expectThat', properties[bad], TypeError);
  const rows: ReportRow[] = [];
  for (const { name, examine } of properties) rows.push({ property: name, ...(await examine(answer)) });
  return rows;
}

function report<A>(exercise: string, properties: readonly Property<A>[], rows: readonly ReportRow[]): Report {
  const holding = rows.filter(({ holds }) => holds).length;
  const first = rows.findIndex(({ holds }) => !holds);
  const headline = `Exercise ${exercise}: ${first < 0 ? 'all properties hold' : `${holding} of ${rows.length} properties hold`}`;
  return { headline, rows, hint: properties[first]?.hint };
}

function print(result: Report): void {
  const page = notebook();
  if (page) page.display(reportBundle(result));
  else console.log(text(result));
}
