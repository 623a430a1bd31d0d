import { bounded, type Reading, readCell } from './reading.js';

/**
 * The cells that others stand on, by index: those that declare what is mentioned, directly or by way of each other, those that
 * act on it, and those that act and declare nothing. What only shows something is left out: an exercise need not wait for
 * figures and trainings that it does not use.
 *
 * @param cells - the code above, in order.
 * @param wanted - the code that is to run.
 * @throws Error if some of it is nested so deeply that it cannot be read.
 */
export function neededCells(cells: readonly string[], wanted: readonly string[]): ReadonlySet<number> {
  return bounded(() => foundNeeded(cells, wanted));
}

function foundNeeded(cells: readonly string[], wanted: readonly string[]): ReadonlySet<number> {
  const readings = cells.map(readCell);
  const names = new Set(wanted.flatMap((text) => [...readCell(text).mentions]));
  const needed = new Set<number>();
  for (let before = -1; before < needed.size; ) {
    before = needed.size;
    for (const [index, reading] of readings.entries()) {
      if (needed.has(index) || !isNeeded(reading, names)) continue;
      needed.add(index);
      for (const name of reading.mentions) names.add(name);
    }
  }
  return needed;
}

function isNeeded({ declares, mentions, acts }: Reading, names: ReadonlySet<string>): boolean {
  if (acts && declares.size === 0) return true;
  return [...declares].some((name) => names.has(name)) || (acts && [...mentions].some((name) => names.has(name)));
}
