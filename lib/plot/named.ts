import { need } from '../need.js';

/** What a figure draws several of. */
type Drawn = 'series' | 'group';

/**
 * Throws unless there is at least one thing to draw, and each has a name.
 *
 * @param owner - the function that draws, for messages.
 */
export function checkNamed(owner: string, what: Drawn, list: readonly { readonly name: string }[]): void {
  need(Array.isArray(list), `${owner} needs a list of ${what === 'group' ? 'groups' : what}`, list, TypeError);
  need(list.length > 0, `${owner} needs at least one ${what}`, list.length);
  const bad = list.findIndex((each: { readonly name: string } | null) => typeof each?.name !== 'string');
  need(bad < 0, `${owner} needs a name for each ${what}`, list[bad]?.name, TypeError);
}
