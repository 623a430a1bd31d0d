// @ts-check
import { join } from 'node:path';

/** @typedef {import('../setup/project.mjs').Project} Project */

/**
 * The package that takes native TensorFlow in. It serves machines without a GPU too; its twin for the CPU cannot be
 * installed beside it, because danfojs has a stand-in under that name.
 *
 * @param {Project} project
 */
export const packageOf = ({ modules }) => join(modules, '@tensorflow', 'tfjs-node-gpu');

/**
 * Where the package looks for its compiled part; a link into the folder of a kind.
 *
 * @param {Project} project
 */
export const linkOf = (project) => join(packageOf(project), 'lib');

/**
 * All that `npm run native` makes, but for the link: outside the packages, where npm would remove it.
 *
 * @param {Project} project
 */
export const nativeFolder = ({ build }) => join(build, 'native');

/**
 * What is made for one kind, laid out as the wheels are: TensorFlow's libraries find CUDA's by that.
 *
 * @param {Project} project
 * @param {import('./native.mjs').Kind} kind
 */
export const folderOf = (project, kind) => join(nativeFolder(project), kind);

/** The compiled part, in the folder of a kind. */
export const addonFile = join('lib', 'napi-v8', 'tfjs_binding.node');
