// npm run bench:peers: installs Python's frameworks into build/peers (some gigabytes, once), then measures beside them.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { takeOnly } from '../course/setup/help.mjs';
import { root } from '../course/tools.js';

takeOnly(import.meta.filename);
const environment = join(root, 'build/peers');
const program = (name: string): string => join(environment, process.platform === 'win32' ? 'Scripts' : 'bin', name);
const run = (command: string, ...args: string[]): void => {
  execFileSync(command, args, { cwd: root, stdio: 'inherit' });
};

if (!existsSync(program('python'))) run(process.env['PYTHON'] ?? 'python3', '-m', 'venv', environment);
run(program('python'), '-m', 'pip', 'install', '--quiet', '-r', join(root, 'bench/peers/requirements.txt'));
run(process.execPath, '--import', 'tsx', join(root, 'bench/bench.ts'), 'derivatives', 'attribution', 'simulation');
