// @ts-check
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { projectAt } from './project.mjs';
import { pythonEnv } from './python.mjs';
import { end, start } from './run.mjs';

const first = 'notebooks/00-start.ipynb';

/**
 * Runs JupyterLab until it ends. It prints its address and takes the next free port; Ctrl-C, `kill` or closing the
 * terminal shuts down its kernels and itself, a second Ctrl-C does not wait for them.
 *
 * @param {string} root
 * @param {readonly string[]} args for JupyterLab; a notebook among them is opened instead of the first one
 * @returns {Promise<number>} the exit code
 */
export function runLab(root, args) {
  // The address that JupyterLab prints leads to the notebook too, not only the page that it opens itself.
  const isNamed = args.some((arg) => arg.endsWith('.ipynb')) || !existsSync(join(root, first));
  const opening = isNamed ? [] : [`--LabApp.default_url=/lab/tree/${first}`];
  // In a container there is often no other user; JupyterLab would refuse without this.
  const rights = process.getuid?.() === 0 ? ['--allow-root'] : [];
  const command = [projectAt(root).python, '-m', 'jupyterlab', ...rights, ...opening, ...args];
  const lab = start(command, { cwd: root, env: pythonEnv(), output: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => end(lab, 'SIGTERM'));
    process.on(signal, () => {});
  }
  process.once('SIGINT', () => process.once('SIGINT', () => process.exit(128 + constants.signals.SIGINT)));
  return new Promise((resolve, reject) => {
    lab.on('error', reject);
    lab.on('exit', (code) => resolve(code ?? 1));
  });
}
