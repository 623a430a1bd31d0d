// @ts-check
import { statfsSync } from 'node:fs';
import { Failure } from '../setup/failure.mjs';
import { npmCommand } from '../setup/npm.mjs';
import { findPython } from '../setup/python.mjs';
import { run } from '../setup/run.mjs';
import { bad, good } from './finding.mjs';

const gigabyte = 1e9;

// An older Node than the course needs does not come this far.
/** @type {import('./finding.mjs').Check} */
export const checkNode = () => good(`${process.versions.node} (${process.execPath})`);

/** @type {import('./finding.mjs').Check} */
export async function checkNpm({ root }) {
  const { code, output } = await run([...npmCommand(), '--version'], { cwd: root });
  return code === 0 ? good(output.trim()) : bad('none', 'Install Node together with npm: https://nodejs.org');
}

/** @type {import('./finding.mjs').Check} */
export function checkPython() {
  try {
    const { version, executable } = findPython();
    return good(`${version} (${executable})`);
  } catch (failure) {
    if (failure instanceof Failure) return bad(failure.message, failure.help);
    throw failure;
  }
}

/** @type {import('./finding.mjs').Check} */
export function checkDisk({ root }) {
  const { bavail, bsize } = statfsSync(root);
  const free = (bavail * bsize) / gigabyte;
  const found = `${free.toFixed(1)} GB free`;
  return free < 1 ? bad(found, 'Free some space: the whole set-up takes about 1.2 GB') : good(found);
}
