// @ts-check
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readStamp, writeStamp } from './stamp.mjs';

/** @typedef {import('./project.mjs').Project} Project */

/**
 * Puts the course's Jupyter files into the Python environment, where Jupyter and editors find them without any
 * setting: the kernel, JupyterLab's settings, the page template.
 *
 * @type {import('./steps.mjs').Step}
 */
export const jupyter = {
  title: 'Jupyter kernel and settings',
  isReady(project) {
    const wanted = wantedFiles(project);
    const names = wanted.map(({ name }) => name);
    return isDeepStrictEqual(filesOf(project), names) && wanted.every(isThere);
  },

  async make(project) {
    const wanted = wantedFiles(project);
    const names = wanted.map(({ name }) => name);
    for (const name of filesOf(project)) {
      if (!names.includes(name)) rmSync(join(project.environment, name), { force: true });
    }
    for (const { path, content } of wanted) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    writeStamp(stampOf(project), { files: names });
  },
};

/** @param {Project} project */
const stampOf = ({ environment }) => join(environment, 'course-files.json');

/**
 * The names of the course's files that are in the environment.
 *
 * @param {Project} project
 */
const filesOf = (project) => /** @type {string[]} */ (readStamp(stampOf(project))?.['files'] ?? []);

/** @param {{ path: string, content: Buffer }} file */
const isThere = ({ path, content }) => content.equals(readOrEmpty(path));

/**
 * Where the kernel is described to Jupyter.
 *
 * @param {Project} project
 */
export const kernelspecOf = ({ environment }) =>
  join(environment, 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json');

/**
 * @param {Project} project
 * @returns {{ name: string, path: string, content: Buffer }[]} name: relative to the environment
 */
function wantedFiles(project) {
  const source = join(project.root, 'course', 'jupyter');
  const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const copies = files.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return { path: join(project.environment, path.slice(source.length)), content: readFileSync(path) };
  });
  const kernelspec = Buffer.from(`${JSON.stringify(describeKernel(project), undefined, 2)}\n`);
  // JupyterLab brings a CommonJS script of its own; without this the project's "type": "module" would reach it.
  const scope = { path: join(project.environment, 'package.json'), content: Buffer.from('{ "type": "commonjs" }\n') };
  const all = [...copies, scope, { path: kernelspecOf(project), content: kernelspec }, variablesOfEditors(project)];
  return all.map((file) => ({ name: relative(project.environment, file.path), ...file }));
}

/**
 * What .vscode/settings.json leads to: where VS Code finds the kernel without waiting for its list of Python
 * environments, which the first notebook of a window may never see.
 *
 * @param {Project} project
 */
function variablesOfEditors({ environment }) {
  const content = `JUPYTER_PATH=${join(environment, 'share', 'jupyter')}\n`;
  return { path: join(environment, 'editor.env'), content: Buffer.from(content) };
}

/**
 * Has paths of this machine: this Node and this project.
 *
 * @param {Project} project
 */
function describeKernel(project) {
  return {
    argv: [...kernelCommand(project, 'main.js'), '{connection_file}'],
    display_name: 'TypeScript (tslab)',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false },
  };
}

/**
 * Runs a file of the kernel with the flags that it needs.
 *
 * @param {Project} project
 * @param {string} file
 */
export function kernelCommand({ build }, file) {
  const flags = ['--experimental-vm-modules', '--no-force-async-hooks-checks'];
  return [process.execPath, ...flags, join(build, 'kernel', file)];
}

/** @param {string} path */
function readOrEmpty(path) {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
