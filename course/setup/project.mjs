// @ts-check
import { join } from 'node:path';

const windows = process.platform === 'win32';

/**
 * Where set-up finds and puts things, all absolute.
 *
 * @typedef {object} Project
 * @property {string} root the folder of the project
 * @property {string} modules the packages
 * @property {string} environment the Python virtual environment
 * @property {string} python its interpreter
 * @property {string} build what the compiler and set-up write
 */

/**
 * The project in a folder.
 *
 * @param {string} root
 * @returns {Readonly<Project>}
 */
export function projectAt(root) {
  const environment = join(root, '.venv');
  return {
    root,
    modules: join(root, 'node_modules'),
    environment,
    python: windows ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python'),
    build: join(root, 'build'),
  };
}
