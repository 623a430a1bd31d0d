// @ts-check
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../setup/failure.mjs';
import { run } from '../setup/run.mjs';
import { hashFiles, readStamp, removeStamp, writeStamp } from '../setup/stamp.mjs';
import { findCompiler } from './machine.mjs';
import { addonFile, folderOf, packageOf } from './places.mjs';

/** @typedef {import('../setup/project.mjs').Project} Project */

const binding = ['tfjs_backend.cc', 'tfjs_binding.cc'];

/**
 * Compiles the binding of TensorFlow.js against TensorFlow's libraries. It uses stable interfaces only, so it serves
 * every version of Node.
 *
 * @param {import('./native.mjs').Kind} kind
 * @returns {import('../setup/steps.mjs').Step}
 */
export const addon = (kind) => ({
  title: 'Binding of TensorFlow.js',
  isReady(project) {
    const folder = folderOf(project, kind);
    return (
      existsSync(join(folder, addonFile)) &&
      readStamp(stampOf(folder))?.['sources'] === hashFiles(...sourcesOf(project))
    );
  },

  async make(project) {
    const folder = folderOf(project, kind);
    const output = join(folder, addonFile);
    mkdirSync(dirname(output), { recursive: true });
    removeStamp(stampOf(folder));
    const compiler = findCompiler();
    const command = [compiler, ...argumentsOf(project, folder), '-o', `${output}.new`];
    const { code, output: said } = await run(command, { cwd: project.root });
    if (code !== 0)
      throw new Failure(`${compiler} does not compile the binding of TensorFlow.js.`, {
        output: said,
        help: 'It needs C++17: another compiler may do, CXX=/path/to/g++ npm run native',
      });
    renameSync(`${output}.new`, output);
    writeStamp(stampOf(folder), { sources: hashFiles(...sourcesOf(project)) });
  },
});

/**
 * @param {Project} project
 * @param {string} folder
 */
function argumentsOf(project, folder) {
  const headers = [join(project.modules, 'node-api-headers', 'include'), join(folder, 'tensorflow', 'include')];
  const libraries = ['cc', 'framework'].map((name) => join(folder, 'tensorflow', `libtensorflow_${name}.so.2`));
  return [
    ...['-std=c++17', '-O2', '-s', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=tfjs_binding'],
    ...headers.map((path) => `-I${path}`),
    ...sourcesOf(project),
    ...libraries,
    // Found from where the addon is, wherever the project is moved.
    '-Wl,-rpath,$ORIGIN/../../tensorflow',
  ];
}

/** @param {Project} project */
const sourcesOf = (project) => binding.map((name) => join(packageOf(project), 'binding', name));

/** @param {string} folder */
const stampOf = (folder) => join(folder, 'addon.json');
