import { readCell, readStatements } from './reading.js';

/** A cell of a student. */
interface OwnCell {
  readonly index: number;
  readonly text: string;
}

/** An answer with what it stands on in front. */
interface Helped {
  readonly text: string;
  /** The cells that something was taken from, by index. */
  readonly from: readonly number[];
}

/**
 * Puts in front of an answer what it stands on in a student's other cells: declarations and imports of names that no released
 * cell declares; of several for a name the last one. Nothing else of these cells is taken.
 *
 * @param known - the names that released cells declare.
 */
export function withHelpers(answer: string, others: readonly OwnCell[], known: ReadonlySet<string>): Helped {
  const missing = new Set([...readCell(answer).free].filter((name) => !known.has(name)));
  const statements = others.flatMap(({ index, text }) => readStatements(text).map((each) => ({ index, ...each })));
  const latest = new Map(statements.flatMap((each) => [...each.declares].map((name) => [name, each] as const)));
  const taken = new Set<(typeof statements)[number]>();
  for (const name of missing) {
    const found = latest.get(name);
    if (!found || taken.has(found)) continue;
    taken.add(found);
    for (const more of found.free) if (!known.has(more)) missing.add(more); // the loop comes to them, too
  }
  const helpers = statements.filter((each) => taken.has(each));
  return {
    text: [...helpers, { text: answer }].map(({ text }) => text).join('\n'),
    from: helpers.map(({ index }) => index),
  };
}
