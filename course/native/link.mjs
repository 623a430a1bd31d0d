// @ts-check
import { lstatSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Failure } from '../setup/failure.mjs';
import { folderOf, linkOf } from './places.mjs';
import { tryOut } from './trial.mjs';

/** @typedef {import('../setup/project.mjs').Project} Project */

/**
 * Puts the compiled part in its place, if TensorFlow.js computes with it.
 *
 * @param {import('./native.mjs').Kind} kind
 * @returns {import('../setup/steps.mjs').Step}
 */
export const link = (kind) => ({
  title: 'First multiplication',
  isReady: (project) => targetOf(project) === wantedTarget(project, kind),

  async make(project) {
    unlink(project);
    symlinkSync(wantedTarget(project, kind), linkOf(project));
    try {
      await tryOut(project);
    } catch (failure) {
      unlink(project);
      throw failure;
    }
  },
});

/**
 * Takes the compiled part out of the package.
 *
 * @param {Project} project
 */
export function unlink(project) {
  const place = linkOf(project);
  if (targetOf(project) !== undefined) rmSync(place);
  else if (lstatSync(place, { throwIfNoEntry: false }))
    throw new Failure(`${place} is not from npm run native.`, { help: 'Remove it, and run the command again.' });
}

/**
 * Where the link leads, or undefined if there is none.
 *
 * @param {Project} project
 */
export function targetOf(project) {
  const place = linkOf(project);
  return lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(place) : undefined;
}

/**
 * Relative, so that the project folder can be moved.
 *
 * @param {Project} project
 * @param {import('./native.mjs').Kind} kind
 */
const wantedTarget = (project, kind) => relative(dirname(linkOf(project)), join(folderOf(project, kind), 'lib'));
