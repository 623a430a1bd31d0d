// @ts-check
// Runs one tool (`node leash.mjs COMMAND ARGS`) and ends it, with all that it started, when its owner says so or is
// gone: nothing goes on writing behind the next set-up's back. Ctrl-C in the terminal reaches the owner only.
import { spawn, spawnSync } from 'node:child_process';

const windows = process.platform === 'win32';
const [command = '', ...args] = process.argv.slice(2);
const tool = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: !windows });

// The message names the signal; who does not obey it in time is killed.
process.on('message', (signal) => {
  end(/** @type {NodeJS.Signals} */ (signal));
  setTimeout(end, 10_000, 'SIGKILL');
});
process.on('disconnect', () => end('SIGKILL'));
// These reach the whole terminal job; the owner decides what they mean.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

tool.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
tool.on('exit', (code) => process.exit(code ?? 1));

/** @param {NodeJS.Signals} signal */
function end(signal) {
  if (tool.pid === undefined) return;
  if (windows) spawnSync('taskkill', ['/pid', String(tool.pid), '/t', '/f']);
  else process.kill(-tool.pid, signal);
}
