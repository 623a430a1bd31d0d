// @ts-check
import { existsSync } from 'node:fs';
import { environment, testTools } from '../setup/environment.mjs';
import { differences } from '../setup/packages.mjs';
import { pythonEnv } from '../setup/python.mjs';
import { run } from '../setup/run.mjs';
import { bad, good, optional } from './finding.mjs';

/** @typedef {import('../setup/project.mjs').Project} Project */

// Prints one line for each package that is missing or has another version than its lock file says.
const comparison = `
import sys
from importlib.metadata import PackageNotFoundError, version
from packaging.requirements import Requirement
for line in open(sys.argv[1], encoding='utf8'):
    if line[:1] in ('#', ' ', chr(10)):
        continue
    wanted = Requirement(line.rstrip(' ' + chr(92) + chr(10)))
    if wanted.marker and not wanted.marker.evaluate():
        continue
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        print(wanted.name, 'missing')
        continue
    if not wanted.specifier.contains(found, prereleases=True):
        print(wanted.name, found, 'where the lock file has', str(wanted.specifier)[2:])
`;

// Set-up goes by its notes there: to look at every package takes it too long.
const ANEW = 'delete the folder .venv, then: npm run setup';

/** @type {import('./finding.mjs').Check} */
export const checkPackages = (project) => (existsSync(project.modules) ? judge(differences(project)) : bad('none'));

/** @type {import('./finding.mjs').Check} */
export async function checkEnvironment(project) {
  if (!existsSync(project.environment)) return bad('none');
  if (!environment.isReady(project)) return bad('unfinished, moved, or made for other requirements or another Python');
  return judge(await compare(project, 'requirements.txt'), ANEW);
}

/** @type {import('./finding.mjs').Check} */
export async function checkTestTools(project) {
  if (!testTools.isReady(project)) return optional('none: npm test installs them');
  return judge(await compare(project, 'requirements-tests.txt'), ANEW);
}

/**
 * A check of something that set-up makes from the project's own files.
 *
 * @param {import('../setup/steps.mjs').Step} step
 * @returns {import('./finding.mjs').Check}
 */
export const checkStep = (step) => (project) =>
  step.isReady(project) ? good('up to date') : bad('missing or older than its sources');

/**
 * @param {Project} project
 * @param {string} lockFile
 */
async function compare({ root, python }, lockFile) {
  const { code, output } = await run([python, '-c', comparison, lockFile], { cwd: root, env: pythonEnv() });
  const lines = output.split('\n').filter((line) => line !== '');
  return code === 0 ? lines : [lines.at(-1) ?? 'the comparison failed'];
}

/**
 * @param {readonly string[]} differences
 * @param {string} [help]
 */
function judge(differences, help) {
  const [first, ...others] = differences;
  if (first === undefined) return good('as the lock file says');
  return bad(others.length > 0 ? `${first}, and ${others.length} more` : first, help);
}
