// @ts-check
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { interruption } from './interruption.mjs';

const leash = join(import.meta.dirname, 'leash.mjs');
const kept = 1 << 16;

/**
 * Runs a tool to its end and gives its exit code and the end of what it wrote. It dies with set-up.
 *
 * @param {readonly string[]} command the program and its arguments
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} place
 * @returns {Promise<{ code: number, output: string }>}
 * @throws Failure if set-up is interrupted; the tool has ended then
 */
export async function run(command, { cwd, env = process.env }) {
  interruption.throwIfAborted();
  const child = spawn(process.execPath, [leash, ...command], { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const end = () => child.connected && child.send('end');
  interruption.addEventListener('abort', end);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-kept);
    });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  interruption.removeEventListener('abort', end);
  interruption.throwIfAborted();
  return { code: code ?? 1, output };
}
