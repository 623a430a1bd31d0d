// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addonFile, nativeFolder, packageOf } from '../native/places.mjs';
import { tryOut } from '../native/trial.mjs';
import { Failure } from '../setup/failure.mjs';
import { bad, good, optional } from './finding.mjs';

/** @type {import('./finding.mjs').Check} */
export async function checkNative(project) {
  if (!existsSync(join(packageOf(project), addonFile))) return optional(absent(project));
  try {
    return good(await tryOut(project));
  } catch (failure) {
    if (failure instanceof Failure) return bad(failure.message, 'npm run native -- remove, then npm run native');
    throw failure;
  }
}

/** @param {import('../setup/project.mjs').Project} project */
const absent = (project) =>
  existsSync(nativeFolder(project))
    ? 'built, but not in its package any more: npm run native puts it back'
    : 'none, and not needed: WebAssembly computes (npm run native adds it)';
