import { fileURLToPath } from 'node:url';
import { need } from '../need.js';

/**
 * The path of a file or folder that is given by path or by file URL.
 *
 * @param owner - the function that asks, for messages.
 * @throws TypeError if it is neither.
 */
export function folderPath(owner: string, place: string | URL): string {
  const text = place instanceof URL ? place.href : place;
  const isPath = typeof text === 'string' && text !== '' && !/^https?:/.test(text);
  need(isPath, `${owner} needs a path on this computer`, text, TypeError);
  return place instanceof URL ? fileURLToPath(place) : place;
}
