// @ts-check
import { ahead } from './ahead.mjs';
import { kernel, library } from './build.mjs';
import { environment, testTools } from './environment.mjs';
import { jupyter } from './jupyter.mjs';
import { packages } from './packages.mjs';

/**
 * One part of the set-up: whether it is done (asked often, so quick), and how to do it (resumable after any end).
 *
 * @typedef {object} Step
 * @property {string} title
 * @property {(project: import('./project.mjs').Project) => boolean} isReady
 * @property {(project: import('./project.mjs').Project) => Promise<void>} make
 */

/**
 * What the course needs, in order.
 *
 * @param {{ tests: boolean }} options
 * @returns {readonly Step[]}
 */
export function steps({ tests }) {
  return [packages, environment, ...(tests ? [testTools] : []), jupyter, kernel, library, ahead];
}
