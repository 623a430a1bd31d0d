// @ts-check
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectAt } from './project.mjs';
import { pythonEnv } from './python.mjs';

const first = join('notebooks', '00-start.ipynb');

/**
 * Runs JupyterLab until it ends. It prints its address, takes the next free port, and on Ctrl-C or `kill` shuts its
 * kernels down without asking.
 *
 * @param {string} root
 * @param {readonly string[]} args for JupyterLab; a notebook among them is opened instead of the first one
 * @returns {Promise<number>} its exit code
 */
export function runLab(root, args) {
  const { python } = projectAt(root);
  const opens = args.some((arg) => arg.endsWith('.ipynb')) || !existsSync(join(root, first)) ? [] : [first];
  const options = ['--ServerApp.answer_yes=True', '--ServerApp.log_level=WARN', '--LabApp.log_level=WARN'];
  // In a container there is often no other user; JupyterLab would refuse without this.
  if (process.getuid?.() === 0) options.push('--allow-root');
  const lab = spawn(python, ['-m', 'jupyterlab', ...options, ...opens, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: pythonEnv(),
  });
  // Ctrl-C reaches JupyterLab through the terminal as well; here it must only not end this process first.
  process.on('SIGINT', () => {});
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => lab.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    lab.on('error', reject);
    lab.on('exit', (code) => resolve(code ?? 1));
  });
}
