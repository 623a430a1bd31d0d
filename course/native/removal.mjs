// @ts-check
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { targetOf, unlink } from './link.mjs';
import { nativeFolder } from './places.mjs';

/**
 * Takes away all that `npm run native` made.
 *
 * @type {import('../setup/steps.mjs').Step}
 */
export const removal = {
  title: 'Removing native TensorFlow',
  isReady: (project) => targetOf(project) === undefined && !existsSync(nativeFolder(project)),

  async make(project) {
    if (targetOf(project) !== undefined) unlink(project);
    await rm(nativeFolder(project), { recursive: true, force: true });
  },
};
