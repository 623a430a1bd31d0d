// @ts-check
import { existsSync, realpathSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { explain } from './explain.mjs';
import { askPython, findPython, pythonEnv } from './python.mjs';
import { run } from './run.mjs';
import { hashFiles, readStamp, removeStamp, writeStamp } from './stamp.mjs';

/** @typedef {import('./project.mjs').Project} Project */
/** @typedef {'requirements' | 'requirements-tests'} Requirements the name of a lock file */

const windows = process.platform === 'win32';

/** @type {import('./steps.mjs').Step} */
export const environment = {
  title: 'Python environment',
  isReady: (project) => isIntact(project) && has(project, 'requirements'),

  async make(project) {
    if (!isIntact(project) && !survives(project)) await remake(project);
    else if (!has(project, 'requirements')) await install(project, 'requirements');
  },
};

/** @type {import('./steps.mjs').Step} */
export const testTools = {
  title: 'Python test tools',
  isReady: (project) => isIntact(project) && has(project, 'requirements-tests'),
  make: (project) => install(project, 'requirements-tests'),
};

/**
 * Whether the environment is where it was made, and its interpreter is the file it was made with.
 *
 * @param {Project} project
 */
function isIntact(project) {
  const stamp = readStamp(stampOf(project));
  return (
    stamp !== undefined && stamp['place'] === placeOf(project) && stamp['interpreter'] === interpreterOf(project, stamp)
  );
}

/**
 * Whether an environment in its place still works with an interpreter that has changed: an update within 3.11 is
 * fine, 3.12 looks for its packages elsewhere.
 *
 * @param {Project} project
 */
function survives(project) {
  const stamp = readStamp(stampOf(project));
  if (stamp === undefined || stamp['place'] !== placeOf(project)) return false;
  const python = askPython([project.python]);
  if (!python || minorOf(python.version) !== minorOf(String(stamp['version']))) return false;
  writeStamp(stampOf(project), { ...stamp, version: python.version, interpreter: interpreterOf(project, stamp) });
  return true;
}

/** @param {Project} project */
async function remake(project) {
  try {
    await rm(project.environment, { recursive: true, force: true });
    const { executable, base, version, ensurepip } = findPython();
    const options = ensurepip ? [] : ['--without-pip'];
    const venv = [executable, '-m', 'venv', ...options, project.environment];
    const { code, output } = await run(venv, { cwd: project.root, env: pythonEnv() });
    if (code !== 0) throw explain('python -m venv', output);
    const stamp = { place: placeOf(project), version, base };
    writeStamp(stampOf(project), { ...stamp, interpreter: interpreterOf(project, stamp) });
    await install(project, 'requirements');
  } catch (failure) {
    await rm(project.environment, { recursive: true, force: true });
    throw failure;
  }
}

/**
 * @param {Project} project
 * @param {Requirements} name
 */
async function install(project, name) {
  const stamp = readStamp(stampOf(project)) ?? {};
  // Killed from here on, the next run makes the environment anew: a package may be half there.
  removeStamp(stampOf(project));
  // The lock is complete; older pips refuse a hash-checked package that another asks for with an extra.
  const options = ['--require-hashes', '--no-deps', '--no-input', '--quiet', '--disable-pip-version-check'];
  const command = [...pipOf(project, stamp), 'install', ...options, '-r', `${name}.txt`];
  const { code, output } = await run(command, { cwd: project.root, env: pythonEnv() });
  const added = code === 0 ? { [name]: hashOf(project, name) } : {};
  writeStamp(stampOf(project), { ...stamp, ...added });
  if (code !== 0) throw explain('pip', output);
}

/**
 * The environment's own pip; without ensurepip it has none, and its maker's fills it from outside.
 *
 * @param {Project} project
 * @param {Record<string, unknown>} [stamp]
 */
export function pipOf(project, stamp = readStamp(stampOf(project)) ?? {}) {
  const { python } = project;
  const isInside = existsSync(join(dirname(python), windows ? 'pip.exe' : 'pip'));
  return isInside ? [python, '-m', 'pip'] : [String(stamp['base']), '-m', 'pip', '--python', python];
}

/**
 * Which file interprets, and whether it is still the same. On Windows the environment has a small starter of its own.
 *
 * @param {Project} project
 * @param {Record<string, unknown>} stamp
 */
function interpreterOf({ python }, stamp) {
  const file = windows ? String(stamp['base']) : python;
  const found = statSync(file, { throwIfNoEntry: false });
  return found && existsSync(python) ? `${realpathSync(file)} ${found.size} ${found.mtimeMs}` : 'none';
}

/**
 * @param {Project} project
 * @param {Requirements} name
 */
const has = (project, name) => readStamp(stampOf(project))?.[name] === hashOf(project, name);

/**
 * @param {Project} project
 * @param {Requirements} name
 */
const hashOf = ({ root }, name) => hashFiles(join(root, `${name}.txt`));

/** @param {Project} project */
const stampOf = ({ environment }) => join(environment, 'netlens-setup.json');

/** @param {Project} project */
const placeOf = ({ environment }) => (existsSync(environment) ? realpathSync(environment) : 'nowhere');

/** @param {string} version */
const minorOf = (version) => version.split('.').slice(0, 2).join('.');
