import { need } from '../need.js';
import type { ModelFile } from './model-file.js';

const TIMES = 100;
const MOST = 2 ** 30;

/** Counts what a file claims to hold. */
export type Claims = (what: string, bytes: number) => void;

/**
 * Counts the bytes that the parts of a file claim to have once unpacked, before memory is set aside for them.
 *
 * Frameworks store weights as they are: what claims to unpack to more than a hundred times the file is no model.
 * Nor is more than a gibibyte read.
 *
 * @returns a function that adds a claim; it throws Error if all claims together are over the limit.
 */
export function claims({ path, bytes }: ModelFile): Claims {
  const limit = Math.min(TIMES * bytes.length, MOST);
  let total = 0;
  return (what, claimed) => {
    total += claimed;
    const requirement = `loadModel needs at most ${limit} bytes in the ${bytes.length} of ${path}`;
    need(total <= limit, requirement, { words: `${total} with ${what}` }, Error);
  };
}
