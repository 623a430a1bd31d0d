// @ts-check
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { interruption } from './interruption.mjs';

const leash = join(import.meta.dirname, 'leash.mjs');
const kept = 1 << 16;

/**
 * Starts a tool that cannot outlive this process.
 *
 * @param {readonly string[]} command the program and its arguments
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, output: 'pipe' | 'inherit' }} options
 */
export function start(command, { cwd, env = process.env, output }) {
  return spawn(process.execPath, [leash, ...command], { cwd, env, stdio: ['ignore', output, output, 'ipc'] });
}

/**
 * Asks a tool to end.
 *
 * @param {import('node:child_process').ChildProcess} tool
 * @param {'SIGINT' | 'SIGTERM'} signal
 */
export function end(tool, signal) {
  if (tool.connected) tool.send(signal);
}

/**
 * Runs a tool to its end and gives its exit code and the last of what it wrote.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, isHopeless?: (output: string) => boolean }} options isHopeless: what
 *   the tool says when it will only lose time; it is ended then
 * @returns {Promise<{ code: number, output: string }>}
 * @throws Failure if set-up is interrupted; the tool has ended then
 */
export async function run(command, { isHopeless = () => false, ...options }) {
  interruption.throwIfAborted();
  const tool = start(command, { ...options, output: 'pipe' });
  const stop = () => end(tool, 'SIGINT');
  interruption.addEventListener('abort', stop);
  let output = '';
  for (const stream of [tool.stdout, tool.stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-kept);
      if (isHopeless(output)) stop();
    });
  const code = await new Promise((resolve, reject) => tool.on('error', reject).on('close', resolve));
  interruption.removeEventListener('abort', stop);
  interruption.throwIfAborted();
  return { code: code ?? 1, output };
}
