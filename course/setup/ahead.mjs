// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { kernelCommand } from './jupyter.mjs';
import { run } from './run.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

/** @typedef {import('./project.mjs').Project} Project */

/**
 * Lets the kernel read, check and compile the library once, so that the first notebook need not wait for it. Later
 * edits of the library are the kernel's own affair; so is what goes wrong here.
 *
 * @type {import('./steps.mjs').Step}
 */
export const ahead = {
  title: 'Library, for the first notebook',
  isReady: (project) =>
    existsSync(join(project.build, 'kernel-cache')) && readStamp(stampOf(project))?.['node'] === process.version,

  async make(project) {
    const command = [...kernelCommand(project, 'ahead.js'), 'netlens'];
    await run(command, { cwd: join(project.root, 'notebooks') });
    writeStamp(stampOf(project), { node: process.version });
  },
};

/** @param {Project} project */
const stampOf = ({ build }) => join(build, 'ahead.json');
