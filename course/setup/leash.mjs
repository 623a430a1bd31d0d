// @ts-check
// Runs one tool for set-up (`node leash.mjs COMMAND ARGS`) and ends it, with all that it started, when it is told to
// or when set-up itself is gone: nothing goes on writing behind the next one's back.
import { spawn, spawnSync } from 'node:child_process';

const windows = process.platform === 'win32';
const [command = '', ...args] = process.argv.slice(2);
const tool = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: !windows });

process.on('message', () => {
  end('SIGINT');
  setTimeout(end, 3000, 'SIGKILL');
});
process.on('disconnect', () => end('SIGKILL'));
// A Ctrl-C in the terminal reaches this process too; set-up decides what it means.
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
