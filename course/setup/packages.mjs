// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explain } from './explain.mjs';
import { npmCommand } from './npm.mjs';
import { run } from './run.mjs';
import { hashFiles, readStamp, writeStamp } from './stamp.mjs';

/** @typedef {import('./project.mjs').Project} Project */

// `npm ci` refuses lock files whose optional packages for other platforms are missing, so: install, then compare.
// The options undo what a user's own configuration may leave out (NODE_ENV=production omits everything here).
const install = ['install', '--no-save', '--package-lock', '--include=dev', '--include=optional', '--no-progress'];

// Packages with compiled parts differ by machine, as when a folder is shared with a container.
const machine = `${process.platform} ${process.arch}`;

// Without a network npm tries every package for minutes, and tells only at this level.
const talkative = '--loglevel=http';
/** @param {string} output */
const isOffline = (output) => output.split('attempt 1 failed with').length > 20 && !output.includes(' GET 200 ');
// On a full disk npm goes on, and ends with success and half-empty packages.
/** @param {string} output */
const isBroken = (output) => output.includes('TAR_ENTRY_ERROR');

/** @type {import('./steps.mjs').Step} */
export const packages = {
  title: 'Packages',

  isReady(project) {
    const stamp = readStamp(stampOf(project));
    return stamp?.['lock'] === hashLock(project) && stamp['machine'] === machine && differences(project).length === 0;
  },

  async make(project) {
    const before = readStamp(stampOf(project));
    if (before && before['machine'] !== machine) await rm(project.modules, { recursive: true, force: true });
    if (differences(project).length > 0) await installPackages(project, before);
    writeStamp(stampOf(project), { machine, lock: hashLock(project) });
  },
};

/**
 * @param {Project} project
 * @param {Record<string, unknown> | undefined} before
 */
async function installPackages(project, before) {
  const isNew = !existsSync(project.modules);
  // Killed from here on, the next run starts from an empty folder: a package may be half unpacked.
  writeStamp(stampOf(project), { machine: 'unfinished' });
  try {
    const command = [...npmCommand(), ...install, talkative];
    const isHopeless = (/** @type {string} */ output) => isOffline(output) || isBroken(output);
    const { code, output } = await run(command, { cwd: project.root, isHopeless });
    const [difference] = differences(project);
    if (code === 0 && !difference) return;
    // npm takes back what it did, unless it was stopped while it unpacked.
    if (!isBroken(output)) writeStamp(stampOf(project), before ?? { machine });
    throw explain('npm', output, code === 0 ? `left ${difference}.` : 'failed.');
  } catch (failure) {
    if (isNew) await rm(project.modules, { recursive: true, force: true });
    throw failure;
  }
}

/**
 * What the installed packages lack or have in another version than the lock file says.
 *
 * @param {Project} project
 * @returns {string[]}
 */
export function differences({ root }) {
  const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(locked).flatMap(([path, { version, link, optional, devOptional }]) => {
    if (!path.startsWith('node_modules/')) return [];
    const installed = versionOf(join(root, path));
    if (installed === undefined) return optional || devOptional ? [] : [`${nameOf(path)} missing`];
    if (link || installed === version) return [];
    return [`${nameOf(path)} ${installed} where the lock file has ${version}`];
  });
}

/** @param {string} path */
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * @param {string} folder
 * @returns {string | undefined}
 */
function versionOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** @param {Project} project */
const stampOf = ({ modules }) => join(modules, '.netlens-setup.json');

/** @param {Project} project */
const hashLock = ({ root }) => hashFiles(join(root, 'package-lock.json'), join(root, 'package.json'));
